import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Refused } from '../../kernel/refusal.ts';

export type Encoding = 'utf-8' | 'gb18030';

/** A line longer than this is no line of a table; reading on would only fill the memory. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
/** Lines beyond ASCII that are enough to tell UTF-8 from GB18030. */
const TELLING_LINES = 10_000;

/** The text of a file in slices that end with a line, decoded strictly. */
export async function* readText(file: string, stated?: Encoding): AsyncIterable<string> {
  const encoding = stated ?? (await detectEncoding(file));
  const decode = (bytes: Uint8Array): string =>
    new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  let line = 1;
  let isFirst = true;
  for await (const slice of wholeLines(file)) {
    let text: string;
    try {
      text = decode(slice);
    } catch {
      throw broken(encoding, line + firstBroken(slice, decode));
    }
    line += countLines(slice);
    yield isFirst ? text.replace(/^\uFEFF/, '') : text;
    isFirst = false;
  }
}

/**
 * Tells UTF-8 from GB18030: by the mark at the beginning, else by whether every byte is strict
 * UTF-8. A file that is not may still be UTF-8 with a broken line in it, which GB18030 would read as
 * nonsense: it is GB18030 only if most of its lines beyond ASCII are no UTF-8.
 */
export async function detectEncoding(file: string): Promise<Encoding> {
  if (await beginsWithMark(file)) return 'utf-8';
  for await (const slice of wholeLines(file)) {
    if (!isUtf8(slice)) return (await mostlyUtf8(file)) ? 'utf-8' : 'gb18030';
  }
  return 'utf-8';
}

/**
 * The encoding as far as the beginning of the file tells, which is enough for its header: ASCII reads
 * the same in both, and a megabyte of valid UTF-8 beyond ASCII is no accident.
 */
export async function detectHeadEncoding(file: string): Promise<Encoding> {
  if (await beginsWithMark(file)) return 'utf-8';
  for await (const slice of wholeLines(file)) {
    return isUtf8(slice) ? 'utf-8' : detectEncoding(file);
  }
  return 'utf-8';
}

async function beginsWithMark(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
    const mark = buffer.subarray(0, bytesRead).toString('hex');
    if (mark.startsWith('fffe') || mark.startsWith('feff')) {
      throw new Refused('invalid', {
        code: 'pool.encoding_unsupported',
        params: { seen: 'UTF-16' },
      });
    }
    return mark === 'efbbbf';
  } finally {
    await handle.close();
  }
}

async function mostlyUtf8(file: string): Promise<boolean> {
  let valid = 0;
  let invalid = 0;
  for await (const slice of wholeLines(file)) {
    for (const line of splitLines(slice)) {
      if (isAscii(line)) continue;
      if (isUtf8(line)) valid += 1;
      else invalid += 1;
    }
    if (valid + invalid > TELLING_LINES) break;
  }
  return valid > invalid;
}

/**
 * Slices of a file cut after a line feed. In UTF-8 and in GB18030 alike, the byte 0x0A is never part
 * of a longer character, so a cut there is safe before the encoding is known.
 */
async function* wholeLines(file: string): AsyncIterable<Buffer> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    const cut = bytes.lastIndexOf(0x0a) + 1;
    if (cut > 0) {
      yield Buffer.concat([...rest, bytes.subarray(0, cut)]);
      rest = [];
      restBytes = 0;
    }
    rest.push(bytes.subarray(cut));
    restBytes += bytes.length - cut;
    if (restBytes > LINE_BYTES_MAX) {
      throw new Refused('invalid', {
        code: 'pool.line_too_long',
        params: { megabytes: LINE_BYTES_MAX / 1024 / 1024 },
      });
    }
  }
  if (restBytes > 0) yield Buffer.concat(rest);
}

function* splitLines(slice: Buffer): Iterable<Buffer> {
  let from = 0;
  while (from < slice.length) {
    const end = slice.indexOf(0x0a, from);
    const to = end < 0 ? slice.length : end + 1;
    yield slice.subarray(from, to);
    from = to;
  }
}

function countLines(slice: Buffer): number {
  let lines = 0;
  for (let at = slice.indexOf(0x0a); at >= 0; at = slice.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

/** How many lines of the slice can be read before the one that cannot. */
function firstBroken(slice: Buffer, decode: (bytes: Uint8Array) => string): number {
  let lines = 0;
  for (const line of splitLines(slice)) {
    try {
      decode(line);
    } catch {
      return lines;
    }
    lines += 1;
  }
  return lines;
}

const broken = (encoding: Encoding, line: number): Refused =>
  new Refused('invalid', {
    code: 'pool.broken_text',
    path: `line ${line}`,
    params: { line, encoding: encoding.toUpperCase() },
  });
