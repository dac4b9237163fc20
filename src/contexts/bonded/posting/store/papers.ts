import { sql } from 'kysely';
import { decimal, divide, toText } from '../../../../kernel/decimal.ts';
import type { Price } from '../../writeoff/duty.ts';
import type { Purpose } from '../../writeoff/figures.ts';
import type { Papers } from '../../writeoff/papers.ts';

/** A unit's mean value is kept to six places: a rounding of what a shortage is worth, and of nothing else. */
const UNIT_VALUE_SCALE = 6;

/** What lists say to write-off filings. */
export const listPapers: Papers = {
  async purposes(db, ledger) {
    const { rows } = await sql<{ no: string; purpose: Purpose }>`
      select no, purpose from bonded.list where ledger = ${ledger} and purpose <> 'ordinary'
    `.execute(db);
    const known = new Map(rows.map(({ no, purpose }) => [no, purpose]));
    return (document) => (document === null ? 'ordinary' : (known.get(document) ?? 'ordinary'));
  },

  async prices(db, ledger, parts) {
    const { rows } = await sql<{
      part: string;
      value: string | null;
      quantity: string | null;
      currency: string | null;
      origin: string | null;
    }>`
      select l.part,
        case when count(distinct l.currency) = 1 then sum(l.value) filter (where l.value > 0) end
          as value,
        sum(l.quantity) filter (where l.value > 0) as quantity, max(l.currency) as currency,
        case when count(distinct l.origin) = 1 and count(l.origin) = count(*) then max(l.origin) end
          as origin
      from bonded.list_line as l join bonded.list as b on b.no = l.list
      where l.ledger = ${ledger} and l.is_in and l.part = any(${[...parts]}::text[])
        and b.posting in ('posted', 'writtenOff')
      group by l.part
    `.execute(db);
    return new Map(
      rows.map(({ part, value, quantity, currency, origin }): [string, Price] => {
        const unitValue =
          value === null || quantity === null
            ? null
            : toText(divide(decimal(value), decimal(quantity), UNIT_VALUE_SCALE));
        return [part, { unitValue, currency: unitValue === null ? null : currency, origin }];
      }),
    );
  },
};
