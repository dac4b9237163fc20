import type { Refusal } from '../../../kernel/refusal.ts';
import { rate, rateText } from '../quantity.ts';
import type { History } from './history.ts';
import type { BomLine, Recorded, Sourcing } from './line.ts';
import { overlap } from './period.ts';

const ORDER_155 = '海关总署令第155号';
const WHOLE = rate('1');

/** Equal but for nothing: the same record sent again. */
export const isSame = (a: Recorded, b: Recorded): boolean => textOf(a) === textOf(b);
const textOf = (record: Recorded): string =>
  JSON.stringify(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, typeof value === 'bigint' ? `${value}` : value]),
  );

/** What is wrong with a line by itself. */
export function problemsOfLine(line: BomLine, path: string): Refusal[] {
  const problems = problemsOfPeriod(line, path);
  if (line.quantity <= 0n) {
    problems.push({
      code: 'bonded.bom_quantity_not_positive',
      path: `${path}.quantity`,
      seen: rateText(line.quantity),
    });
  }
  const lost = line.tangibleLossRate + line.intangibleLossRate;
  if (lost >= WHOLE) {
    problems.push({
      code: 'bonded.bom_loses_everything',
      path: `${path}.tangibleLossRate`,
      seen: rateText(lost),
      legalBasis: ORDER_155,
    });
  }
  return problems;
}

export function problemsOfPeriod({ from, to }: Recorded, path: string): Refusal[] {
  if (to === null || to >= from) return [];
  return [
    { code: 'bonded.bom_ends_before_it_begins', path: `${path}.to`, seen: to, params: { from } },
  ];
}

/** What is wrong between a record and others of its id: taken with other content, or about another part. */
export function problemsOfId<T extends Recorded>(
  history: History<T>,
  record: T,
  path: string,
): Refusal[] {
  const { id, recordedAt } = record;
  const [other, now] = [history.anyOf(id), history.keyOf(record)];
  if (other && history.keyOf(other) !== now) {
    const params = { before: history.keyOf(other), now };
    return [{ code: 'bonded.bom_id_of_another_part', path: `${path}.id`, seen: id, params }];
  }
  if (!history.recordedAs(id, recordedAt)) return [];
  const params = { at: recordedAt };
  return [{ code: 'bonded.bom_recorded_twice', path: `${path}.id`, seen: id, params }];
}

/** Parts asked for in two units on the same day: a vector could not add them up. */
export function unitsThatDisagree(
  /** Where each was sent. */
  components: ReadonlyMap<string, string>,
  linesUsing: (component: string) => readonly BomLine[],
): Refusal[] {
  return [...components].flatMap(([component, path]) => {
    const lines = linesUsing(component);
    const units = [...new Set(lines.map(({ unit }) => unit))].sort();
    if (units.length < 2) return [];
    const pair = firstPair(lines, (a, b) => a.unit !== b.unit && overlap(a, b));
    if (!pair) return [];
    const [a, b] = pair;
    const params = { units: units.join(', '), one: a.assembly, other: b.assembly };
    return [{ code: 'bonded.bom_units_disagree', path: `${path}.unit`, seen: component, params }];
  });
}

/** Parts that are said to be made and bought on the same day. */
export function sourcesThatDisagree(
  parts: ReadonlyMap<string, string>,
  sourcings: History<Sourcing>,
): Refusal[] {
  return [...parts].flatMap(([part, path]) => {
    const pair = firstPair(sourcings.known(part), (a, b) => a.source !== b.source && overlap(a, b));
    if (!pair) return [];
    const on = pair[0].from > pair[1].from ? pair[0].from : pair[1].from;
    return [
      { code: 'bonded.bom_made_and_bought', path: `${path}.source`, seen: part, params: { on } },
    ];
  });
}

function firstPair<T>(all: readonly T[], clash: (a: T, b: T) => boolean): [T, T] | null {
  for (const [n, a] of all.entries()) {
    for (const b of all.slice(0, n)) if (clash(b, a)) return [b, a];
  }
  return null;
}
