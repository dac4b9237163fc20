// What follows for a filing from what is known of it; a period with nothing missing, written off by nobody through the
// command line; and a ledger customs itself files for, which two officers return and a third time disagree about.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileWriteOff } from '../commands/write-off.ts';
import type { Ask } from '../imports/index.ts';
import { factory, OFFICE, officer, person } from '../ledgers/fixtures.ts';
import { openLedgers } from '../testing.ts';
import type { FilingDetail } from './contract.ts';
import { type FilingState, follow } from './filing.ts';

const REASON = { code: 'bonded.filing_not_counted' };
test.each<[string, Partial<FilingState>, boolean]>([
  ['nothing owed and no reason', {}, true],
  ['duty open', { duty: { state: 'open' } as FilingState['duty'] }, false],
  ['duty guaranteed', { duty: { state: 'guaranteed' } as FilingState['duty'] }, true],
  ['duty paid', { duty: { state: 'paid' } as FilingState['duty'] }, true],
  ['a reason, and nobody agreed', { reasons: [REASON] }, false],
  ['a reason, and both agreed', { reasons: [REASON], isApproved: true }, true],
  [
    'both agreed, duty open',
    { isApproved: true, duty: { state: 'open' } as FilingState['duty'] },
    false,
  ],
  ['still with an officer', { status: 'atOfficer' }, false],
  ['not signed', { status: 'drafted' }, false],
])('%s: written off %j', (_name, known, isWrittenOff) => {
  const state = { status: 'awaitingPayment', reasons: [], duty: null, isApproved: false, ...known };
  expect(follow(state as unknown as FilingState).length > 0).toBe(isWrittenOff);
});

const second = person('zhou', 'portOfficer', { organisationId: OFFICE, offices: [OFFICE] });
const LEDGER = 'H2218000077';
const at = `/api/bonded/ledgers/${LEDGER}`;
let here: Awaited<ReturnType<typeof openLedgers>>;
let [firm, chen, zhou]: Ask[] = [];
const as = (ask: Ask | undefined, method: 'GET' | 'POST', path: string, body?: unknown) =>
  (ask as Ask)(method, `${at}${path}`, body);
const statusOf = (said: unknown) => (said as FilingDetail).filing.status;

beforeAll(async () => {
  here = await openLedgers('2026-08-02T02:00:00.000Z');
  [firm, chen, zhou] = [here.askAs(factory), here.askAs(officer), here.askAs(second)];
  await here.open(LEDGER);
  await as(firm, 'POST', '/parts', { parts: [{ part: 'STEEL', kind: 'material', unit: 'kg' }] });
  const lines = [{ part: 'STEEL', quantity: '80' }];
  const occurredAt = '2026-07-05T00:00:00.000Z';
  const events = [{ id: 'E1', kind: 'imported', document: 'IN-1', occurredAt, lines }];
  await as(firm, 'POST', '/events', { events });
  await as(firm, 'POST', '/stocktakes', { id: 'C1' });
  const tag = { tag: 'T1', part: 'STEEL', quantity: '80', countedAt: '2026-07-31T08:00:00.000Z' };
  await as(firm, 'POST', '/stocktakes/C1/tags', { tags: [tag] });
  await as(firm, 'POST', '/stocktakes/C1/close', {});
});
afterAll(() => here?.close());

describe('through the command line', () => {
  const said: string[] = [];
  const deps = { print: (line: string) => said.push(line), sentenceOf: () => ({ zh: '', en: '' }) };
  const options = { ledger: LEDGER, filing: 'F-1', kind: 'normal', through: '2026-07-31' } as const;
  const more = { ...options, stocktake: 'C1', lang: 'en' } as const;

  test('a check keeps nothing; signed, nothing is missing and nobody has to look', async () => {
    await fileWriteOff(firm as Ask, { ...more, check: true }, deps);
    expect(await as(firm, 'GET', '/filings')).toMatchObject({ rows: [] });
    const done = await fileWriteOff(firm as Ask, { ...more, sign: true, json: true }, deps);
    expect(done).toMatchObject({ status: 'writtenOff', isAutomatic: true, duty: null });
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ filing: { id: 'F-1' }, rows: [] });
    const again = await fileWriteOff(firm as Ask, { ...more, sign: true }, deps);
    expect(again).toEqual(done);
    expect(said.at(-1)).toBe('written off');
  });
});

describe('customs files for an enterprise', () => {
  const draft = { id: 'F-2', kind: 'customsDisposal', through: '2026-08-01' };
  test('which the enterprise may not; whoever signed does not decide, whoever decided does not confirm', async () => {
    await expect(as(firm, 'POST', '/filings', draft)).rejects.toThrow('identity.not_permitted');
    await as(chen, 'POST', '/filings', draft);
    await expect(
      as(firm, 'POST', '/filings', { ...draft, id: 'F-3', kind: 'normal' }),
    ).rejects.toThrow('bonded.filing_another_open');
    const signed = (await as(chen, 'POST', '/filings/F-2/sign', {})) as FilingDetail;
    expect(signed.filing.reasons.map(({ code }) => code)).toEqual([
      ...['bonded.filing_disposal', 'bonded.filing_not_counted'],
    ]);
    const back = { decision: 'return', note: '先盘点' };
    await expect(as(chen, 'POST', '/filings/F-2/decide', back)).rejects.toThrow(
      'bonded.filing_another_officer',
    );
    await as(zhou, 'POST', '/filings/F-2/decide', back);
    const disagreed = await as(chen, 'POST', '/filings/F-2/confirm', {
      agree: false,
      note: '再议',
    });
    expect(statusOf(disagreed)).toBe('atOfficer');
    await as(zhou, 'POST', '/filings/F-2/decide', back);
    expect(statusOf(await as(chen, 'POST', '/filings/F-2/confirm', { agree: true }))).toBe(
      'returned',
    );
    await expect(as(chen, 'POST', '/filings/F-2/sign', {})).resolves.toMatchObject({
      filing: { status: 'returned' },
    });
    // What was returned is filed anew, from the same day.
    const anew = (await as(firm, 'POST', '/filings', {
      ...{ id: 'F-4', through: '2026-08-01' },
    })) as FilingDetail;
    expect(anew.filing).toMatchObject({ number: 2, from: '2026-08-01', status: 'drafted' });
  });
});

describe('what a gate saw and nobody entered', () => {
  const OTHER = 'H2218000078';
  const there = (rest: string) => `/api/bonded/ledgers/${OTHER}${rest}`;
  const send = (rest: string, body: unknown) => (firm as Ask)('POST', there(rest), body);
  const steel = async (filing: string) => {
    const page = await (firm as Ask)('GET', there(`/filings/${filing}/rows?q=STEEL`));
    return (page as { rows: unknown[] }).rows[0];
  };
  const event = (id: string, kind: string, day: string, quantity: string) => ({
    ...{ id, kind, document: `DOC-${id}`, occurredAt: `${day}T00:00:00.000Z` },
    lines: [{ part: 'STEEL', quantity }],
  });

  beforeAll(async () => {
    await here.open(OTHER);
    await send('/parts', { parts: [{ part: 'STEEL', kind: 'material', unit: 'kg' }] });
    await send('/events', { events: [event('IN', 'imported', '2026-07-05', '80')] });
    const paper = { kind: 'gate', document: 'DOC-OUT', tells: 'reExported', part: 'STEEL' };
    await send('/papers', {
      papers: [{ ...paper, id: 'P1', at: '2026-07-20T00:00:00.000Z', quantity: '30' }],
    });
    await send('/stocktakes', { id: 'C1' });
    const tag = { tag: 'T1', part: 'STEEL', quantity: '50', countedAt: '2026-07-31T08:00:00.000Z' };
    await send('/stocktakes/C1/tags', { tags: [tag] });
    await send('/stocktakes/C1/close', {});
    await send('/stocktakes/C1/explain', {});
  });

  test('is explained and not owed for; entered late, it is filed by a supplement', async () => {
    await send('/filings', { id: 'G-1', through: '2026-07-31', stocktake: 'C1' });
    expect(await steel('G-1')).toMatchObject({
      ...{ remainder: '80', actualRemain: '50', explained: '-30', unexplained: '0' },
      ...{ shortage: '0', closing: '80', isWithinTolerance: true },
      causes: [{ cause: 'notPosted', quantity: '-30' }],
    });
    expect(statusOf(await send('/filings/G-1/sign', {}))).toBe('writtenOff');
    await send('/stocktakes', { id: 'C1B' });
    const tag = { tag: 'T1', part: 'STEEL', quantity: '50', countedAt: '2026-08-01T08:00:00.000Z' };
    await send('/stocktakes/C1B/tags', { tags: [tag] });
    await send('/stocktakes/C1B/close', {});
    await send('/stocktakes/C1B/explain', {});
    await send('/filings', { id: 'G-1B', through: '2026-08-01', stocktake: 'C1B' });
    const repeated = (await send('/filings/G-1B/sign', { dryRun: true })) as FilingDetail;
    expect(repeated.filing.reasons).toMatchObject([{ code: 'bonded.filing_explained_before' }]);
    await send('/filings/G-1B/withdraw', { note: '' });

    await send('/events', { events: [event('OUT', 'reExported', '2026-07-20', '30')] });
    await send('/filings', { id: 'G-1S', kind: 'supplementary' });
    expect(await steel('G-1S')).toMatchObject({
      ...{ opening: '80', remainder: '50', actualRemain: '50', explained: '0', difference: '0' },
      figures: { reExported: '30' },
    });
    expect(await send('/filings/G-1S/sign', {})).toMatchObject({
      filing: { status: 'writtenOff', number: 2, from: '2026-07-01', through: '2026-07-31' },
    });
  });

  test('a shortage that one filing has taken off the book is not owed for again by the same count', async () => {
    const ONCE = 'H2218000079';
    await here.open(ONCE);
    const ask = (method: 'GET' | 'POST', rest: string, body?: unknown) =>
      (firm as Ask)(method, `/api/bonded/ledgers/${ONCE}${rest}`, body);
    await ask('POST', '/parts', { parts: [{ part: 'STEEL', kind: 'material', unit: 'kg' }] });
    await ask('POST', '/events', { events: [event('IN', 'imported', '2026-07-05', '80')] });
    await ask('POST', '/stocktakes', { id: 'C1' });
    const tag = { tag: 'T1', part: 'STEEL', quantity: '77', countedAt: '2026-07-31T08:00:00.000Z' };
    await ask('POST', '/stocktakes/C1/tags', { tags: [tag] });
    await ask('POST', '/stocktakes/C1/close', {});
    await ask('POST', '/stocktakes/C1/explain', {});
    const shortOf = async (id: string) => {
      await ask('POST', '/filings', { id, through: '2026-07-31', stocktake: 'C1' });
      const { rows } = (await ask('GET', `/filings/${id}/rows?q=STEEL`)) as {
        rows: { shortage: string; adjustedDown: string }[];
      };
      await ask('POST', `/filings/${id}/withdraw`, { note: '' });
      return [rows[0]?.shortage, rows[0]?.adjustedDown];
    };
    expect(await shortOf('O-1')).toEqual(['3', '3']);
    const lost = { ...event('LOST', 'countedShort', '2026-07-31', '2') };
    const lines = lost.lines.map((line) => ({ ...line, bonded: true }));
    await here.bonded.books.enter(ONCE, [{ ...lost, kind: 'countedShort', lines }]);
    expect(await shortOf('O-2')).toEqual(['1', '1']);
    await ask('POST', '/stocktakes/C1/explain', {});
    expect(await shortOf('O-3')).toEqual(['1', '1']);
  });

  test('entered between the explanation and the draft, the count is explained again first', async () => {
    const again = { id: 'G-2', through: '2026-08-01', stocktake: 'C1' };
    await expect(send('/filings', again)).resolves.toMatchObject({ filing: { number: 3 } });
    await send('/filings/G-2/withdraw', { note: '' });
    await send('/events', { events: [event('IN2', 'imported', '2026-08-01', '5')] });
    await send('/stocktakes', { id: 'C2' });
    const tag = { tag: 'T1', part: 'STEEL', quantity: '45', countedAt: '2026-08-01T12:00:00.000Z' };
    await send('/stocktakes/C2/tags', { tags: [tag] });
    await send('/stocktakes/C2/close', {});
    await send('/stocktakes/C2/explain', {});
    await send('/events', { events: [event('OUT2', 'reExported', '2026-08-01', '10')] });
    const august = { id: 'G-3', through: '2026-08-01', stocktake: 'C2' };
    await expect(send('/filings', august)).rejects.toThrow('bonded.filing_count_stale');
    await send('/stocktakes/C2/explain', {});
    await send('/filings', august);
    expect(await steel('G-3')).toMatchObject({
      ...{ opening: '50', remainder: '45', actualRemain: '45', explained: '0', difference: '0' },
    });
  });
});
