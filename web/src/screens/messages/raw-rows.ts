import type { MessageView } from '../../../../src/contexts/messages/inbox/contract.ts';

/** A row of a message as it is shown: a part of its text, and its number where it begins something that has one. */
export interface RawRow {
  readonly from: number;
  readonly to: number;
  readonly number: number | null;
}

/** A line of XML longer than this is broken between its tags: many programs write a message as one line. */
const LINE_MAX = 160;

/** The rows of a text: segments by their number in EDIFACT, since problems name them so; lines elsewhere. */
export const rowsOf = (raw: string, syntax: MessageView['syntax']): RawRow[] =>
  syntax === 'edifact' ? segmentRows(raw) : lineRows(raw);

function lineRows(raw: string): RawRow[] {
  const rows: RawRow[] = [];
  let from = 0;
  for (let number = 1; from <= raw.length; number += 1) {
    const end = raw.indexOf('\n', from);
    const to = end < 0 ? raw.length : end;
    rows.push(...brokenLine(raw, from, to, number));
    from = to + 1;
  }
  if (rows.length > 1 && rows.at(-1)?.from === raw.length) rows.pop();
  return rows;
}

function brokenLine(raw: string, from: number, to: number, number: number): RawRow[] {
  if (to - from <= LINE_MAX) return [{ from, to, number }];
  const rows: RawRow[] = [];
  let start = from;
  for (let at = raw.indexOf('><', from); at >= 0 && at < to; at = raw.indexOf('><', at + 1)) {
    rows.push({ from: start, to: at + 1, number: start === from ? number : null });
    start = at + 1;
  }
  rows.push({ from: start, to, number: start === from ? number : null });
  return rows;
}

function segmentRows(raw: string): RawRow[] {
  const rows: RawRow[] = [];
  const start = Math.max(raw.search(/UN[AB]/), 0);
  const hasService = raw.startsWith('UNA', start);
  const release = hasService ? (raw[start + 6] ?? '?') : '?';
  const end = hasService
    ? (raw[start + 8] ?? "'")
    : (["'", '~', '\u001c', '\n'].find((mark) => raw.includes(mark)) ?? "'");
  let from = start;
  if (start > 0) rows.push({ from: 0, to: start, number: null });
  if (hasService) {
    rows.push({ from, to: from + 9, number: null });
    from += 9;
  }
  for (let number = 1; from < raw.length; ) {
    while (/[\r\n ]/.test(raw[from] ?? '')) from += 1;
    let to = from;
    while (to < raw.length && raw[to] !== end) to += raw[to] === release ? 2 : 1;
    to = Math.min(to + 1, raw.length);
    if (to > from) {
      rows.push({ from, to, number });
      number += 1;
    }
    from = to;
  }
  return rows;
}

/** A part of the text that something is said of. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly look: 'warning' | 'error' | 'selected';
}
interface Piece {
  readonly from: number;
  readonly text: string;
  readonly look: Mark['look'] | null;
}

const RANK = { warning: 1, error: 2, selected: 3 } as const;

/** A row cut where marks begin and end; of several at one place the weightiest counts. */
export function piecesOf(raw: string, row: RawRow, marks: readonly Mark[]): Piece[] {
  const here = marks.filter(({ from, to }) => from < row.to && to > row.from);
  const cuts = new Set([row.from, row.to]);
  for (const { from, to } of here) {
    cuts.add(Math.max(from, row.from));
    cuts.add(Math.min(to, row.to));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, n) => {
    const to = places[n + 1] ?? row.to;
    const look = here
      .filter((mark) => mark.from <= from && mark.to >= to)
      .reduce<Mark['look'] | null>(
        (best, mark) => (best !== null && RANK[best] >= RANK[mark.look] ? best : mark.look),
        null,
      );
    return { from, text: raw.slice(from, to), look };
  });
}
