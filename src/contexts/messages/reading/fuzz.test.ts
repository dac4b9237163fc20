// Messages broken in ten thousand ways: no reader falls over, none hangs, and one that understands nothing
// says why. `bench -- messages` does the same a million times.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMessage } from './read.ts';
import { drawFrom, fixtures, mutate } from './testing.ts';

const MESSAGES = 10_000;

// Where a parser stood when it said no is read by nobody, and costs more to find than the answer.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

test('every broken message is answered', { timeout: 90_000 }, () => {
  const originals = fixtures();
  const draw = drawFrom(20_261_122);
  const silent: string[] = [];
  let understood = 0;
  for (let count = 0; count < MESSAGES; count += 1) {
    const original = originals[count % originals.length] ?? originals[0];
    const other = originals[draw(originals.length)];
    if (!original || !other) throw new Error('There are no fixtures.');
    const { documents, problems } = readMessage(mutate(original.bytes, other.bytes, draw));
    if (documents.length > 0) understood += 1;
    else if (problems.length === 0) silent.push(original.name);
    const odd = problems.filter(
      ({ code, path }) => !/^messages\.\w+$/.test(code) || path === undefined,
    );
    if (odd.length > 0) silent.push(JSON.stringify(odd[0]));
  }
  expect(silent).toEqual([]);
  // Neither everything refused nor everything taken: the mutations reach behind the front door.
  expect(understood).toBeGreaterThan(MESSAGES / 10);
  expect(understood).toBeLessThan((MESSAGES * 9) / 10);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
