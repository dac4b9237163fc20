import type { ListFiling } from '../../bonded/index.ts';
import { codes } from '../reading/codes.ts';
import type { Document } from '../reading/table.ts';
import { countryOf, currencyOf } from './codes.ts';
import { leavesOf, type Mapped, mapped } from './document.ts';

/** 清单类型 that post in ways we know. */
const TYPES = codes<ListFiling['list']['type']>({
  '0': 'ordinary',
  '1': 'consolidated',
  '3': 'enterFirst',
  '6': 'intraZone',
});

/** As it is sent to the ledger's own use case, which checks its shape. */
export interface BondedListFiling {
  readonly ledger: string;
  readonly list: Readonly<Record<string, unknown>>;
}

/** A bonded inventory list (核注清单) as it is filed in a ledger: quantities to the digit they were written with. */
export function bondedListOf(document: Document): Mapped<BondedListFiling> {
  const leaves = leavesOf(document);
  const flag = leaves.needed('ieFlag');
  if (flag !== null && flag !== 'I' && flag !== 'E') {
    leaves.say('messages.code_unknown', 'ieFlag', flag);
  }
  const code = leaves.text('type') ?? '0';
  const type = TYPES.get(code);
  if (type === undefined) leaves.say('messages.code_unknown', 'type', code);
  const list = {
    no: leaves.needed('number'),
    type,
    direction: flag === 'E' ? 'out' : 'in',
    declaration: leaves.text('declaration.number'),
    otherSide: leaves.text('related.number'),
    lines: leaves.list('lines').map((_, index) => {
      const at = (name: string): string => `lines[${index}].${name}`;
      return {
        lineNo: leaves.count(at('lineNo')) ?? index + 1,
        part: leaves.needed(at('partNo')),
        quantity: leaves.needed(at('quantity')),
        unit: leaves.needed(at('unit')),
        value: leaves.text(at('value')),
        currency: leaves.code(at('currency'), 3, currencyOf),
        origin: leaves.code(at('originCountry'), 2, countryOf),
      };
    }),
  };
  return mapped({ ledger: leaves.needed('ledger') ?? '', list }, leaves);
}
