import { closeSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';

/** The arrays a column lies in, in memory as in its file. */
export type ColumnArray = Int32Array | Float64Array | Int8Array;
export type ColumnArrayOf = new (rows: number) => ColumnArray;

/**
 * Reads a column that an earlier back-test has written down; `null` when none has. It is thirty times
 * quicker than asking the engine again, and whoever edits a rule tries it many times.
 */
export function readColumnFile(
  file: string,
  array: ColumnArrayOf,
  rows: number,
): ColumnArray | null {
  const values = new array(rows);
  const bytes = new Uint8Array(values.buffer);
  let opened: number;
  try {
    opened = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    let read = 0;
    while (read < bytes.length) {
      const more = readSync(opened, bytes, read, bytes.length - read, null);
      if (more === 0) return null;
      read += more;
    }
    return values;
  } finally {
    closeSync(opened);
  }
}

export const writeColumnFile = (file: string, values: ColumnArray): void =>
  writeWhole(file, new Uint8Array(values.buffer));

export function readDictionaryFile(file: string): string[] | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as string[];
  } catch {
    return null;
  }
}

export const writeDictionaryFile = (file: string, words: readonly string[]): void =>
  writeWhole(file, JSON.stringify(words));

/** Under its name only when it is whole. */
function writeWhole(file: string, content: string | Uint8Array): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, content);
  renameSync(partial, file);
}
