import { hash } from 'node:crypto';
import { EventLine, LedgerEvent } from '../contract.ts';
import { isPlain } from '../engine/plain-line.ts';

const HEAD = keysOf(LedgerEvent.omit({ lines: true }).shape);
const LINE = keysOf(EventLine.shape);
/** What a line that only says a part and a quantity leaves unsaid: the fields between `quantity` and `bonded`. */
const UNSAID = LINE.slice(LINE.indexOf('quantity') + 1, -1);
const NOTHING = UNSAID.map(() => 'null').join(',');
const [BONDED, DOMESTIC] = [`",${NOTHING},true`, `",${NOTHING},false`];

/**
 * One text for one content, whatever order its fields came in and however its lines were sent: a JSON list of the
 * values, each at its field's place. Most lines say two things only, and their text is put together by hand.
 */
export function contentText(event: LedgerEvent): string {
  let text = '';
  for (const field of HEAD) {
    const value = event[field];
    text += value === undefined ? ',null' : `,${quoted(value)}`;
  }
  for (const line of event.lines)
    text += isPlain(line)
      ? `,${quoted(line.part)},"${line.quantity}${line.bonded ? BONDED : DOMESTIC}`
      : `,${listed(line, LINE)}`;
  return `[${text.slice(1)}]`;
}

/** SHA-256 of a content's text. */
export const hashContent = (text: string): Buffer => hash('sha256', text, 'buffer');

/** In JSON: a NUL, or half of a character. PostgreSQL keeps neither. */
const UNWRITABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;
export const isUnwritable = (json: string): boolean =>
  json.includes('\\u') && UNWRITABLE.test(json);

/** Text as JSON has it, at once where nothing in it needs another form. */
function quoted(text: string): string {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH)
      return JSON.stringify(text);
  }
  return `"${text}"`;
}
const [SPACE, QUOTE, BACKSLASH, TILDE] = [0x20, 0x22, 0x5c, 0x7e];

/** The values without their brackets. */
const listed = <T extends object>(of: T, fields: readonly (keyof T)[]): string =>
  JSON.stringify(fields.map((field) => of[field])).slice(1, -1);

function keysOf<Shape extends object>(shape: Shape): (keyof Shape)[] {
  return Object.keys(shape) as (keyof Shape)[];
}
