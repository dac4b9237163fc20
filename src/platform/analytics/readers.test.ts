// Connections for reading are kept between questions, but never one that was left in the middle of
// something, and none at rest.
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createReaders } from './readers.ts';

let instance: DuckDBInstance;
beforeEach(async () => {
  instance = await DuckDBInstance.create(':memory:');
});
afterEach(() => instance.closeSync());

const ask = async (reader: DuckDBConnection) => (await reader.run('select 42')).getRows();

test('a reader that was read to its end is kept for the next', async () => {
  const readers = createReaders(instance);
  const first = await readers.take();
  expect(await ask(first)).toEqual([[42]]);
  readers.giveBack(first, true);
  const again = await readers.take();
  expect(again).toBe(first);
  expect(await ask(again)).toEqual([[42]]);
  readers.giveBack(again, true);
  readers.close();
});

test('one that was not is closed, and so is what is kept at rest', async () => {
  const readers = createReaders(instance);
  const broken = await readers.take();
  readers.giveBack(broken, false);
  const second = await readers.take();
  expect(second).not.toBe(broken);
  await expect(ask(broken)).rejects.toThrow();
  readers.giveBack(second, true);
  readers.rest();
  await expect(ask(second)).rejects.toThrow();
  const third = await readers.take();
  expect(third).not.toBe(second);
  expect(await ask(third)).toEqual([[42]]);
  readers.close();
  readers.giveBack(third, true);
  await expect(ask(third)).rejects.toThrow();
});

test('two readers are never one connection, and only a few are kept', async () => {
  const readers = createReaders(instance);
  const taken = await Promise.all(Array.from({ length: 5 }, () => readers.take()));
  expect(new Set(taken).size).toBe(5);
  expect(readers.inUse()).toBe(5);
  for (const reader of taken) readers.giveBack(reader, true);
  expect(readers.inUse()).toBe(0);
  const kept = await Promise.all(Array.from({ length: 5 }, () => readers.take()));
  expect(kept.filter((reader) => taken.includes(reader))).toHaveLength(2);
  for (const reader of kept) readers.giveBack(reader, false);
});
