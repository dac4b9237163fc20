import { sql } from 'kysely';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { billNumberOf } from '../../contract.ts';
import type { Paper } from '../contract.ts';

/** Packages (件), as lists and passports state them. */
const PACKAGES = '件';

/**
 * Bills of lading as papers: what the manifest says of each is all that may pass under it. It names no
 * zone, for a bill may go into any; whoever the bill concerns may carry its goods. A bill whose
 * manifest is awaited is not known yet, and the goods of a consolidation pass by their house bills.
 */
export async function billPapers(tx: Tx, nos: readonly string[]): Promise<Paper[]> {
  const { rows } = await sql<{
    number: string;
    direction: 'I' | 'E';
    carrier: string | null;
    parties: string[];
    description: string | null;
    packages: number;
    gross: string | null;
    inOrder: boolean;
  }>`
    select number, direction, carrier, parties, description, packages,
      trim_scale(gross_mass_kg)::text as gross,
      status = 'manifested' and not is_consolidated as "inOrder"
    from cargo.bill
    where number = any(${nos.map(billNumberOf)}::text[]) and status <> 'awaited'
      and direction is not null and packages > 0
  `.execute(tx);
  const bills = new Map(rows.map((row) => [row.number, row]));
  return nos.flatMap((no) => {
    const bill = bills.get(billNumberOf(no));
    if (!bill) return [];
    const description = bill.description?.slice(0, 200) ?? '';
    const line = { lineNo: 1, description, hsCode: null, unit: PACKAGES };
    return [
      {
        ...{ kind: 'bill', no, zone: null, declaration: null, inOrder: bill.inOrder },
        ...{ organisation: bill.carrier ?? '', parties: bill.parties },
        direction: bill.direction === 'I' ? 'in' : 'out',
        ...{ licensed: false, toBeInspected: false, hazardous: false, bulk: false },
        lines: [{ ...line, quantity: String(bill.packages), grossMassKg: bill.gross }],
      } satisfies Paper,
    ];
  });
}
