import type { KeyPart } from './contract.ts';
import { logLoss } from './figures.ts';
import { blocksOf, type JoinedKeys, joinKeys, noKeys, orderedRates } from './joined-keys.ts';
import { partName, wordOf } from './parts.ts';
import { type Column, countPositives, type LabelledRows, sliceRows, valueAt } from './rows.ts';

/** A part that may be joined: its words, numbered from 1, and the code of each row. */
export interface Part extends KeyPart {
  readonly name: string;
  readonly words: readonly string[];
  readonly codes: Int32Array;
  /** An amount rather than a code: mass, value, price. It repeats only when the goods do. */
  readonly isAmount: boolean;
}

/** Columns joined one by one, each because it made the rates tell more. */
export interface KeyChain {
  readonly parts: readonly Part[];
  /** Mean log-loss of the last part's ordered rates. */
  readonly logLoss: number;
}

export interface FoundKeys {
  /** Chains of codes alone, then chains of codes and amounts; each the best first. */
  readonly codes: readonly KeyChain[];
  readonly amounts: readonly KeyChain[];
}

/** A number with more values than this is an amount, not a code such as a rate of duty. */
const CODE_VALUES_MAX = 256;
/** A column in which hardly a value comes twice identifies rows and joins nothing. */
const DISTINCT_SHARE_MAX = 0.8;
/** Codes of this many digits are read as hierarchies too: chapter and heading of an HS code. */
const HIERARCHY_CHARACTERS = [2, 4, 6];

/** Every column, and every prefix of a hierarchical code, that could be part of a key. */
export function findParts(rows: LabelledRows): Part[] {
  return rows.columns.flatMap((column) => {
    const whole = partOf(column, null, rows.size);
    if (whole.words.length > rows.size * DISTINCT_SHARE_MAX || whole.words.length === 0) return [];
    const parts = prefixesOf(column).map((characters) => partOf(column, characters, rows.size));
    return [...parts, whole].filter(({ words, codes }) => words.length > 1 || codes.includes(0));
  });
}

function prefixesOf({ type, words }: Column): number[] {
  const length = words[0]?.length ?? 0;
  if (type !== 'text' || words.length <= CODE_VALUES_MAX / 4) return [];
  if (!words.every((word) => word.length === length && /^\d+$/.test(word))) return [];
  return HIERARCHY_CHARACTERS.filter((characters) => characters < length);
}

function partOf(column: Column, characters: number | null, rows: number): Part {
  const numbered = new Map<string, number>();
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const word = wordOf(valueAt(column, row), characters);
    if (word === null) continue;
    const code = numbered.get(word) ?? numbered.size + 1;
    numbered.set(word, code);
    codes[row] = code;
  }
  const part = { fact: column.name, characters };
  return {
    ...part,
    ...{ name: partName(part), words: [...numbered.keys()], codes },
    isAmount: column.type === 'number' && numbered.size > CODE_VALUES_MAX,
  };
}

/** Rows enough to tell keys apart; of more, the newest are searched. */
const SEARCHED_ROWS_MAX = 120_000;
/** The first quarter has little past to speak of: its rows teach, but do not judge. */
const UNJUDGED_SHARE = 0.25;
/** A part must lower the log-loss by this share of what knowing nothing costs. */
const GAIN_MIN = 0.001;
const PARTS_MAX = 7;
const STARTS = 6;
/** Of the columns that tell nothing alone, so many are tried in pairs: two may tell what neither does. */
const SILENT_MAX = 24;
const SEARCH_SMOOTHING = 1;

/**
 * Finds the columns whose joint values carry the label, with no word about what they mean. From each
 * of the most telling columns a chain is grown greedily: joined next is the column that lowers the
 * log-loss of ordered rates the most, each rate leaning on that of the key before. The chains go by
 * how much they tell in the end.
 */
export function findKeys(all: LabelledRows, parts: readonly Part[]): FoundKeys {
  const from = Math.max(0, all.size - SEARCHED_ROWS_MAX);
  const search = searchOver(
    sliceRows({ ...all, columns: [] }, from, all.size),
    new Map(parts.map((part) => [part, part.codes.subarray(from)])),
  );
  const codes = parts.filter(({ isAmount }) => !isAmount);
  return {
    codes: search(codes),
    amounts: codes.length === parts.length ? [] : search(parts).filter(hasAmount),
  };
}

const hasAmount = ({ parts }: KeyChain): boolean => parts.some(({ isAmount }) => isAmount);

/** Where a chain may begin. */
interface Start {
  readonly parts: readonly Part[];
  readonly state: State;
}

interface State {
  readonly keys: JoinedKeys;
  readonly rates: Float64Array;
  readonly loss: number;
}

function searchOver(rows: LabelledRows, codesOf: ReadonlyMap<Part, Int32Array>) {
  const blocks = blocksOf(rows);
  const judgedFrom = Math.floor(rows.size * UNJUDGED_SHARE);
  const base = countPositives(rows) / rows.size;
  const lossOf = (rates: Float64Array): number => logLoss(rates, rows.labels, judgedFrom);
  const baseRates = new Float64Array(rows.size).fill(base);
  const nothing: State = { keys: noKeys(rows.size), rates: baseRates, loss: lossOf(baseRates) };
  const gainMin = GAIN_MIN * nothing.loss;

  const join = (state: State, part: Part): State => {
    const keys = joinKeys(state.keys.ids, codesOf.get(part) as Int32Array);
    const { rates } = orderedRates(keys, rows.labels, blocks, state.rates, SEARCH_SMOOTHING);
    return { keys, rates, loss: lossOf(rates) };
  };
  const best = (state: State, parts: readonly Part[]): [Part, State] | null =>
    parts
      .map((part): [Part, State] => [part, join(state, part)])
      .reduce<[Part, State] | null>((a, b) => (a && a[1].loss <= b[1].loss ? a : b), null);

  function grow(start: readonly Part[], state: State, candidates: readonly Part[]): KeyChain {
    const parts = [...start];
    let now = state;
    while (parts.length < PARTS_MAX) {
      const next = best(
        now,
        candidates.filter((part) => !parts.includes(part)),
      );
      if (!next || now.loss - next[1].loss < gainMin) break;
      parts.push(next[0]);
      now = next[1];
    }
    return { parts, logLoss: now.loss };
  }

  return (parts: readonly Part[]): KeyChain[] => {
    const tells = ({ state }: Start): boolean => nothing.loss - state.loss >= gainMin;
    const byLoss = (a: Start, b: Start): number => a.state.loss - b.state.loss;
    const singles = parts.map((part): Start => ({ parts: [part], state: join(nothing, part) }));
    const silent = singles.filter((single) => !tells(single));
    const pairs = silent.flatMap(({ parts: [a], state }, place) =>
      silent
        .slice(place + 1, SILENT_MAX)
        .flatMap(({ parts: [b] }) => (a && b ? [{ parts: [a, b], state: join(state, b) }] : [])),
    );
    return [...singles.filter(tells).sort(byLoss), ...pairs.filter(tells).sort(byLoss)]
      .slice(0, STARTS)
      .map(({ parts: start, state }) => grow(start, state, parts))
      .sort((a, b) => a.logLoss - b.logLoss);
  };
}
