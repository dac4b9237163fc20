import { Buffer } from 'node:buffer';

/**
 * Numbers and text as bytes. A number is of seven bits a byte, the lowest first; a difference carries its sign in
 * the first byte. Of all ways to write a number only the shortest is read: the same values are always the same bytes.
 */
const NUMBER_BYTES_MAX = 8;
const FIRST_ROOM = 64;

export const damaged = (what: string): RangeError =>
  new RangeError(`Packed bytes are damaged: ${what}.`);

/** A class, since one is made for every row of a journal. */
export class ByteWriter {
  private buffer: Buffer;
  private at = 0;

  constructor(room = FIRST_ROOM) {
    this.buffer = Buffer.allocUnsafe(room);
  }

  get length(): number {
    return this.at;
  }

  /** From 0 to the last safe integer. */
  natural(value: number): void {
    if (value >>> 0 !== value && !(Number.isSafeInteger(value) && value >= 0))
      throw new TypeError(`Not a number of the journal: ${value}`);
    this.reserve(NUMBER_BYTES_MAX);
    this.at = putNatural(this.buffer, this.at, value);
  }

  /** Any safe integer. */
  integer(value: number): void {
    if ((value | 0) !== value && !Number.isSafeInteger(value))
      throw new TypeError(`Not a difference of the journal: ${value}`);
    this.reserve(NUMBER_BYTES_MAX);
    const magnitude = Math.abs(value);
    const first = (magnitude % 64) + (value < 0 ? 64 : 0);
    if (magnitude < 64) this.buffer[this.at++] = first;
    else {
      this.buffer[this.at] = first + 128;
      this.at = putNatural(this.buffer, this.at + 1, Math.floor(magnitude / 64));
    }
  }

  /** Text, or that there is none. */
  text(value: string | null): void {
    if (value === null) {
      this.natural(0);
      return;
    }
    const bytes = Buffer.byteLength(value);
    this.natural(bytes + 1);
    this.reserve(bytes);
    this.at += this.buffer.write(value, this.at);
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** What was written since it was last asked. */
  take(): Buffer {
    const bytes = Buffer.from(this.buffer.subarray(0, this.at));
    this.at = 0;
    return bytes;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}

/**
 * Writes a number where there is room for it; answers where the next one stands. Numbers of 32 bits, as most are, are
 * shifted: to divide takes several times as long.
 */
function putNatural(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let left = value;
  for (; left > 0xffffffff; left = Math.floor(left / 128)) bytes[at++] = (left % 128) + 128;
  for (left >>>= 0; left > 127; left >>>= 7) bytes[at++] = (left & 127) | 128;
  bytes[at] = left;
  return at + 1;
}

/** Reads what a `ByteWriter` wrote. Every method throws RangeError at bytes it did not write. */
export class ByteReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  natural(): number {
    const first = this.next();
    const value = first < 128 ? first : this.rest(first - 128, 128);
    if (!Number.isSafeInteger(value)) throw damaged('a number');
    return value;
  }

  integer(): number {
    const first = this.next();
    const magnitude = first < 128 ? first % 64 : this.rest(first % 64, 64);
    const isNegative = first % 128 >= 64;
    if (!Number.isSafeInteger(magnitude) || (isNegative && magnitude === 0))
      throw damaged('a difference');
    return isNegative ? -magnitude : magnitude;
  }

  text(): string | null {
    const length = this.natural() - 1;
    if (length < 0) return null;
    const end = this.at + length;
    if (end > this.bytes.length) throw damaged('they end too soon');
    const text = this.bytes.toString('utf8', this.at, end);
    this.at = end;
    return text;
  }

  end(): void {
    if (this.at !== this.bytes.length) throw damaged('something follows them');
  }

  private next(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw damaged('they end too soon');
    return byte;
  }

  /** What follows a first byte, of which `scale` values are told apart already. */
  private rest(low: number, scale: number): number {
    const end = this.at + NUMBER_BYTES_MAX;
    let value = low;
    for (let factor = scale; ; factor *= 128) {
      const byte = this.next();
      value += (byte % 128) * factor;
      if (byte >= 128 && this.at < end) continue;
      if (byte === 0 || byte >= 128) throw damaged('a number');
      return value;
    }
  }
}
