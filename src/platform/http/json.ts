import { Refused } from '../../kernel/refusal.ts';
import { pathText } from '../input.ts';

/** No document of ours nests deeper; a deeper one is meant to exhaust a stack. */
const DEPTH_MAX = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** Escapes that may write text no store can hold: NUL and halves of surrogate pairs. */
const SUSPECT_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;

/** Reads JSON from bytes; refuses, saying where, what is not UTF-8, not JSON or not storable. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  requireShallow(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(text);
  }
  if (SUSPECT_ESCAPE.test(text)) requireStorable(value);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refused('invalid', { code: 'http.not_utf8' });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{` differ by this bit, and so do `]` and `}`. */
const CURLY = 0x20;
const OPENER = 0x7b;
const CLOSER = 0x7d;

function requireShallow(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) inString = !inString;
    else if (inString && code === BACKSLASH) i++;
    else if (inString) continue;
    else if ((code | CURLY) === CLOSER) depth--;
    else if ((code | CURLY) === OPENER && ++depth > DEPTH_MAX) {
      throw new Refused('invalid', { code: 'http.nested_too_deeply', params: { max: DEPTH_MAX } });
    }
  }
}

/** PostgreSQL holds neither NUL in text nor half a surrogate pair in `jsonb`. */
export function requireStorable(value: unknown, path: readonly PropertyKey[] = []): void {
  if (typeof value === 'string') {
    if (!isStorableText(value)) {
      throw new Refused('invalid', { code: 'http.unstorable_text', path: pathText(path) });
    }
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => {
      requireStorable(item, [...path, i]);
    });
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      requireStorable(key, path);
      requireStorable(item, [...path, key]);
    }
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const isStorableText = (text: string): boolean =>
  !text.includes('\0') && !LONE_SURROGATE.test(text);

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;

/**
 * The place of the first fault, as people count it: line and column from 1. `JSON.parse` names a
 * position for some faults only, and not the same in every version.
 */
function malformed(text: string): Refused {
  const at = firstFault(text);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const rest = text.slice(at, at + 20);
  return new Refused('invalid', {
    code: 'http.malformed_json',
    params: { line, column },
    ...(rest && { seen: rest }),
  });
}

/** What may follow: a value, a key, a colon, or a comma or closing bracket. */
type Expecting = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'next' | 'nothing';

function firstFault(text: string): number {
  const open: ('{' | '[')[] = [];
  let expecting: Expecting = 'value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const next: Expecting | null = match ? step(expecting, match[1], match[2], open) : null;
    if (!match || next === null)
      return start + (/^[ \t\r\n]*/.exec(text.slice(start))?.[0].length ?? 0);
    expecting = next;
  }
}

/** One token further; `null` when the token may not stand there. */
function step(
  expecting: Expecting,
  mark: string | undefined,
  textToken: string | undefined,
  open: ('{' | '[')[],
): Expecting | null {
  const afterValue = (): Expecting => (open.length > 0 ? 'next' : 'nothing');
  if (mark === undefined) {
    if (textToken !== undefined && expecting.startsWith('key')) return 'colon';
    return expecting.startsWith('value') ? afterValue() : null;
  }
  if (mark === ':') return expecting === 'colon' ? 'value' : null;
  if (mark === ',') return expecting !== 'next' ? null : open.at(-1) === '{' ? 'key' : 'value';
  if (mark === '{' || mark === '[') {
    if (!expecting.startsWith('value')) return null;
    open.push(mark);
    return mark === '{' ? 'keyOrEnd' : 'valueOrEnd';
  }
  const inside = mark === '}' ? '{' : '[';
  const mayEnd = expecting === 'next' || expecting === (mark === '}' ? 'keyOrEnd' : 'valueOrEnd');
  if (!mayEnd || open.at(-1) !== inside) return null;
  open.pop();
  return afterValue();
}
