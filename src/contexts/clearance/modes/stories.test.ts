// Each way of clearing goods, told from filing to its end on a real PostgreSQL.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeclarationInput } from '../contract.ts';
import { content, record } from '../fixtures.ts';
import { VALUES } from './catalogue.ts';
import { broker, inland, officer, openPort, type Port, SUMMARY, WHOLE } from './testing.ts';

let port: Port;
beforeAll(async () => {
  port = await openPort();
});
afterAll(() => port.drop());
beforeEach(() => port.restart());

const IN_ZONE = { zone: 'WGQ' };
const SEALS = ['HG000001', 'HG000002'];

type Act = (id: string) => Promise<unknown>;
const arrives: Act = (id) => port.arrive(id);
const transit: Act[] = [
  (id) => port.quiet.acts.startTransit(officer, id, { seals: SEALS }),
  (id) =>
    port.quiet.acts.endTransit(inland, id, {
      premises: '内陆监管场所',
      seals: SEALS,
      intact: true,
    }),
];
const complete: Act = (id) => port.quiet.acts.complete(broker, id, { content: content(WHOLE) });
const laboratory: Act = (id) => port.answer(id, 'quarantineCleared');
const TO_ARRIVAL = ['submitted', 'accepted', 'required', 'decided', 'arrivalConfirmed', 'released'];
const AT_ONCE = ['submitted', 'accepted', 'required', 'decided', 'released'];

/** Every value of every axis: what is filed, what is done, and what is told of it. */
const STORIES: Record<string, [Partial<DeclarationInput>, Act[], string[]]> = {
  'filing.standard': [{}, [arrives], TO_ARRIVAL],
  'filing.advance': [{ filing: 'advance' }, [arrives], TO_ARRIVAL],
  'filing.twoStep': [SUMMARY, [arrives, complete], [...TO_ARRIVAL, 'completed']],
  'admission.oneStage': [
    { remarks: 'laboratory' },
    [arrives, laboratory],
    [
      'submitted',
      'accepted',
      'required',
      'decided',
      'arrivalConfirmed',
      'conditionMet',
      'released',
    ],
  ],
  'admission.twoStage': [
    { modes: { admission: 'twoStage' }, remarks: 'laboratory' },
    [arrives, laboratory],
    [
      'submitted',
      'accepted',
      'required',
      'decided',
      'arrivalConfirmed',
      'removalPermitted',
      'conditionMet',
      'released',
    ],
  ],
  'line.port': [{ modes: { line: 'port' } }, [arrives], TO_ARRIVAL],
  'line.firstLine': [{ modes: { line: 'firstLine', ...IN_ZONE } }, [arrives], TO_ARRIVAL],
  'line.secondLine': [{ modes: { line: 'secondLine', ...IN_ZONE } }, [], AT_ONCE],
  'line.withinZone': [
    { modes: { line: 'withinZone', ...IN_ZONE }, transport: { ...content().transport, mode: '9' } },
    [],
    AT_ONCE,
  ],
  'line.betweenZones': [{ modes: { line: 'betweenZones', ...IN_ZONE } }, [arrives], TO_ARRIVAL],
  'entry.declareFirst': [{ modes: { entry: 'declareFirst' } }, [arrives], TO_ARRIVAL],
  'entry.enterFirst': [
    {
      modes: {
        line: 'firstLine',
        entry: 'enterFirst',
        passportNo: 'Z2225I260701000000000001',
        ...IN_ZONE,
      },
    },
    [],
    AT_ONCE,
  ],
  'batch.single': [{ modes: { batch: 'single' } }, [arrives], TO_ARRIVAL],
  'batch.consolidated': [
    { modes: { line: 'secondLine', batch: 'consolidated', applicationNo: 'A1', ...IN_ZONE } },
    [],
    AT_ONCE,
  ],
  'place.fileAnywhere': [{ declarationOffice: '2244' }, [arrives], TO_ARRIVAL],
  'place.borderExamination': [{ modes: { place: 'borderExamination' } }, [arrives], TO_ARRIVAL],
  'place.destinationExamination': [
    { modes: { admission: 'twoStage', place: 'destinationExamination' } },
    [arrives],
    TO_ARRIVAL,
  ],
  'transit.none': [{ modes: { transit: 'none' } }, [arrives], TO_ARRIVAL],
  'transit.transit': [
    { modes: { transit: 'transit', transitOffice: '2244' } },
    transit,
    ['submitted', 'accepted', 'required', 'decided', 'transitStarted', 'transitEnded', 'released'],
  ],
  ...Object.fromEntries(
    [
      ['sea', '2'],
      ['rail', '3'],
      ['road', '4'],
      ['air', '5'],
      ['other', '9'],
    ].map(([id, mode]) => [
      `transport.${id}`,
      [{ transport: { ...content().transport, mode: mode ?? '' } }, [arrives], TO_ARRIVAL],
    ]),
  ),
};

describe('every value of every axis has its story', () => {
  const LIVE = VALUES.filter(({ effective }) => effective.to === null);

  test('and none is left out', () => {
    expect(Object.keys(STORIES).sort()).toEqual(LIVE.map(({ axis, id }) => `${axis}.${id}`).sort());
  });

  test.each(LIVE.map((value) => [`${value.axis}.${value.id}`, value] as const))(
    '%s',
    async (name, value) => {
      const [changes, acts, told] = STORIES[name] ?? [{}, [], []];
      const id = await port.file(changes);
      for (const act of acts) await act(id);
      expect(await port.kindsOf(id)).toEqual(told);
      const { steps, status } = await port.now(id);
      expect(status).toBe('released');
      const shown = steps.map((step) => step.id);
      const own = value.steps.filter(
        (step) => step !== 'leave' && !value.withoutSteps.includes(step),
      );
      expect(own.filter((step) => !shown.includes(step) && value.axis !== 'line')).toEqual([]);
    },
  );

  test('what is no longer in force is returned, naming until when it was', async () => {
    const answer = await port.quiet.filings.fileOne(broker, {
      id: port.newId(),
      content: content({ modes: { place: 'fileInlandReleaseAtPort' } }),
    });
    expect(answer).toMatchObject({
      outcome: 'returned',
      problems: [{ code: 'clearance.mode_no_longer_in_force', params: { to: '2017-07-01' } }],
    });
  });

  test('what cannot be together is returned with the reason, and what a mode needs is asked for', async () => {
    const { problems } = await port.quiet.filings.fileOne(
      broker,
      { id: port.newId(), content: content({ filing: 'advance', modes: { line: 'secondLine' } }) },
      { dryRun: true },
    );
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['clearance.mode_nothing_arrives_from_abroad', 'filing'],
      ['clearance.required', 'modes.zone'],
    ]);
  });
});

describe('two stages', () => {
  const staged = { modes: { admission: 'twoStage', place: 'destinationExamination' } } as const;

  test('what is examined at destination leaves the port first, and is used only afterwards', async () => {
    const id = await port.file(staged, port.strict);
    const removed = await port.arrive(id);
    expect(removed).toMatchObject({ status: 'examination', releasedAt: null });
    expect(removed.removedAt).not.toBeNull();
    expect(removed.conditions.find(({ kind }) => kind === 'examinationDisposed')).toMatchObject({
      stage: 'use',
      status: 'unmet',
    });
    expect(removed.clocks.map(({ kind }) => kind)).toContain('releaseForUse');
    expect(await port.quiet.acts.recordExamination(officer, id, record())).toMatchObject({
      status: 'released',
    });
  });

  test('at the border, what is selected is examined before it leaves', async () => {
    const modes = { admission: 'twoStage', place: 'borderExamination' } as const;
    const id = await port.file({ modes, remarks: 'laboratory' }, port.strict);
    expect(await port.arrive(id)).toMatchObject({ status: 'examination', removedAt: null });
    const removed = await port.quiet.acts.recordExamination(officer, id, record());
    expect(removed.status).toBe('removed');
    await laboratory(id);
    expect((await port.now(id)).status).toBe('released');
  });

  test('what is held does not leave', async () => {
    const id = await port.file({ ...staged, remarks: 'laboratory' });
    await port.quiet.acts.hold(officer, id, { reason: 'x', legalBasis: 'y' });
    expect((await port.arrive(id)).removedAt).toBeNull();
    expect((await port.quiet.acts.liftHold(officer, id, { note: 'z' })).status).toBe('removed');
  });
});

describe('transit', () => {
  test('other seals than were put on: the goods are examined where they came to', async () => {
    const id = await port.file({ modes: { transit: 'transit', transitOffice: '2244' } });
    await port.quiet.acts.startTransit(officer, id, { seals: SEALS });
    const ended = await port.quiet.acts.endTransit(inland, id, {
      premises: '内陆',
      seals: ['HG999999'],
      intact: true,
    });
    expect(ended).toMatchObject({ status: 'examination', transit: { intact: false } });
    await expect(transit[0]?.(id)).rejects.toThrow('clearance.not_in_this_state');
  });

  test('goods that do not come in time are told of', async () => {
    const id = await port.file({ modes: { transit: 'transit', transitOffice: '2244' } });
    await port.quiet.acts.startTransit(officer, id, { seals: SEALS, dueOn: '2026-07-05' });
    expect(await port.toldOn('2026-07-06', id)).toEqual([0, 1]);
    expect((await port.kindsOf(id)).at(-1)).toBe('clockExpired');
  });

  test('there is none where none was declared', async () => {
    const id = await port.file({});
    await expect(transit[0]?.(id)).rejects.toThrow('clearance.not_in_transit_mode');
    await expect(transit[1]?.(id)).rejects.toThrow('identity.not_permitted');
  });
});

describe('after release', () => {
  test('it is taken back with a reason; lifted, it is computed again; cancelled, all is given back', async () => {
    const id = await port.file({});
    await port.arrive(id);
    const said = { reason: '情报', legalBasis: '海关法 第六条' };
    await expect(port.quiet.acts.revoke(broker, id, said)).rejects.toThrow(
      'identity.not_permitted',
    );
    expect(await port.quiet.acts.revoke(officer, id, said)).toMatchObject({
      status: 'accepted',
      releasedAt: null,
    });
    expect(await port.quiet.acts.liftHold(officer, id, { note: '排除' })).toMatchObject({
      status: 'released',
    });
    await port.quiet.acts.revoke(officer, id, said);
    expect(await port.quiet.acts.cancel(broker, id, { note: '退运' })).toMatchObject({
      status: 'cancelled',
    });
    expect(port.givenBack).toContain(id);
    expect((await port.kindsOf(id)).slice(-6)).toEqual([
      'released',
      'releaseRevoked',
      'holdLifted',
      'released',
      'releaseRevoked',
      'cancelled',
    ]);
  });

  test('a supplementary declaration adds and changes nothing', async () => {
    const id = await port.file({});
    await port.arrive(id);
    const before = (await port.now(id)).content;
    const after = await port.quiet.acts.supplement(broker, id, {
      about: 'value',
      statement: '含特许权使用费',
      documents: [],
    });
    expect(after.supplements).toMatchObject([{ about: 'value', statement: '含特许权使用费' }]);
    expect(after.content).toEqual(before);
  });
});

describe('before choosing', () => {
  test('a preview tells steps, deadlines, what is missing and how long it takes lately', async () => {
    const preview = await port.quiet.modes.preview(broker, {
      choice: { filing: 'twoStep' },
      content: content({ grossMassKg: null }),
    });
    expect(preview).toMatchObject({ missing: ['grossMassKg'], quote: null });
    expect(preview.clocks.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['declare', '2026-07-15'],
      ['completeDeclaration', '2026-07-15'],
    ]);
    expect(preview.waiting?.consignments).toBeGreaterThan(0);
  });

  test('before anything is written, the choice alone is judged', async () => {
    const choice = { filing: 'advance', line: 'firstLine', entry: 'enterFirst' } as const;
    const preview = await port.quiet.modes.preview(broker, { choice });
    expect(preview.problems.map(({ code }) => code)).toEqual([
      'clearance.mode_advance_comes_before_entry',
    ]);
    expect(preview.waiting?.consignments ?? 0).toBeGreaterThanOrEqual(0);
  });
});
