import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import type { PartPosition } from '../books/contract.ts';
import { STORE } from '../engine/routes.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { type Quantity, quantity, quantityText } from '../quantity.ts';
import { isTransfer } from './conditions.ts';
import type { ListInput } from './contract.ts';
import type { ListState } from './list.ts';

/** Everything wrong with a list as such, at once. */
export function problemsOf(
  list: ListInput,
  parts: ReadonlyMap<string, NumberedPart>,
  reversed: ListState | null,
  ledger: string,
): Refusal[] {
  const problems: Refusal[] = [];
  const say = (code: string, path: string, value: unknown): void => {
    problems.push({ code, path, seen: seen(value) });
  };
  if (isTransfer(list.type) && list.otherSide === null)
    say('bonded.list_other_side_missing', 'list.otherSide', list.type);
  if (list.otherSide === list.no) say('bonded.list_other_side_missing', 'list.otherSide', list.no);
  if (list.type === 'enterFirst' && list.direction === 'out')
    say('bonded.list_direction', 'list.direction', list.direction);
  if (list.type === 'domesticSale' && list.direction === 'in')
    say('bonded.list_direction', 'list.direction', list.direction);
  const isReversal = list.mode === 'reverse';
  if (isReversal && (reversed?.ledger !== ledger || reversed.posting !== 'posted'))
    say('bonded.list_reverses_what', 'list.reverses', list.reverses);
  if (isReversal !== list.lines.length < 1) say('bonded.lines_missing', 'list.lines', list.mode);
  const kinds = new Set<string>();
  list.lines.forEach((line, index) => {
    const path = `list.lines[${index}]`;
    const part = parts.get(line.part);
    if (!part) say('bonded.part_unknown', `${path}.part`, line.part);
    else kinds.add(part.kind === 'material' ? 'material' : 'product');
    if (list.lines.findIndex(({ lineNo }) => lineNo === line.lineNo) !== index)
      say('bonded.list_line_twice', `${path}.lineNo`, line.lineNo);
    if (line.value !== null && line.currency === null)
      say('bonded.part_currency', `${path}.currency`, line.value);
    if (part && line.unit !== undefined && line.unit !== part.unit && line.conversion === undefined)
      problems.push({
        ...{ code: 'bonded.unit_unknown', path: `${path}.unit`, seen: seen(line.unit) },
        params: { part: line.part, kept: part.unit },
      });
  });
  // 料件 and 成品 are never on one list (mtpckEndprdMarkcd).
  if (kinds.size > 1) say('bonded.list_of_two_kinds', 'list.lines', [...kinds].join(', '));
  return problems;
}

/** A list that only checks (NF) is refused where the ledger does not hold so much. */
export async function requireBalance(
  { lines }: ListInput,
  quantities: readonly Quantity[],
  positionOf: (part: string) => Promise<PartPosition>,
): Promise<void> {
  const wanted = new Map<string, Quantity>();
  lines.forEach(({ part }, index) => {
    wanted.set(part, (wanted.get(part) ?? 0) + (quantities[index] ?? 0));
  });
  const problems: Refusal[] = [];
  for (const [part, asked] of wanted) {
    const { kind, accounts } = await positionOf(part);
    const there = accounts[STORE[kind]] ?? '0';
    if (quantity(there) < asked)
      problems.push({
        ...{ code: 'bonded.list_beyond_balance', path: 'list.lines', seen: quantityText(asked) },
        params: { part, there },
      });
  }
  if (problems.length > 0) throw new Refused('conflict', problems);
}
