// A small year with faults of every kind, explained: what is claimed adds up, uses no record twice, and is the same
// however the records are shuffled. And a year of the other generator, taken as files through the commands.
// How much is found is measured by `npm run bench -- bonded-explain`.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomFor } from '../demo/generate/random.ts';
import { COMMAND_LINE } from '../src/apps/command-line.ts';
import type { Evidence } from '../src/contexts/bonded/explain/evidence.ts';
import { explain } from '../src/contexts/bonded/explain/explain.ts';
import { bondedCommand } from '../src/contexts/bonded/index.ts';
import { openLedgers } from '../src/contexts/bonded/testing.ts';
import { testFolder } from '../src/platform/testing.ts';
import { type Command, explainFiles } from './bonded-explain/program.ts';
import { score } from './bonded-explain/score.ts';
import { writeYear } from './bonded-explain/trades/files.ts';
import { score as scoreTrade } from './bonded-explain/trades/score.ts';
import { makeYear as makeTrade } from './bonded-explain/trades/year.ts';
import { keyOf, makeYear } from './bonded-explain/year.ts';

const SMALL = { orders: 120, troubled: 8 };
const shuffled = <T>(items: readonly T[], seed: string): T[] => {
  const random = randomFor(seed, 'shuffle');
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
};
const inAnotherOrder = (evidence: Evidence, seed: string): Evidence => ({
  ...evidence,
  differences: shuffled(evidence.differences, seed),
  postings: shuffled(evidence.postings, seed),
  papers: shuffled(evidence.papers, seed),
  orders: shuffled(evidence.orders, seed),
  consumptions: shuffled(evidence.consumptions, seed),
  substitutes: shuffled(evidence.substitutes, seed),
  tags: shuffled(evidence.tags, seed),
});
const seeds = fc.nat(1_000_000).map(String);
const FEW = { numRuns: 3 };

describe('whatever was done to a year', () => {
  test('causes and residual are the difference; no record serves twice; shuffling changes nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { evidence } = makeYear(seed, SMALL);
        const explanations = explain(evidence);
        expect(explanations).toHaveLength(evidence.differences.length);
        for (const { difference, explained, residual, possible } of explanations) {
          const sum = explained.reduce((total, { quantity }) => total + quantity, 0);
          expect(sum + residual).toBe(difference.difference);
          for (const set of possible)
            expect(set.causes.reduce((total, it) => total + it.quantity, set.residual)).toBe(
              residual,
            );
          const first = explained.map(({ records }) => records[0]);
          expect(new Set(first).size).toBe(first.length);
        }
        expect(explain(inAnotherOrder(evidence, seed))).toEqual(explanations);
      }),
      FEW,
    );
  }, 120_000);
});

describe('the generator', () => {
  test('seals just what it did: elsewhere counts and book agree', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { evidence, answers, noisy } = makeYear(seed, SMALL);
        const sealed = new Map<string, number>();
        for (const it of answers) sealed.set(keyOf(it), (sealed.get(keyOf(it)) ?? 0) + it.quantity);
        for (const it of evidence.differences)
          if (!noisy.has(keyOf(it))) expect(it.difference).toBe(sealed.get(keyOf(it)) ?? 0);
      }),
      FEW,
    );
  });

  test('scores an explanation that says nothing as nothing found and nothing false', () => {
    const year = makeYear('1', SMALL);
    const { all, falseQuantityShare } = score(year, []);
    expect(all).toMatchObject({ explained: 0, right: 0, recalled: 0 });
    expect(all.identifiable).toBeGreaterThan(0);
    expect(falseQuantityShare).toBe(0);
  });
});

describe('half a year of a chemical factory, by the other generator', () => {
  let ledgers: Awaited<ReturnType<typeof openLedgers>>;
  let place: Awaited<ReturnType<typeof testFolder>>;
  beforeAll(async () => {
    place = await testFolder();
    ledgers = await openLedgers('2026-07-03T01:00:00.000Z');
  });
  afterAll(async () => {
    await ledgers.close();
    await place.remove();
  });

  const command: Command = async (words) => {
    const told: string[] = [];
    await bondedCommand({
      ...{ print: (line) => told.push(line), progress: process.stderr, setExitCode: () => {} },
      ...{ withStage: (work) => work(ledgers.askAs) },
      withAsk: (work) => work(ledgers.askAs(COMMAND_LINE)),
      sentenceOf: ({ code }) => ({ zh: code, en: code }),
    })
      .exitOverride()
      .parseAsync([...words], { from: 'user' });
    return told.join('\n');
  };

  test('its files through the commands: the book is as it was kept, nothing is claimed that is not so', async () => {
    const year = makeTrade(102);
    const explained = await explainFiles(await writeYear(year, place.folder), command);
    const { all, wrong, recall } = scoreTrade(year, explained);
    expect(wrong).toEqual([]);
    expect(all.book_disagreements).toBe(0);
    expect(all.identifiable).toBeGreaterThanOrEqual(20);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });
});
