import {
  type Answer,
  IRREGULARITIES,
  type Irregularity,
  isAboutCargo,
  isAboutStock,
  type SealedAnswer,
} from './answers.ts';
import { parseTable } from './table.ts';

/** Lanes that bring a declaration before an officer. */
const SELECTED_LANES = new Set(['red', 'yellow']);

export interface KindScore {
  readonly kind: Irregularity;
  /** Planted among the declarations decided. */
  readonly planted: number;
  readonly selected: number;
  /** Share of the planted that were selected, with its 95 % interval; `null` when none was planted. */
  readonly recall: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  /** Share of the selected that were of this kind. */
  readonly precision: number | null;
}
export interface Score {
  readonly decided: number;
  readonly selected: number;
  readonly irregular: number;
  readonly found: number;
  readonly recall: number | null;
  readonly precision: number | null;
  /** How much better than selecting as many at random; 1 is no better. */
  readonly lift: number | null;
  /** Honest declarations that only look odd, and how many of them were selected. */
  readonly outliers: { readonly decided: number; readonly selected: number };
  readonly kinds: readonly KindScore[];
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Scores decisions (a table with `id` and `lane`) against the sealed answers. */
export function score(decisions: string, sealed: string): Score {
  const answers = new Map<string, Answer>();
  for (const line of sealed.split('\n')) {
    if (line === '') continue;
    const answer = JSON.parse(line) as SealedAnswer;
    if (!isAboutCargo(answer) && !isAboutStock(answer)) answers.set(answer.id, answer);
  }
  const tally = new Map(IRREGULARITIES.map((kind) => [kind, { planted: 0, selected: 0 }]));
  const outliers = { decided: 0, selected: 0 };
  let decided = 0;
  let selected = 0;
  for (const { id = '', lane = '' } of parseTable(decisions)) {
    const isSelected = SELECTED_LANES.has(lane);
    const answer = answers.get(id);
    const count = answer?.irregularity && tally.get(answer.irregularity);
    decided += 1;
    if (count) count.planted += 1;
    else if (answer) outliers.decided += 1;
    if (!isSelected) continue;
    selected += 1;
    if (count) count.selected += 1;
    else if (answer) outliers.selected += 1;
  }
  const all = [...tally.values()];
  const irregular = all.reduce((total, { planted }) => total + planted, 0);
  const found = all.reduce((total, each) => total + each.selected, 0);
  const precision = ratio(found, selected);
  const base = ratio(irregular, decided);
  return {
    decided,
    selected,
    irregular,
    found,
    recall: ratio(found, irregular),
    precision,
    lift: precision === null || !base ? null : precision / base,
    outliers,
    kinds: [...tally].map(([kind, count]) => ({
      kind,
      ...count,
      recall: ratio(count.selected, count.planted),
      interval: wilson(count.selected, count.planted),
      precision: ratio(count.selected, selected),
    })),
  };
}

/** The 95 % interval of a share (Wilson 1927), honest for the small counts of rare kinds. */
function wilson(part: number, whole: number): [number, number] | null {
  if (whole === 0) return null;
  const z = 1.959964;
  const share = part / whole;
  const middle = (share + (z * z) / (2 * whole)) / (1 + (z * z) / whole);
  const half =
    (z / (1 + (z * z) / whole)) *
    Math.sqrt((share * (1 - share)) / whole + (z * z) / (4 * whole * whole));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

const percent = (share: number | null): string =>
  share === null ? '–' : `${(100 * share).toFixed(1)} %`;

/** The score as a table for people. */
export function formatScore(result: Score): string {
  const rows = result.kinds.map(({ kind, planted, selected, recall, interval, precision }) => [
    kind,
    String(planted),
    String(selected),
    percent(recall),
    interval ? `${percent(interval[0])} – ${percent(interval[1])}` : '–',
    percent(precision),
  ]);
  const header = ['kind', 'planted', 'selected', 'recall', '95 % interval', 'of the selected'];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return `${[
    line(header),
    ...rows.map(line),
    '',
    `${result.decided} decided, ${result.selected} selected (${percent(ratio(result.selected, result.decided))}).`,
    `${result.found} of ${result.irregular} irregular declarations selected: recall ${percent(result.recall)}, ` +
      `precision ${percent(result.precision)}, ${result.lift?.toFixed(1) ?? '–'} times as good as chance.`,
    `${result.outliers.selected} of ${result.outliers.decided} honest but odd ones selected.`,
  ].join('\n')}\n`;
}
