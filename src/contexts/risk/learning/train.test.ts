// A port where certain goods of certain origins are amiss: the model has to find that out alone,
// tell it in sentences, and refuse to pretend where there is nothing to learn.
import { beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import type { ModelFile } from './contract.ts';
import { createEncoder } from './encoder.ts';
import { fitEncoder } from './fit-encoder.ts';
import { madeDeclarations, rowsOf } from './fixtures.ts';
import { blocksOf, joinKeys, noKeys, orderedRates } from './joined-keys.ts';
import { findKeys, findParts } from './key-search.ts';
import { checkFacts, openModel } from './model.ts';
import { factsAt, sliceRows } from './rows.ts';
import { type TrainingJob, trainModel } from './train.ts';
import { trainInWorker } from './train-in-worker.ts';

const past = madeDeclarations(2400);
const later = madeDeclarations(800, 2, '2025-04-01');

const jobOf = (change: Partial<TrainingJob> = {}): TrainingJob => ({
  fit: rowsOf(past),
  choose: rowsOf(later),
  sources: { fit: 'past.csv', choose: 'later.csv' },
  label: 'Found',
  mapping: 'made',
  seed: 1,
  ...change,
});

const codesOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map(({ code }) => code);
    throw error;
  }
  return [];
};

describe('a model trained on the past', () => {
  let model: ModelFile;
  beforeAll(() => {
    model = trainModel(jobOf());
  });

  test('finds the two columns that tell, and none that do not', () => {
    const [key] = findKeys(rowsOf(past), findParts(rowsOf(past))).codes;
    expect(key?.parts.map(({ name }) => name).sort()).toEqual(['goods.hs6', 'goods.origin']);
  });

  test('ranks later declarations nearly as well as the truth could, and is calibrated', () => {
    const { model: ours, floor } = model.card.evaluation;
    expect(ours.auc.value).toBeGreaterThan(0.9);
    expect(ours.precision_at_10.value).toBeGreaterThan(0.85);
    expect(ours.ece.value).toBeLessThan(0.03);
    expect(ours.auc.value).toBeGreaterThan(floor.auc.value - 0.01);
  });

  test('says on its card what it is made of', () => {
    expect(model.card.data).toMatchObject([
      { role: 'fit', source: 'past.csv', rows: 2400, from: '2025-01-01', to: '2025-03-31' },
      { role: 'choose', source: 'later.csv', rows: 800, from: '2025-04-01' },
    ]);
    expect(model.card.features[0]?.facts).toEqual(['goods.hs6', 'goods.origin']);
    expect(model.card.leaks).toEqual([]);
  });

  test('gives reasons that add up, with the evidence counted', () => {
    const { contributions, probability } = openModel(model);
    const declaration = later.find(({ label }) => label);
    const reasons = contributions(declaration?.facts ?? {});
    expect(reasons[0]?.facts).toEqual(['goods.hs6', 'goods.origin']);
    expect(reasons[0]?.sentence.en).toMatch(
      /^Of \d+ earlier declarations with six-digit HS code \d{6}, country of origin [A-Z]{2}, \d+ % had findings/,
    );
    expect(reasons[0]?.sentence.zh).toMatch(/^此前 \d+ 票六位商品编码为 \d{6}、原产国（地区）为/);
    const sizes = reasons.map(({ logOdds }) => Math.abs(logOdds));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(probability(declaration?.facts ?? {})).toBeGreaterThan(0.6);
  });

  test('says nothing of goods it has never seen but that it has not', () => {
    const { contributions, probability } = openModel(model);
    const unknown = { 'goods.hs6': '999999', 'goods.origin': 'XX' };
    expect(contributions(unknown).map(({ sentence }) => sentence.en)).toContain(
      'No earlier declaration had six-digit HS code 999999, country of origin XX.',
    );
    expect(probability(unknown)).toBeGreaterThan(0);
    expect(probability({})).toBeLessThan(1);
  });

  test('comes out the same to the byte, in a thread of its own as well', async () => {
    const steps = new Set<string>();
    const again = await trainInWorker(jobOf(), { onProgress: ({ step }) => steps.add(step) });
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    expect([...steps]).toEqual(['search', 'encode', 'grow', 'judge']);
  });

  test('is opened only under the schema it was trained with', () => {
    expect(openModel(JSON.parse(JSON.stringify(model))).version).toHaveLength(64);
    const [first, ...others] = model.schema.facts;
    const changed = { ...model.schema, facts: [{ ...first, type: 'boolean' }, ...others] };
    expect(codesOf(() => openModel({ ...model, schema: changed }))).toEqual([
      'risk.model_schema_differs',
    ]);
    expect(codesOf(() => openModel({ ...model, body: {} }))).toEqual(['risk.model_not_readable']);
    const offered = new Map(model.schema.facts.map(({ name, type }) => [name, type]));
    expect(codesOf(() => checkFacts(model, offered))).toEqual([]);
    offered.set('goods.origin', 'number');
    expect(codesOf(() => checkFacts(model, offered))).toEqual(['risk.model_facts_differ']);
  });
});

describe('training', () => {
  test('can be called off, and then ends at once', async () => {
    const calledOff = new AbortController();
    const training = trainInWorker(jobOf(), {
      signal: calledOff.signal,
      onProgress: () => calledOff.abort(new Error('called off')),
    });
    await expect(training).rejects.toThrow('called off');
  });

  test('without choosing rows keeps the newest sixth or so of the file for that', () => {
    const { data } = trainModel(jobOf({ choose: null })).card;
    expect(data[1]?.rows).toBeGreaterThan(300);
    expect((data[0]?.to ?? '') < (data[1]?.from ?? '')).toBe(true);
  });

  test('refuses rows of one kind, with the figures', async () => {
    const clean = rowsOf(past.map((declaration) => ({ ...declaration, label: false })));
    expect(codesOf(() => trainModel(jobOf({ fit: clean })))).toEqual(['risk.model_one_class_fit']);
    await expect(trainInWorker(jobOf({ choose: clean }))).rejects.toMatchObject({
      refusals: [
        {
          code: 'risk.model_one_class_choose',
          params: { rows: 2400, positives: 0, unlabelled: 0 },
        },
      ],
    });
  });

  test('warns of a fact that is the outcome under another name, and learns without it when told', () => {
    const leaking = (declarations: typeof past) =>
      rowsOf(
        declarations.map(({ facts, date, label }) => ({
          ...{ date, label },
          facts: { ...facts, 'examination.remark': label ? 'seized' : 'in order' },
        })),
      );
    const job = jobOf({ fit: leaking(past.slice(0, 800)), choose: leaking(later.slice(0, 300)) });
    const [leak] = trainModel(job).card.leaks;
    expect(leak).toMatchObject({ fact: 'examination.remark', rows: 800 });
    expect(leak?.sentence.en).toContain('--without examination.remark');
    const without = trainModel({ ...job, without: ['examination.remark'] });
    expect(without.card.leaks).toEqual([]);
    expect(without.schema.facts.map(({ name }) => name)).not.toContain('examination.remark');
  });
});

describe('facts of the past', () => {
  const withPast = (declarations: typeof past, value: (isFound: boolean, row: number) => number) =>
    rowsOf(
      declarations.map(({ facts, date, label }, row) => ({
        ...{ date, label },
        facts: { ...facts, 'peers.priceDeviation': value(label, row) },
      })),
    );
  const trained = (value: (isFound: boolean, row: number) => number): string[] => {
    const fit = withPast(past.slice(0, 1200), value);
    const { schema, card } = trainModel(jobOf({ fit, choose: withPast(later, value) }));
    expect(card.training.candidates).toHaveLength(4);
    return schema.facts.map(({ name }) => name);
  };

  test('are learned from where they pay, and left alone where they do not', () => {
    expect(trained((isFound, row) => (row % 5) - (isFound ? 4 : 0))).toContain(
      'peers.priceDeviation',
    );
    expect(trained((_, row) => (row * 7919) % 101)).not.toContain('peers.priceDeviation');
  });
});

describe('the numbers the trees see', () => {
  const rows = rowsOf(past);
  const parts = findParts(rows);
  const { schema, knowledge } = fitEncoder(rows, findKeys(rows, parts));

  test('are the same from a file as from one declaration', () => {
    const encoder = createEncoder(schema, knowledge);
    const some = sliceRows(rows, 100, 120);
    const { columns } = encoder.encodeRows(some);
    for (let row = 0; row < some.size; row += 1)
      expect(Array.from(encoder.encode(factsAt(some, row)))).toEqual(
        columns.map((column) => column[row]),
      );
  });

  test('never know the label of the same day, nor of a later one', () => {
    const part = parts.find(({ name }) => name === 'goods.origin');
    const keys = joinKeys(noKeys(rows.size).ids, part?.codes ?? new Int32Array());
    const base = new Float64Array(rows.size).fill(0.4);
    const blocks = blocksOf(rows);
    const ratesWith = (labels: Uint8Array) => orderedRates(keys, labels, blocks, base, 1).rates;
    const from = blocks[45] as number;
    const otherwise = rows.labels.map((label, row) => (row < from ? label : 1 - label));
    const until = blocks[46] as number;
    expect(ratesWith(otherwise).slice(0, until)).toEqual(ratesWith(rows.labels).slice(0, until));
    expect(ratesWith(otherwise).slice(until)).not.toEqual(ratesWith(rows.labels).slice(until));
  });

  test('lean on the broader key where a key is new, and on all rows where everything is', () => {
    const encoder = createEncoder(schema, knowledge);
    expect(Array.from(encoder.lookUp({ 'goods.hs6': '999999' }).rows)).not.toContain(1);
    const { rates, rows: evidence } = encoder.lookUp({ 'goods.hs6': 'x', 'goods.origin': 'x' });
    for (const [table, rate] of rates.entries()) {
      expect(evidence[table]).toBe(0);
      expect(rate).toBeCloseTo(knowledge.baseRate, 12);
    }
  });

  test('two columns that tell nothing alone are still found together', () => {
    const tangled = past.map(({ facts, date }, row) => {
      const [a, b] = [row % 2, (row * 7919 + (row >> 3)) % 2];
      return {
        date,
        label: a !== b,
        facts: { ...facts, 'sign.one': `s${a}`, 'sign.two': `t${b}` },
      };
    });
    const mixed = rowsOf(tangled);
    const [key] = findKeys(mixed, findParts(mixed)).codes;
    const [first, second] = key?.parts ?? [];
    expect([first?.name, second?.name].sort()).toEqual(['sign.one', 'sign.two']);
  });
});
