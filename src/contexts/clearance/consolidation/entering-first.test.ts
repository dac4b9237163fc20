// Goods that entered a zone before they were declared, declared later through the ordinary filing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { content } from '../fixtures.ts';
import { at, enterprise, openStory, type Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story.close());

describe('entering first', () => {
  const BILL = 'COSU6301234560';
  const enter = (quantity: string, day: number) =>
    story.passGates(at(day), {
      papers: [{ kind: 'bill', no: BILL, isComplete: true, lines: [{ lineNo: 1, quantity }] }],
    });
  const later = (passportNo: string, changes: object = {}) =>
    content({
      modes: { entry: 'enterFirst', line: 'firstLine', zone: 'waigaoqiao-port', passportNo },
      ...changes,
    });

  test('the declaration says exactly what entered; late, nothing more enters first until it is filed', async () => {
    story.clock.set(at(2));
    const passport = await enter('10', 2);
    const owed = async () =>
      (await story.batches.reads.obligations(enterprise, { limit: 50 })).rows.find(
        (row) => row.passport === passport,
      );
    expect(await owed()).toMatchObject({
      declaredEntryOn: '2026-07-01',
      dueOn: '2026-07-15',
      status: 'open',
      packages: 10,
    });
    await story.batches.tick('2026-07-12');
    expect((await owed())?.status).toBe('dueSoon');
    story.clock.set(at(18));
    await story.batches.tick('2026-07-18');
    await story.batches.tick('2026-07-18');
    expect(await owed()).toMatchObject({ status: 'overdue', daysLate: 3 });
    const wrong = await story.clearance.filings.fileOne(enterprise, {
      id: 'E-1',
      content: later(passport, { packages: { kind: '22', count: 9 }, grossMassKg: '1051' }),
    });
    expect(wrong.problems.map(({ code }) => code)).toEqual([
      'cargo.entry_packages_differ',
      'cargo.entry_mass_differs',
    ]);
    expect((await owed())?.status).toBe('overdue');
    const right = await story.clearance.filings.fileOne(enterprise, {
      id: 'E-2',
      content: later(passport),
    });
    expect(right.outcome).not.toBe('returned');
    expect(await owed()).toMatchObject({ status: 'declared', declaration: 'E-2', daysLate: 3 });
    const twice = await story.clearance.filings.fileOne(enterprise, {
      id: 'E-3',
      content: later(passport, { remarks: 'again' }),
    });
    expect(twice.problems).toMatchObject([{ code: 'cargo.entry_declared_already' }]);
  });
});
