// A factory counts a part of its store, and the count is held beside the journal: book figures of the moment, what is
// at stake, and why they differ, by papers, bills and events that came late. What was explained can be made again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { testFolder } from '../../../platform/testing.ts';
import { type BondedCommandDeps, bondedCommand } from '../commands.ts';
import type { ExplanationRow } from '../explain/contract.ts';
import { headsOf } from '../explain/gathering/gather.ts';
import { createMaker } from '../explain/making-apart.ts';
import type { Ask } from '../imports/index.ts';
import { factory, officer, person } from '../ledgers/fixtures.ts';
import { openLedgers } from '../testing.ts';
import type { DifferencePage, Stocktake } from './contract.ts';
import { stocktakeStream } from './events.ts';
import { find as findStocktake } from './store/stocktakes.ts';

const LEDGER = 'H2218-COUNT';
const at = `/api/bonded/ledgers/${LEDGER}`;
let ledgers: Awaited<ReturnType<typeof openLedgers>>;
let place: Awaited<ReturnType<typeof testFolder>>;
let ask: Ask;
beforeAll(async () => {
  place = await testFolder();
  ledgers = await openLedgers('2026-07-21T00:00:00.000Z');
  ask = ledgers.askAs(factory);
  await ledgers.open(LEDGER, { sites: ['main', 'annex'] });
  const priced = { unitValue: '4', currency: 'USD', hsCode: '7304000000' };
  await ask('POST', `${at}/parts`, {
    parts: [
      { part: 'TUBE', kind: 'material', unit: 'pcs', ...priced },
      { part: 'BOLT', kind: 'material', unit: 'pcs', unitValue: '0.5', currency: 'USD' },
      { part: 'NUT', kind: 'material', unit: 'pcs' },
      { part: 'BIKE', kind: 'finished', unit: 'pcs' },
    ],
  });
  await ask('POST', `${at}/bills`, { lines: [line('L1', 'BIKE', 'TUBE', '3')] });
  await post(
    event('IN', 'imported', '05', {
      lines: [
        ['TUBE', '1000'],
        ['BOLT', '500'],
        ['NUT', '90'],
      ],
    }),
    event('O1', 'orderOpened', '06', { order: 'W1', product: 'BIKE', planned: '20' }),
    event('I1', 'issued', '06', {
      order: 'W1',
      document: 'PL1',
      lines: [
        ['TUBE', '60'],
        ['BOLT', '40'],
      ],
    }),
    event('R1', 'received', '07', { order: 'W1', lines: [['BIKE', '20']] }),
    event('J1', 'rejected', '07', { order: 'W1', lines: [['BIKE', '1']] }),
    event('C1', 'orderClosed', '08', { order: 'W1' }),
    event('I2', 'issued', '09', { order: 'W2', document: 'PL2', lines: [['BOLT', '25']] }),
    event('I2-AGAIN', 'issued', '09', { order: 'W2', document: 'PL2', lines: [['BOLT', '25']] }),
  );
});
afterAll(async () => {
  await ledgers.close();
  await place.remove();
});

const moment = (day: string): string => `2026-07-${day}T02:00:00.000Z`;
const event = (
  id: string,
  kind: string,
  day: string,
  { lines = [], ...more }: { lines?: [string, string][]; [field: string]: unknown },
) => ({
  ...{ id, kind, occurredAt: moment(day), ...more },
  lines: lines.map(([part, quantity]) => ({ part, quantity })),
});
const post = async (...events: object[]) =>
  (
    (await ask('POST', `${at}/events`, { events })) as { answers: { outcome: string }[] }
  ).answers.map(({ outcome }) => outcome);
const line = (id: string, assembly: string, component: string, quantity: string) => ({
  ...{ id, assembly, component, quantity, unit: 'pcs', from: '2026-07-01' },
  recordedAt: '2026-07-01T00:00:00.000Z',
});
const refusals = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => [],
    (error: { refusals: { code: string; path?: string; params?: object }[] }) =>
      error.refusals.map(({ code, path }) => [code, path]),
  );

const TAGS = [
  'tag,part,stock,site,quantity,countedAt,bin',
  'T1,TUBE,materials,main,600,2026-07-20 10:00,A-1',
  'T2,TUBE,materials,main,320,2026-07-20 11:00,A-2',
  'T3,BOLT,materials,main,435,2026-07-20 11:00,A-3',
  'T4,BIKE,finished,main,20,2026-07-20 11:00,B-1',
  'T5,BRASS,materials,main,4,2026-07-20 11:00,B-2',
  'T6,NUT,boughtAtHome,main,4,2026-07-20 11:00,B-3',
];

describe('the command line', () => {
  const told: string[] = [];
  let exitCode = 0;
  const deps = (): BondedCommandDeps => ({
    ...{ withAsk: (work) => work(ask), withStage: (work) => work(ledgers.askAs) },
    ...{ print: (text) => told.push(text), progress: process.stderr },
    sentenceOf: ({ code }) => ({ zh: code, en: code }),
    setExitCode: (code) => {
      exitCode = code;
    },
  });
  const run = async (...words: string[]) => {
    told.length = 0;
    exitCode = 0;
    await bondedCommand(deps()).exitOverride().parseAsync(words, { from: 'user' });
    return told.join('\n');
  };
  const count = ['--ledger', LEDGER, '--stocktake', 'JULY'];

  test('a bad row keeps the count open; mended, the same tags are taken once and compared', async () => {
    const bad = await place.write(
      'bad.csv',
      [...TAGS, 'T9,NUT,materials,moon,1,2026-07-20,'].join('\n'),
    );
    const failed = await run('reconcile', bad, ...count, '--lang', 'en');
    expect([exitCode, failed]).toEqual([1, expect.stringContaining('stays open')]);
    const good = await place.write('good.csv', TAGS.join('\n'));
    const answer = JSON.parse(await run('reconcile', good, ...count, '--json'));
    expect(answer.stocktake).toMatchObject({
      ...{ status: 'closed', tags: 6, asOf: 8, rateBase: 'consumption' },
      figures: {
        ...{ spots: 3, differing: 2, short: 1, over: 1, notCounted: 3 },
        ...{ compared: 4, outOfScope: 0, unknownPart: 1, notOfTheLedger: 1 },
        worth: [{ currency: 'USD', short: '80', over: '12.5', duty: '8' }],
      },
    });
    expect(answer.differences).toMatchObject([
      {
        ...{ part: 'BOLT', book: '410', counted: '435', difference: '25', value: '12.5' },
        ...{ duty: null, dutyRate: null, base: '90', rate: '0.277777778', tags: ['T3'] },
      },
      {
        ...{ part: 'TUBE', book: '940', counted: '920', difference: '-20', value: '-80' },
        ...{ dutyRate: '0.1', duty: '8', base: '60', tags: ['T1', 'T2'] },
      },
    ]);
    expect(
      answer.notCounted.map(({ part, account }: Record<string, string>) => [part, account]),
    ).toEqual([
      ['BIKE', 'defective'],
      ['BOLT', 'inProcess'],
      ['NUT', 'rawMaterial'],
    ]);
  });

  test('causes come from papers, twins and events that came after the count was closed', async () => {
    expect(
      await post(event('LATE', 'issued', '10', { order: 'W3', lines: [['TUBE', '15']] })),
    ).toEqual(['applied']);
    await ask('POST', `${at}/papers`, {
      papers: [
        {
          ...{
            id: 'S1',
            kind: 'slip',
            document: 'WS1',
            at: moment('11'),
            part: 'TUBE',
            site: 'main',
          },
          ...{ quantity: '3', from: 'rawMaterial', to: 'scrap' },
        },
      ],
    });
    const shown = await run('explain', ...count, '--lang', 'en');
    expect(shown).toMatch(
      /TUBE +rawMaterial +main +-20 +pcs +explained +not posted or late +-15 +posting:LATE#0/,
    );
    const { rows, run: first } = JSON.parse(await run('explain', ...count, '--json'));
    expect(first).toBe(1);
    expect(
      rows.map(({ part, residual, explained }: ExplanationRow) => [
        ...[part, residual],
        explained
          .map(({ cause, quantity, remedy }) => `${cause} ${quantity} ${remedy.kind}`)
          .sort(),
      ]),
    ).toEqual([
      ['BOLT', '0', ['duplicate 25 reverse']],
      ['TUBE', '-2', ['notPosted -15 entered', 'scrapNotDeclared -3 enter']],
    ]);
    expect(rows[1].remedy).toEqual({ kind: 'dutyPayment', part: 'TUBE', quantity: '2' });
  });

  test('figures stay as they were, and the explanation is made again from the same records', async () => {
    await post(event('MORE', 'issued', '10', { order: 'W4', lines: [['TUBE', '1']] }));
    const page = (await ask('GET', `${at}/stocktakes/JULY/differences`)) as DifferencePage;
    expect(page.rows.map(({ part, book }) => [part, book])).toEqual([
      ['BOLT', '410'],
      ['TUBE', '940'],
    ]);
    await ledgers.bonded.sealNow();
    const verified = JSON.parse(await run('verify', '--ledger', LEDGER, '--json'));
    expect(verified).toMatchObject({
      journal: { intact: true, rowsChecked: 10 },
      explanations: [{ stocktake: 'JULY', run: 1, isSame: true }],
    });
    expect(JSON.parse(await run('explain', ...count, '--json')).run).toBe(2);
    const then = JSON.parse(
      await run('position', '--ledger', LEDGER, '--at', moment('06'), '--part', 'TUBE', '--json'),
    );
    expect(then.rows).toMatchObject([{ accounts: { rawMaterial: '940', inProcess: '60' } }]);
    expect(await run('trace', '--ledger', LEDGER, '--order', 'W1', '--lang', 'en')).toContain(
      'IN#1',
    );
  });
});

test('a thread of its own explains to the same, byte for byte, and says how far it is', async () => {
  const { db, database } = ledgers;
  const stocktake = (await findStocktake(db, LEDGER, 'JULY'))?.stocktake as Stocktake;
  const heads = await headsOf(db, LEDGER);
  const steps = new Set<string>();
  const deps = { db, pool: database.pool };
  const apart = createMaker(deps, 0);
  const here = await createMaker(deps).make(stocktake, heads, () => undefined);
  expect(await apart.make(stocktake, heads, ({ step }) => steps.add(step))).toEqual(here);
  expect([...steps]).toEqual(['reading', 'searching', 'fitting']);
  await apart.stop();
  await expect(apart.make(stocktake, heads, () => undefined)).rejects.toThrow('the program ends');
  const progress = await ask('GET', `${at}/stocktakes/JULY/explanation/progress`);
  expect(progress).toEqual({ progress: null });
});

test('every step is an event; the same again is the same, other content is refused', async () => {
  const kinds = (await readStream(ledgers.db, stocktakeStream(LEDGER, 'JULY'))).map(
    ({ kind }) => kind,
  );
  expect(kinds).toEqual([
    ...['bonded.stocktakeOpened', 'bonded.tagsTaken', 'bonded.stocktakeClosed'],
    ...['bonded.differencesExplained', 'bonded.differencesExplained'],
  ]);
  const again = (await ask('POST', `${at}/stocktakes/JULY/close`, {})) as Stocktake;
  expect([again.status, again.asOf]).toEqual(['closed', 8]);
  const tag = { tag: 'T1', part: 'TUBE', quantity: '1', countedAt: moment('20') };
  await ask('POST', `${at}/stocktakes`, { id: 'HALF', scope: { sites: ['annex'] } });
  await ask('POST', `${at}/stocktakes/HALF/tags`, { tags: [tag] });
  expect(
    await refusals(
      ask('POST', `${at}/stocktakes/HALF/tags`, {
        tags: [
          { ...tag, quantity: '2' },
          { ...tag, tag: 'T2', countedAt: '2027-01-01T00:00:00Z' },
        ],
      }),
    ),
  ).toEqual([
    ['bonded.tag_has_other_content', 'tags[0].tag'],
    ['bonded.count_from_the_future', 'tags[1].countedAt'],
  ]);
  expect(await refusals(ask('POST', `${at}/stocktakes/JULY/tags`, { tags: [tag] }))).toEqual([
    ['bonded.stocktake_closed', undefined],
  ]);
});

test('half a warehouse says nothing of the other half', async () => {
  const { figures } = (await ask('POST', `${at}/stocktakes/HALF/close`, {})) as Stocktake;
  expect(figures).toMatchObject({ spots: 0, notCounted: 0, outOfScope: 1 });
});

test('a cycle of bills is refused with its path, and nothing of it is kept', async () => {
  const lines = [line('L2', 'BIKE', 'BOLT', '2'), line('L3', 'TUBE', 'BIKE', '1')];
  const error = await ask('POST', `${at}/bills`, { lines }).catch((each: unknown) => each);
  expect(error).toMatchObject({
    refusals: [
      { code: 'bonded.bom_cycle', path: 'lines[1]', params: { path: 'BIKE → TUBE → BIKE' } },
    ],
  });
  const bill = await ask('GET', `${at}/bills/BIKE?on=2026-07-10`);
  expect(bill).toMatchObject({
    lines: [{ component: 'TUBE' }],
    materials: [{ part: 'TUBE', use: '3' }],
  });
  expect(
    await ask('POST', `${at}/bills`, { lines: [line('L1', 'BIKE', 'TUBE', '3')] }),
  ).toMatchObject({
    ...{ taken: 0, same: 1 },
  });
});

test('the office reads and may explain, and does not count; others see nothing', async () => {
  const asOfficer = ledgers.askAs(officer);
  expect(await asOfficer('GET', `${at}/stocktakes`)).toMatchObject({
    rows: [{ id: 'HALF' }, { id: 'JULY' }],
  });
  expect(await asOfficer('POST', `${at}/stocktakes/JULY/explain`, {})).toMatchObject({ run: 2 });
  expect(await refusals(asOfficer('POST', `${at}/stocktakes`, { id: 'X1' }))).toHaveLength(1);
  const other = ledgers.askAs(person('wu', 'declarant', { organisationId: '91310000000000000X' }));
  expect(await refusals(other('GET', `${at}/stocktakes/JULY`))).toHaveLength(1);
});

test('a remedy is entered as its events, once, by whoever may post; what no event does is refused', async () => {
  const { run: last, rows } = (await ask('GET', `${at}/stocktakes/JULY/explanation`)) as {
    run: number;
    rows: ExplanationRow[];
  };
  const remedy = (part: string, cause: string, more: object = {}, as: Ask = ask) => {
    const row = rows.find((each) => each.part === part) as ExplanationRow;
    const place = row.explained.findIndex((each) => each.cause === cause);
    const path = `${at}/stocktakes/JULY/explanation/${row.number}/remedy`;
    return as('POST', path, { run: last, cause: place, ...more });
  };
  const reversal = { kind: 'reversed', reverses: 'I2-AGAIN' };
  expect(await remedy('BOLT', 'duplicate', { dryRun: true })).toMatchObject({
    ...{ events: [reversal], answers: [] },
  });
  expect(await refusals(remedy('BOLT', 'duplicate', {}, ledgers.askAs(officer)))).toHaveLength(1);
  expect(await remedy('BOLT', 'duplicate')).toMatchObject({
    answers: [{ outcome: 'applied', isRepeat: false }],
  });
  ledgers.clock.set('2026-07-21T00:01:00.000Z');
  expect(await remedy('BOLT', 'duplicate')).toMatchObject({ answers: [{ isRepeat: true }] });
  expect(await refusals(remedy('TUBE', 'scrapNotDeclared'))).toEqual([
    ['bonded.remedy_not_an_event', undefined],
  ]);
  expect(await refusals(remedy('BOLT', 'duplicate', { cause: 9 }))).toEqual([
    ['bonded.remedy_unknown', undefined],
  ]);
});
