export interface Column {
  readonly head: string;
  /** Figures stand flush right. */
  readonly isFigure?: boolean;
}

/** A table for a terminal: columns as wide as what is in them, Chinese characters counted as two. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const heads = columns.map(({ head }) => head);
  const widths = columns.map((_, at) =>
    Math.max(...[heads, ...rows].map((row) => widthOf(row[at] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ isFigure }, at) => {
        const text = cells[at] ?? '';
        const blank = ' '.repeat((widths[at] ?? 0) - widthOf(text));
        return isFigure ? blank + text : text + blank;
      })
      .join('  ')
      .trimEnd();
  return [line(heads), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)];
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);
