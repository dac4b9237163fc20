// What crossed in batches becomes declarations, on a real PostgreSQL and through the ordinary filing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { DeclarationSearch } from '../contract.ts';
import { content } from '../fixtures.ts';
import { movedGoods } from './provider.ts';
import { createConsolidations } from './service.ts';
import {
  application,
  at,
  ENVELOPE,
  enterprise,
  goods,
  officer,
  openStory,
  refusal,
  type Story,
} from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
afterAll(() => story.close());

describe('consolidating', () => {
  test('a week of movements is one declaration whose totals are theirs, filed and declared once', async () => {
    story.clock.set(at(1));
    const batch = await story.opened(
      application([goods(1), goods(2), goods(3, { unitPrice: '7.25' })]),
    );
    for (let day = 6; day <= 12; day += 1) {
      await story.move(
        batch,
        [
          [1, '10.5'],
          [2, '2'],
          [3, '1'],
        ],
        at(day),
      );
    }
    await story.move(batch, [[1, '3.5']], at(12), 'return');
    story.clock.set(at(13));
    const preview = await story.consolidations.preview(enterprise, batch, null);
    const done = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-W1` });
    expect(done).toMatchObject({ status: 'declared', movements: 22 });
    const number = expect.stringMatching(/^\d{18}$/);
    expect(done.declarations).toMatchObject([
      { outcome: 'released', lines: 2, totalValue: '470.75', number },
    ]);
    expect(preview.declarations[0]).toMatchObject({ totalValue: '470.75', grossMassKg: '182' });
    const filed = await story.declaration(`${batch}-W1-1`);
    expect(filed.content.modes).toMatchObject({ batch: 'consolidated', applicationNo: batch });
    expect(filed.content.lines).toMatchObject([
      { quantity: '84', unitPrice: '5', value: '420' },
      { quantity: '7', unitPrice: '7.25', value: '50.75' },
    ]);
    expect(
      (await story.balances(batch)).map(({ crossed, declared }) => [crossed, declared]),
    ).toEqual([
      ['70', '70'],
      ['14', '14'],
      ['7', '7'],
    ]);
    const again = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-W1` });
    expect(again).toEqual(done);
    const nothing = await story.consolidations.consolidate(enterprise, batch, {
      id: `${batch}-W2`,
    });
    expect(nothing).toMatchObject({ status: 'nothing', declarations: [] });
  });

  test('killed between planning and filing, the next request or day completes it, once', async () => {
    story.clock.set(at(1));
    const batch = await story.opened();
    await story.move(batch, [[1, '10']], at(2));
    const dying = createConsolidations({
      db: story.db,
      clock: story.clock,
      file: () => Promise.reject(new Error('killed')),
    });
    story.clock.set(at(3));
    await expect(dying.consolidate(enterprise, batch, { id: `${batch}-K` })).rejects.toThrow(
      'killed',
    );
    expect((await story.balances(batch))[0]).toMatchObject({ crossed: '10', declared: '10' });
    expect(await refusal(story.batches.applications.close(enterprise, batch, { note: 'x' }))).toBe(
      'cargo.batch_undeclared_left',
    );
    const forgetting = createConsolidations({
      db: story.db,
      clock: story.clock,
      file: async (by, filings) => {
        await story.clearance.filings.file(by, filings);
        throw new Error('killed after filing');
      },
    });
    await expect(forgetting.consolidate(enterprise, batch, { id: `${batch}-K` })).rejects.toThrow();
    expect(await story.consolidations.tick('2026-07-03')).toEqual({
      consolidated: 0,
      completed: 1,
    });
    expect(await story.consolidations.tick('2026-07-03')).toEqual({
      consolidated: 0,
      completed: 0,
    });
    const [done] = await story.consolidations.list(enterprise, batch);
    expect(done).toMatchObject({ status: 'declared', declarations: [{ outcome: 'released' }] });
    const { rows } = await story.clearance.reads.search(
      enterprise,
      DeclarationSearch.parse({ q: `${batch}-K` }),
    );
    expect(rows).toHaveLength(1);
  });

  test('a post that loads history says when it was done, and whoever completes it keeps to that', async () => {
    story.clock.set(at(1));
    const batch = await story.opened();
    await story.move(batch, [[1, '10']], at(2));
    await story.move(batch, [[1, '4']], at(8));
    story.clock.set('2026-08-20T04:00:00.000Z');
    const occurredAt = at(6);
    const said = { id: `${batch}-H`, occurredAt };
    expect(await refusal(story.consolidations.consolidate(enterprise, batch, said))).toBe(
      'identity.may_not_backdate',
    );
    const loader = { ...enterprise, mayBackdate: true };
    const beyond = { ...said, through: '2026-07-07' };
    expect(await refusal(story.consolidations.consolidate(loader, batch, beyond))).toBe(
      'clearance.consolidation_of_the_future',
    );
    const dying = createConsolidations({
      db: story.db,
      clock: story.clock,
      file: () => Promise.reject(new Error('killed')),
    });
    await expect(dying.consolidate(loader, batch, said)).rejects.toThrow('killed');
    await story.consolidations.tick('2026-07-31');
    const [done] = await story.consolidations.list(enterprise, batch);
    expect(done).toMatchObject({ status: 'declared', through: '2026-07-06', movements: 1 });
    expect(done).toMatchObject({ plannedAt: occurredAt, answeredAt: occurredAt });
    expect(await story.declaration(`${batch}-H-1`)).toMatchObject({ filedAt: occurredAt });
    expect(done?.declarations[0]).not.toHaveProperty('occurredAt');
    const again = await story.consolidations.consolidate(loader, batch, said);
    expect(again).toEqual(done);
    const rest = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-R` });
    expect(rest).toMatchObject({ status: 'declared', through: '2026-08-20', movements: 1 });
  });

  test('a finished month nobody asked for is declared by the day; an overdue one resumes when it is', async () => {
    story.clock.set(at(1));
    const batch = await story.opened();
    await story.move(batch, [[1, '10']], at(30));
    await story.move(batch, [[1, '4']], '2026-08-02T04:00:00.000Z');
    story.clock.set('2026-09-01T04:00:00.000Z');
    await story.batches.tick('2026-09-01');
    expect((await story.batches.reads.detail(enterprise, batch)).batch.status).toBe('suspended');
    expect(await story.consolidations.tick('2026-09-01')).toMatchObject({ consolidated: 2 });
    const all = await story.consolidations.list(enterprise, batch);
    expect(all.map(({ id }) => id).sort()).toEqual([`${batch}-202607`, `${batch}-202608`]);
    const { batch: now, timeline } = await story.batches.reads.detail(enterprise, batch);
    expect(now.status).toBe('open');
    expect(timeline.map(({ kind }) => kind)).toContain('cargo.batchResumed');
  });

  test('what is returned is declared anew under another id', async () => {
    story.clock.set(at(1));
    const batch = await story.opened(application([goods(1, { originCountry: 'XX' })]));
    await story.move(batch, [[1, '10']], at(2));
    story.clock.set(at(3));
    const first = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-A` });
    expect(first).toMatchObject({ status: 'returned', declarations: [{ outcome: 'returned' }] });
    expect(first.declarations[0]?.problems[0]?.code).toBe('clearance.code_not_in_force');
    expect((await story.balances(batch))[0]).toMatchObject({ crossed: '10', declared: '0' });
    await story.batches.applications.change(enterprise, batch, {
      content: application([goods(1)]),
      reason: '更正原产国',
    });
    await story.batches.applications.answer(officer, batch, { approve: true, note: '' });
    const second = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-B` });
    expect(second.status).toBe('declared');
  });

  test('cancelled before release, its movements are to be declared anew', async () => {
    story.clock.set(at(1));
    const batch = await story.opened();
    await story.move(batch, [[1, '10']], at(2));
    story.clock.set(at(3));
    await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-C` });
    await inTransaction(story.db, async (tx) =>
      movedGoods.giveBack?.(tx, `${batch}-C-1`, {
        ...ENVELOPE,
        occurredAt: at(3),
        recordedAt: at(3),
      }),
    );
    expect((await story.balances(batch))[0]).toMatchObject({ crossed: '10', declared: '0' });
    const anew = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-D` });
    expect(anew.status).toBe('declared');
  });

  test('nobody writes a consolidated declaration by hand, for more than moved, or after the last day', async () => {
    story.clock.set(at(1));
    const batch = await story.opened(application([goods(1)], { validTo: '2026-07-31' }));
    await story.move(batch, [[1, '10']], at(2));
    const byHand = content({
      modes: {
        batch: 'consolidated',
        line: 'secondLine',
        zone: 'waigaoqiao-port',
        applicationNo: batch,
      },
      transport: { mode: 'Y', partnerCountry: 'DE' },
    });
    const result = await story.clearance.filings.fileOne(enterprise, {
      id: `H-${batch}`,
      content: byHand,
    });
    expect(result.outcome).toBe('returned');
    expect(result.problems.map(({ code }) => code)).toContain('clearance.consolidation_not_built');
    const swindling = createConsolidations({
      db: story.db,
      clock: story.clock,
      file: (by, filings) =>
        story.clearance.filings.file(
          by,
          filings.map((filing) =>
            JSON.parse(JSON.stringify(filing).replaceAll('"quantity":"10"', '"quantity":"10.01"')),
          ),
        ),
    });
    story.clock.set(at(3));
    const more = await swindling.consolidate(enterprise, batch, { id: `${batch}-M` });
    expect(more.declarations[0]?.problems).toMatchObject([
      { code: 'clearance.consolidation_differs', params: { declared: '10.01', moved: '10' } },
    ]);
    story.clock.set('2026-09-01T04:00:00.000Z');
    const late = story.consolidations.consolidate(enterprise, batch, { id: `${batch}-L` });
    expect(await refusal(late)).toBe('clearance.consolidation_after_validity');
    story.clock.set('2026-08-31T04:00:00.000Z');
    const inTime = await story.consolidations.consolidate(enterprise, batch, { id: `${batch}-L` });
    expect(inTime.status).toBe('declared');
  });
});
