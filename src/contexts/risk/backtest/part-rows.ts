import { addDays } from '../../../kernel/dates.ts';
import { allBits, type Bits, eachBackwards, keepBoth } from './bits.ts';
import type { BacktestRequest } from './contract.ts';
import type { RowColumns } from './store/part.ts';
import { MARK, type Part } from './store/snapshot.ts';
import { EXAMPLES_MAX, groupKey, type Hit, type RuleTally, type Tally } from './tally.ts';

/** The rows of a part that count, and where each stands: its day and office, what came of it. */
export function createRows(part: Part, columns: RowColumns, period: BacktestRequest['period']) {
  const { days, isSampled, marks, marked } = columns;
  const excluded = excludedRows(columns, period);
  const groups = groupsOf(columns);

  return {
    /** Of these rows, those that count. */
    counted: (bits: Bits): Bits => (excluded ? keepBoth(bits, excluded.others) : bits),

    addTo(tally: Tally): void {
      const rowsBy = new Uint32Array(groups.count);
      for (let row = 0; row < part.rows; row += 1) {
        const place = groups.of[row] as number;
        rowsBy[place] = (rowsBy[place] as number) + 1;
      }
      tally.rows += part.rows;
      for (const row of excluded?.rows ?? []) {
        const place = groups.of[row] as number;
        rowsBy[place] = (rowsBy[place] as number) - 1;
        tally.rows -= 1;
      }
      for (const row of marked) {
        const mark = marks[row] as number;
        if ((mark & MARK.examined) === 0 || excluded?.has(row)) continue;
        const found = (mark & MARK.found) === 0 ? 0 : 1;
        tally.examined += 1;
        tally.found += found;
        if ((isSampled[row] as number) === 0) continue;
        tally.sampleExamined += 1;
        tally.sampleFound += found;
      }
      groups.each(rowsBy, (key, count) => tally.rowsBy.set(key, count));
    },

    addHits(own: RuleTally, hits: Bits): void {
      const hitsBy = new Uint32Array(groups.count);
      const newest = createNewest(part.from);
      eachBackwards(hits, (row) => {
        const place = groups.of[row] as number;
        hitsBy[place] = (hitsBy[place] as number) + 1;
        own.hits += 1;
        if (newest.wants(days[row] as number)) newest.add(days[row] as number, row);
        const mark = marks[row] as number;
        if ((mark & MARK.examined) === 0) return;
        own.examined += 1;
        if ((mark & MARK.found) === 0) return;
        own.found += 1;
        if ((isSampled[row] as number) !== 0) own.sampleFound += 1;
        const key = groups.keyOf(place);
        own.foundBy.set(key, (own.foundBy.get(key) ?? 0) + 1);
      });
      groups.each(hitsBy, (key, count) => own.hitsBy.set(key, count));
      own.examples.push(...newest.all());
    },
  };
}

const DAY_ZERO = '1970-01-01';

/** Numbers the days and offices that occur; a row without an office has the first place of its day. */
function groupsOf({ days, offices }: RowColumns) {
  const width = offices.dictionary.length + 1;
  const dates: string[] = [];
  const numbers = new Map<number, number>();
  const numberOf = (day: number): number => {
    const known = numbers.get(day);
    if (known !== undefined) return known;
    numbers.set(day, dates.length);
    return dates.push(addDays(DAY_ZERO, day)) - 1;
  };
  const of = new Int32Array(days.length);
  let last = Number.NaN;
  let first = 0;
  for (let row = 0; row < days.length; row += 1) {
    const day = days[row] as number;
    if (day !== last) first = numberOf(day) * width + 1;
    last = day;
    of[row] = first + (offices.codes[row] as number);
  }
  const count = dates.length * width;
  const keyOf = (place: number): string =>
    groupKey(
      dates[Math.floor(place / width)] as string,
      offices.dictionary[(place % width) - 1] ?? null,
    );
  const each = (by: Uint32Array, visit: (key: string, count: number) => void): void => {
    for (let place = 0; place < count; place += 1) {
      const amount = by[place] as number;
      if (amount > 0) visit(keyOf(place), amount);
    }
  };
  return { of, count, keyOf, each };
}

/** Rows that were decided again later, and those outside the period; `null` when all rows count. */
function excludedRows(
  { days, marks, marked }: RowColumns,
  { from, to }: BacktestRequest['period'],
) {
  const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const first = from === null ? Number.NEGATIVE_INFINITY : dayOf(from);
  const last = to === null ? Number.POSITIVE_INFINITY : dayOf(to);
  const excluded = new Set<number>();
  for (const row of marked) if (((marks[row] ?? 0) & MARK.superseded) !== 0) excluded.add(row);
  if (from !== null || to !== null) {
    days.forEach((day, row) => {
      if (day < first || day > last) excluded.add(row);
    });
  }
  if (excluded.size === 0) return null;
  const others = allBits(days.length);
  for (const row of excluded) others[row >>> 5] = (others[row >>> 5] ?? 0) & ~(1 << (row & 31));
  return { rows: excluded, others, has: (row: number) => excluded.has(row) };
}

/** The newest of what is offered, later rows first. Rows stand roughly in order of their days. */
function createNewest(part: number) {
  const kept: { day: number; row: number }[] = [];
  let oldest = Number.NEGATIVE_INFINITY;
  return {
    wants: (day: number): boolean => day > oldest,
    add(day: number, row: number): void {
      kept.push({ day, row });
      kept.sort((a, b) => b.day - a.day || b.row - a.row);
      kept.splice(EXAMPLES_MAX);
      if (kept.length === EXAMPLES_MAX) oldest = kept.at(-1)?.day ?? oldest;
    },
    all: (): Hit[] => kept.map(({ day, row }) => ({ day: addDays(DAY_ZERO, day), part, row })),
  };
}
