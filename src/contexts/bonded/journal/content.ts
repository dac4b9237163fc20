import { hash } from 'node:crypto';
import { EventLine, LedgerEvent } from '../contract.ts';

const HEAD = keysOf(LedgerEvent.omit({ lines: true }).shape);
const LINE = keysOf(EventLine.shape);
/** What a line that only says a part and a quantity leaves unsaid: the fields between `quantity` and `bonded`. */
const UNSAID = LINE.slice(LINE.indexOf('quantity') + 1, -1);
const NOTHING = `,${UNSAID.map(() => 'null').join(',')},`;

/**
 * One text for one content, whatever order its fields came in and however its lines were sent: a JSON list of the
 * values, each at its field's place. Most lines say two things only, and their text is put together by hand.
 */
export function contentText(event: LedgerEvent): string {
  let text = listed(event, HEAD);
  for (const line of event.lines)
    text += isPlain(line)
      ? `,${JSON.stringify(line.part)},"${line.quantity}"${NOTHING}${line.bonded}`
      : `,${listed(line, LINE)}`;
  return `[${text}]`;
}

/** SHA-256 of a content's text. */
export const hashContent = (text: string): Buffer => hash('sha256', text, 'buffer');

/** In JSON: a NUL, or half of a character. PostgreSQL keeps neither. */
const UNWRITABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;
export const isUnwritable = (json: string): boolean =>
  json.includes('\\u') && UNWRITABLE.test(json);

const isPlain = (line: EventLine): boolean =>
  line.unit === undefined &&
  line.conversion === undefined &&
  line.lot === undefined &&
  line.insteadOf === undefined &&
  line.from === undefined;

/** The values without their brackets. */
const listed = <T extends object>(of: T, fields: readonly (keyof T)[]): string =>
  JSON.stringify(fields.map((field) => of[field])).slice(1, -1);

function keysOf<Shape extends object>(shape: Shape): (keyof Shape)[] {
  return Object.keys(shape) as (keyof Shape)[];
}
