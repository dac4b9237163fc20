// Two steps and the clock between them: what the second may say, and deadlines that warn, act and stand still.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCases } from '../../cases/index.ts';
import { content } from '../fixtures.ts';
import { actor, broker, officer, openPort, type Port, SUMMARY, WHOLE } from './testing.ts';

let port: Port;
beforeAll(async () => {
  port = await openPort();
});
afterAll(() => port.drop());
beforeEach(() => port.restart());

const complete = (id: string) => port.quiet.acts.complete(broker, id, { content: content(WHOLE) });

describe('two steps', () => {
  test('the second may fill in and carry on, and change nothing', async () => {
    const id = await port.file(SUMMARY);
    const changed = content({
      ...WHOLE,
      currency: 'USD',
      lines: [{ ...content().lines[0], lineNo: 1, hsCode: '8483102000' }],
    });
    await expect(port.quiet.acts.complete(broker, id, { content: changed })).rejects.toThrow(
      /changes_summary at lines\[0\]\.hsCode.*changes_summary at currency/,
    );
    await expect(
      port.quiet.acts.complete(broker, id, { content: content(SUMMARY) }),
    ).rejects.toThrow('clearance.required at tradeTerms');
    await complete(id);
    await expect(complete(id)).rejects.toThrow('clearance.already_completed');
    expect((await port.now(id)).content.lines[0]?.hsCode).toBe('8482102000');
  });

  test('a summary that lacks what a summary needs is returned', async () => {
    const answer = await port.quiet.filings.fileOne(broker, {
      id: port.newId(),
      content: content({ ...SUMMARY, grossMassKg: null, currency: null }),
    });
    expect(answer.problems.map(({ path }) => path).sort()).toEqual(['currency', 'grossMassKg']);
  });

  test('the deadline warns once, acts once, and lateness is counted when it is done', async () => {
    const id = await port.file(SUMMARY);
    await port.arrive(id);
    // Entered on Wednesday 1 July: fourteen days end on Wednesday the 15th.
    const dueOf = async () =>
      (await port.now(id)).clocks.find(({ kind }) => kind === 'completeDeclaration');
    expect(await dueOf()).toMatchObject({
      startedOn: '2026-07-01',
      dueOn: '2026-07-15',
      overdue: false,
    });

    expect(await port.toldOn('2026-07-11', id)).toEqual([0, 0]);
    expect(await port.toldOn('2026-07-12', id)).toEqual([1, 0]);
    expect(await port.toldOn('2026-07-12', id)).toEqual([1, 0]);
    expect(await port.toldOn('2026-07-15', id)).toEqual([1, 0]);
    await expect(port.quiet.acts.close(officer, id, { note: 'x' })).rejects.toThrow(
      'clearance.complete_first',
    );

    expect(await port.toldOn('2026-07-20', id)).toEqual([1, 1]);
    expect(await port.toldOn('2026-07-20', id)).toEqual([1, 1]);
    expect(await dueOf()).toMatchObject({ overdue: true });
    const overdue = await port.quiet.modes.clocks(broker, { overdue: true });
    expect(overdue.rows.filter((row) => row.declaration === id)).toMatchObject([
      { declaration: id, kind: 'completeDeclaration', overdue: true },
    ]);
    const cases = createCases(port);
    const supervisor = actor('supervisor', 'supervisor');
    const about = async () =>
      (await cases.list(supervisor, null)).filter((item) => item.consignment === id);
    expect(await about()).toMatchObject([{ kind: 'discrepancy', status: 'open' }]);

    await complete(id);
    const events = await port.eventsOf(id);
    expect(events.at(-1)?.payload).toMatchObject({ dueOn: '2026-07-15', daysLate: 5 });
    expect(await about()).toMatchObject([{ status: 'closed', outcome: 'doneLate' }]);
    expect(
      (await port.quiet.modes.clocks(broker, {})).rows.filter((row) => row.declaration === id),
    ).toEqual([]);
    expect(await port.quiet.acts.close(officer, id, { note: 'x' })).toMatchObject({
      status: 'closed',
    });
  });

  test('a last day of rest moves to the next working day', async () => {
    const transport = { ...content().transport, date: '2026-06-27' };
    const { clocks } = await port.now(await port.file({ ...SUMMARY, transport }));
    // The fourteenth day is Saturday 11 July.
    expect(clocks.map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
      ['declare', '2026-07-13'],
      ['completeDeclaration', '2026-07-13'],
    ]);
  });
});

describe('clocks', () => {
  test('stand still for a listed reason, and go on by as many days', async () => {
    const id = await port.file(SUMMARY);
    const pause = { clock: 'completeDeclaration', code: 'systemDowntime', note: '停机' } as const;
    await port.quiet.acts.pauseClock(officer, id, pause);
    await expect(port.quiet.acts.pauseClock(officer, id, pause)).rejects.toThrow(
      'clearance.no_clock_runs',
    );
    expect(await port.toldOn('2026-08-20', id)).toEqual([0, 0]);

    port.clock.set('2026-07-07T01:00:00.000Z');
    const { clocks } = await port.quiet.acts.resumeClock(officer, id, {
      clock: 'completeDeclaration',
      note: '',
    });
    expect(clocks.find(({ kind }) => kind === 'completeDeclaration')).toMatchObject({
      dueOn: '2026-07-20',
      pausedAt: null,
    });
    const [paused] = (await port.eventsOf(id)).filter(
      ({ kind }) => kind === 'clearance.clockPaused',
    );
    expect(paused?.envelope).toMatchObject({
      clock: 'completeDeclaration',
      pauseCode: 'systemDowntime',
    });
    await expect(
      port.quiet.acts.resumeClock(officer, id, { clock: 'completeDeclaration', note: '' }),
    ).rejects.toThrow('clearance.no_clock_is_paused');
    await expect(port.quiet.acts.pauseClock(broker, id, pause)).rejects.toThrow(
      'identity.not_permitted',
    );
  });

  test('a clock that jumped, days that were missed, two who look at once: nothing is said twice', async () => {
    const id = await port.file(SUMMARY);
    // A day that has not come is not looked at, whoever asks for it.
    expect(await port.quiet.lookAtClocks('2027-01-01')).toEqual({ warned: 0, expired: 0 });
    port.clock.set('2026-07-20T01:00:00.000Z');
    await Promise.all([1, 2, 3].map(() => port.quiet.lookAtClocks('2026-07-20')));
    expect(await port.quiet.lookAtClocks('2026-07-10')).toEqual({ warned: 0, expired: 0 });
    expect((await port.kindsOf(id)).filter((kind) => kind === 'clockExpired')).toHaveLength(1);
  });

  test('what a clock that was a month ahead told to have expired is taken back when it is right', async () => {
    const id = await port.file(SUMMARY);
    expect(await port.toldOn('2026-08-20', id)).toEqual([0, 1]);
    expect(await port.toldOn('2026-07-03', id)).toEqual([0, 1]);
    expect((await port.kindsOf(id)).at(-1)).toBe('clockReopened');
    expect((await port.now(id)).clocks.at(-1)).toMatchObject({ overdue: false, expiredAt: null });
    const cases = await createCases(port).list(actor('supervisor', 'supervisor'), null);
    expect(cases.filter(({ consignment }) => consignment === id)).toMatchObject([
      { status: 'closed', outcome: 'reopened' },
    ]);
    expect(await port.toldOn('2026-07-12', id)).toEqual([1, 1]);
    expect(await port.toldOn('2026-07-16', id)).toEqual([1, 2]);
  });
});
