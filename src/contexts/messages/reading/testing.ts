import { readdirSync, readFileSync } from 'node:fs';

const standards = new URL('../standards/', import.meta.url);

export interface Fixture {
  /** `goldgate/fixtures/inv101.xml`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every message of ours, by the folder of its standard. */
export function fixtures(): Fixture[] {
  return readdirSync(standards, { recursive: true, encoding: 'utf8' })
    .filter((name) => /fixtures.*\.(xml|edi)$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(new URL(name, standards)) }));
}

/** What stands at `lines.0.hsCode` of a document. */
export const at = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      document,
    );

/** A source of whole numbers below a bound; the same seed, the same numbers. */
export type Draw = (below: number) => number;

/** xorshift32: enough to break messages with. */
export function drawFrom(seed: number): Draw {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const PIECES = [
  ...['<', '>', '&', '&#x41;', '&lol;', '</', '/>', '<![CDATA[', ']]>', '<!--', '-->', '<?', '?>'],
  ...[
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    "'",
    '+',
    ':',
    '?',
    "?'",
    "UNT+1+1'",
    "UNZ+9+9'",
    "UNA:+.? '",
  ],
  ...['\u0000', '\ufeff', '\n', '"', '=', ',', '-', '9999999999999999999', '1e99', '<a>', '</a>'],
  ...['__proto__', 'constructor', '\ud800', '中文', 'xmlns:q="r"', 'xml:space="preserve"'],
].map((piece) => Buffer.from(piece));

/** A message as a bad line, a bad disk or a bad mind would send it: one to four changes. */
export function mutate(bytes: Buffer, other: Buffer, draw: Draw): Buffer {
  let message = bytes;
  for (let change = draw(4); change >= 0; change -= 1) message = changed(message, other, draw);
  return message;
}

const SIZE_MAX = 200_000;

function changed(bytes: Buffer, other: Buffer, draw: Draw): Buffer {
  const length = Math.max(bytes.length, 1);
  const at = draw(length);
  const until = Math.min(bytes.length, at + 1 + draw(64));
  const before = bytes.subarray(0, at);
  switch (draw(9)) {
    case 0:
      return Buffer.concat([before, Buffer.from([draw(256)]), bytes.subarray(at + 1)]);
    case 1:
      return Buffer.concat([before, bytes.subarray(until)]);
    case 2:
      return Buffer.concat([before, bytes.subarray(at, until), bytes.subarray(at)]);
    case 3:
    case 4:
      return Buffer.concat([before, PIECES[draw(PIECES.length)] ?? before, bytes.subarray(at)]);
    case 5:
      return before;
    case 6:
      return Buffer.concat([before, other.subarray(draw(Math.max(other.length, 1)))]);
    case 7: {
      if (bytes.length > SIZE_MAX) return bytes;
      const part = bytes.subarray(at, Math.min(bytes.length, at + 1 + draw(2_000)));
      return Buffer.concat([
        before,
        ...Array.from({ length: 1 + draw(12) }, () => part),
        bytes.subarray(at),
      ]);
    }
    default: {
      const tag = bytes.indexOf(0x3c, at);
      return tag < 0 ? before : Buffer.concat([before, bytes.subarray(tag)]);
    }
  }
}
