import { isAscii, isUtf8 } from 'node:buffer';
import { codes } from './codes.ts';
import type { Problems } from './problems.ts';

const WHOLE = { path: '' };
const HEAD_BYTES = 400;

/**
 * The text of a message, whatever it was written in. UTF-8 where the bytes are UTF-8, whatever the
 * header says; else what the header says; else GB18030, which GBK and GB2312 are parts of, but for letters
 * that stand alone among others, as accents do. Where lines differ, each is read as what it is. What was not
 * as declared is told.
 */
export function decodeText(bytes: Buffer, problems: Problems): string {
  const [mark, body] = withoutMark(bytes);
  if (mark === 'utf-16le' || mark === 'utf-16be') return new TextDecoder(mark).decode(body);
  if (isAscii(body)) return body.toString('latin1');
  const declared = declaredOf(body.toString('latin1', 0, HEAD_BYTES));
  if (isUtf8(body)) {
    if (declared && declared.encoding !== 'utf-8') {
      problems.warning('messages.encoding_not_as_declared', WHOLE, {
        seen: declared.name,
        params: { found: 'UTF-8' },
      });
    }
    return body.toString('utf8');
  }
  if (declared && declared.encoding !== 'utf-8') {
    const text = strictly(declared.encoding, body);
    if (text !== null) return text;
  }
  return lineByLine(body, declared?.name ?? '', problems);
}

function withoutMark(bytes: Buffer): [string | null, Buffer] {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return ['utf-8', bytes.subarray(3)];
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le', bytes.subarray(2)];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be', bytes.subarray(2)];
  if (bytes[0] === 0x3c && bytes[1] === 0) return ['utf-16le', bytes];
  if (bytes[0] === 0 && bytes[1] === 0x3c) return ['utf-16be', bytes];
  return [null, bytes];
}

/** Character repertoires of EDIFACT (UNB, syntax identifier) that are more than ASCII, and not UTF-8. */
const REPERTOIRES = codes({
  UNOC: 'latin1',
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'latin5',
});

interface Declared {
  /** As the header names it. */
  readonly name: string;
  /** As a decoder names it. */
  readonly encoding: string;
}

function declaredOf(head: string): Declared | null {
  const name = /^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  if (name) return { name, encoding: decoderOf(name) };
  const repertoire = /UNB.(UNO[A-Z])/.exec(head)?.[1];
  const encoding = repertoire && REPERTOIRES.get(repertoire);
  return encoding ? { name: repertoire, encoding } : null;
}

function decoderOf(name: string): string {
  if (/^gb/i.test(name)) return 'gb18030';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return 'utf-8';
  }
}

function strictly(encoding: string, body: Buffer): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** Beyond so many lines, or so many that are of no encoding, the rest is read as one. */
const LINES_MAX = 200_000;
const DAMAGED_MAX = 100;

function lineByLine(body: Buffer, declared: string, problems: Problems): string {
  const lines: string[] = [];
  const found = new Map<Found, number>();
  for (let start = 0; start < body.length; ) {
    const whole = lines.length > LINES_MAX || (found.get('damaged') ?? 0) > DAMAGED_MAX;
    const end = whole ? -1 : body.indexOf(0x0a, start);
    const line = body.subarray(start, end < 0 ? body.length : end + 1);
    lines.push(lineOf(line, found));
    start += line.length;
  }
  if (found.has('damaged')) problems.error('messages.encoding_damaged', WHOLE);
  const others = OTHERS.filter(([one]) => found.has(one)).map(([, name]) => name);
  if (found.has('utf-8') && others.length > 0) {
    problems.warning('messages.encodings_mixed', WHOLE, { seen: declared });
  } else if (others.length > 0) {
    const params = { found: others.join(', ') };
    problems.warning('messages.encoding_not_as_declared', WHOLE, { seen: declared, params });
  }
  return lines.join('');
}

type Found = 'utf-8' | 'gb18030' | 'latin1' | 'damaged';
const OTHERS = [
  ['gb18030', 'GB18030'],
  ['latin1', 'ISO-8859-1'],
] as const;

const gb18030 = new TextDecoder('gb18030', { fatal: true });
const latin1 = new TextDecoder('latin1');

/** Each byte beyond ASCII has a letter or a space on both sides: Chinese characters come in twos. */
function standAlone(line: Buffer): boolean {
  for (let at = 0; at < line.length; at += 1) {
    if ((line[at] ?? 0) < 0xc0) {
      if ((line[at] ?? 0) >= 0x80) return false;
    } else if ((line[at + 1] ?? 0) >= 0x80) return false;
  }
  return true;
}

function lineOf(line: Buffer, found: Map<Found, number>): string {
  if (isAscii(line)) return line.toString('latin1');
  const count = (what: Found): void => {
    found.set(what, (found.get(what) ?? 0) + 1);
  };
  if (isUtf8(line)) {
    count('utf-8');
    return line.toString('utf8');
  }
  if (standAlone(line)) {
    count('latin1');
    return latin1.decode(line);
  }
  try {
    const text = gb18030.decode(line);
    count('gb18030');
    return text;
  } catch {
    count('damaged');
    return line.toString('utf8');
  }
}
