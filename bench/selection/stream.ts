/**
 * Traffic as a replay sees it: rows in weeks, with what a model may read and an answer that is shown
 * for examined rows only.
 */
export interface Stream {
  readonly name: string;
  /** Rows of each week, as places in the lists below. */
  readonly weeks: readonly (readonly number[])[];
  readonly week: Int32Array;
  /** By key column, the value of each row as a number from 0. */
  readonly keys: readonly Int32Array[];
  readonly numbers: readonly Float64Array[];
  readonly answers: Uint8Array;
  /** The share of a week that can be examined, and the first weeks, in which everything was. */
  readonly budget: number;
  readonly warmUpWeeks: number;
  /** The cell of trade each row lies in: evidence is counted by it, and drift moves fraud along it. */
  readonly cells: Int32Array;
}

export interface StreamRow {
  readonly day: number;
  readonly keys: readonly string[];
  readonly numbers: readonly number[];
  readonly answer: boolean;
  readonly cell: string;
}

const MS_A_DAY = 86_400_000;
export const dayNumber = (date: string): number => Math.floor(Date.parse(date) / MS_A_DAY);

/** Lays rows, in order of day, out in columns; the last, broken week is left away. */
export function streamOf(
  settings: Pick<Stream, 'name' | 'budget' | 'warmUpWeeks'>,
  rows: readonly StreamRow[],
): Stream {
  const first = rows[0]?.day ?? 0;
  const week = Int32Array.from(rows, ({ day }) => Math.floor((day - first) / 7));
  const weeks: number[][] = [];
  for (const [row, number] of week.entries()) {
    const list = weeks[number] ?? [];
    weeks[number] = list;
    list.push(row);
  }
  weeks.pop();
  const columns = rows[0]?.keys.map((_, column) => numbered(rows.map(({ keys }) => keys[column])));
  const numbers = rows[0]?.numbers.map((_, column) =>
    Float64Array.from(rows, (row) => row.numbers[column] ?? Number.NaN),
  );
  return {
    ...settings,
    weeks,
    week,
    keys: columns ?? [],
    numbers: numbers ?? [],
    answers: Uint8Array.from(rows, ({ answer }) => (answer ? 1 : 0)),
    cells: numbered(rows.map(({ cell }) => cell)),
  };
}

function numbered(values: readonly (string | undefined)[]): Int32Array {
  const numbers = new Map<string | undefined, number>();
  return Int32Array.from(values, (value) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
}

/**
 * The same traffic, but from the middle on fraud has moved: what it was found in is clean, and as much
 * traffic that had been clean is not. Whoever looks only where fraud was found does not find it.
 */
export function withDrift(stream: Stream, random: () => number): Stream {
  const from = Math.floor(stream.weeks.length / 2);
  const rowsOf = new Map<number, number[]>();
  for (const [row, key] of stream.cells.entries()) {
    const rows = rowsOf.get(key) ?? [];
    rowsOf.set(key, rows);
    rows.push(row);
  }
  const share = (rows: readonly number[]) =>
    rows.reduce((sum, row) => sum + (stream.answers[row] ?? 0), 0) / rows.length;
  const usual = share([...stream.answers.keys()]);
  const groups = [...rowsOf.values()];
  const guilty = groups.filter((rows) => share(rows) >= 1.5 * usual);
  const clean = shuffled(
    groups.filter((rows) => rows.length >= 3 && share(rows) === 0),
    random,
  );
  const answers = stream.answers.slice();
  let toMove = 0;
  const later = (rows: readonly number[]) => rows.filter((row) => (stream.week[row] ?? 0) >= from);
  for (const row of guilty.flatMap(later)) {
    toMove += answers[row] ?? 0;
    answers[row] = 0;
  }
  for (const rows of clean) {
    if (toMove <= 0) break;
    for (const row of later(rows)) {
      if (toMove <= 0 || random() < 0.1) continue;
      answers[row] = 1;
      toMove -= 1;
    }
  }
  return { ...stream, name: `${stream.name}, drifting`, answers };
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const list = [...values];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}

/** Mulberry32: small, seeded, the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
