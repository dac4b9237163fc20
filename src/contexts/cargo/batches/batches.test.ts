// Batched movement on a real PostgreSQL: applying and drawing, by hand and from a workbook.
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLedger, openTariff } from '../../duty/index.ts';
import { createReference } from '../../reference/index.ts';
import { toWorkbook } from './export.ts';
import { application, drawn, ENTERPRISE, enterprise, line, officer, person } from './fixtures.ts';
import { readStockBills } from './read-workbook.ts';
import { createStory, refusal } from './story.ts';

const story = createStory();
const { balance, clock, detail, draw, newId, opened } = story;
beforeAll(story.open);
afterAll(story.close);

describe('an application', () => {
  test('is in force when another account of customs approves it', async () => {
    const id = newId();
    const content = application();
    await story.batches.applications.apply(enterprise, { id, content });
    expect(await refusal(draw(id, `${id}-S1`, '1'))).toBe('cargo.batch_not_open');
    const self = person('lin', 'portOfficer', { organisationId: '2225', offices: ['2225'] });
    expect(
      await refusal(story.batches.applications.answer(self, id, { approve: true, note: '' })),
    ).toBe('cargo.batch_another_account_answers');
    const answered = await story.batches.applications.answer(officer, id, {
      approve: true,
      note: '',
    });
    expect(answered.status).toBe('open');
    expect(await story.batches.applications.apply(enterprise, { id, content })).toEqual(answered);
    expect(
      await refusal(
        story.batches.applications.apply(enterprise, {
          id,
          content: application({ deposit: '1' }),
        }),
      ),
    ).toBe('cargo.batch_id_has_other_content');
  });

  test('is told everything that is wrong with it at once', async () => {
    const content = application({
      validTo: '2026-06-30',
      lines: [line(1, { hsCode: '848210' }), line(1, { cap: '0', unit: 'XX' })],
    });
    const work = story.batches.applications.apply(enterprise, { id: newId(), content });
    await expect(work).rejects.toMatchObject({
      refusals: [
        { code: 'cargo.batch_validity' },
        { code: 'cargo.batch_validity' },
        { code: 'cargo.batch_hs_code', path: 'lines[0].hsCode' },
        { code: 'cargo.batch_line_repeated' },
        { code: 'cargo.batch_code_not_in_force', path: 'lines[1].unit' },
        { code: 'cargo.batch_amount', path: 'lines[1].cap' },
      ],
    });
  });

  test('belongs to its enterprise and its office, and to nobody else', async () => {
    const id = await opened();
    const stranger = person('wu', 'declarant', { organisationId: 'other' });
    const elsewhere = person('xu', 'portOfficer', { organisationId: '2218', offices: ['2218'] });
    const auditor = person('shen', 'auditor', { organisationId: 'audit' });
    expect(await refusal(story.batches.reads.detail(stranger, id))).toBe('identity.not_permitted');
    expect(await refusal(story.batches.reads.detail(elsewhere, id))).toBe('identity.not_permitted');
    expect((await story.batches.reads.detail(auditor, id)).batch.id).toBe(id);
    expect((await story.batches.reads.search(stranger, SEARCH)).rows).toEqual([]);
  });

  test('changes when customs agrees, never below what is used', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '60');
    const less = application({ lines: [line(1, { cap: '50' })] });
    const more = application({ lines: [line(1, { cap: '200' })] });
    const reason = '追加订单';
    expect(
      await refusal(story.batches.applications.change(enterprise, id, { content: less, reason })),
    ).toBe('cargo.batch_cap_below_use');
    await story.batches.applications.change(enterprise, id, { content: more, reason });
    expect(await balance(id)).toMatchObject({ cap: '100', remaining: '40' });
    await story.batches.applications.answer(officer, id, { approve: true, note: '' });
    expect(await balance(id)).toMatchObject({ cap: '200', reserved: '60', remaining: '140' });
  });
});

const SEARCH = { waiting: 'false', limit: 50 } as const;

describe('drawing', () => {
  test('warns at four fifths, and never goes over the cap', async () => {
    const id = await opened();
    expect((await draw(id, `${id}-S1`, '79.5')).problems).toEqual([]);
    expect((await draw(id, `${id}-S2`, '0.5')).problems).toMatchObject([
      { code: 'cargo.batch_near_cap', severity: 'warning', params: { lineNo: 1, used: '80' } },
    ]);
    const over = draw(id, `${id}-S3`, '20.1');
    await expect(over).rejects.toMatchObject({
      refusals: [{ code: 'cargo.batch_over_cap', params: { remaining: '20' } }],
    });
    await draw(id, `${id}-S4`, '20');
    expect(await balance(id)).toMatchObject({ remaining: '0', used: '1.00', level: 'exhausted' });
    expect(await refusal(draw(id, `${id}-S5`, '0.001'))).toBe('cargo.batch_over_cap');
  });

  test('many at once each have an answer, and none takes what another has taken', async () => {
    const id = await opened();
    const bills = Array.from({ length: 12 }, (_, index) => ({
      id: `${id}-S${index % 11}`,
      application: id,
      lines: [drawn(1, '10')],
    }));
    const results = await story.batches.stockBills.issue(enterprise, [...bills, { id: 'bad' }]);
    const outcomes = results.map(({ outcome, repeated }) => (repeated ? 'repeated' : outcome));
    expect(outcomes).toEqual([...Array(10).fill('issued'), 'refused', 'repeated', 'refused']);
    expect(await balance(id)).toMatchObject({ reserved: '100', remaining: '0' });
  });

  test('two who draw the last at the same moment do not both get it', async () => {
    const id = await opened();
    const both = await Promise.all([
      refusal(draw(id, `${id}-S1`, '60')),
      refusal(draw(id, `${id}-S2`, '60')),
    ]);
    expect(both.sort()).toEqual(['cargo.batch_over_cap', 'done']);
  });

  test('the same bill is one bill; after the last day there is none', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '10');
    expect(await draw(id, `${id}-S1`, '10')).toMatchObject({ repeated: true });
    expect(await refusal(draw(id, `${id}-S1`, '11'))).toBe('cargo.batch_id_has_other_content');
    const before = clock.now();
    clock.set('2026-12-31T15:59:59.000Z');
    expect(await refusal(draw(id, `${id}-S2`, '10'))).toBe('done');
    clock.set('2026-12-31T16:00:00.000Z');
    expect(await refusal(draw(id, `${id}-S3`, '10'))).toBe('cargo.batch_validity_over');
    clock.set(before);
  });

  test('what is under way never owes more than the deposit covers', async () => {
    const reference = await createReference({ db: story.db, clock });
    const tariff = openTariff(reference);
    const ledger = createLedger({ db: story.db, clock, tariff });
    const content = application({
      deposit: '1000',
      lines: [line(1, { cap: '1000', securityPerUnit: '12.5' })],
    });
    const id = newId();
    await story.batches.applications.apply(enterprise, { id, content });
    const approve = () =>
      story.batches.applications.answer(officer, id, { approve: true, note: '' });
    expect(await refusal(approve())).toMatch(/^duty\./);
    expect((await detail(id)).batch.status).toBe('applied');
    await ledger.guarantees.apply(enterprise, {
      id: 'G-1',
      payer: ENTERPRISE,
      office: '2225',
      kind: 'total',
      form: 'bank',
      limit: '1500',
      validFrom: '2026-07-01',
      validTo: '2027-06-30',
      guarantor: '中国银行',
      reference: 'BG-1',
      declaration: null,
      consolidated: false,
    });
    await ledger.guarantees.answer(officer, 'G-1', { approve: true, note: '' });
    await approve();
    await draw(id, `${id}-S1`, '80');
    expect((await detail(id)).security).toEqual({ needed: '1000', held: '1000', left: '0' });
    expect(await refusal(draw(id, `${id}-S2`, '1'))).toBe('cargo.batch_deposit_exhausted');
    const second = newId();
    await story.batches.applications.apply(enterprise, { id: second, content });
    const again = story.batches.applications.answer(officer, second, { approve: true, note: '' });
    expect(await refusal(again)).toMatch(/^duty\./);
    await story.batches.stockBills.cancel(enterprise, `${id}-S1`, { note: '取消' });
    await story.batches.applications.close(enterprise, id, { note: '结案' });
    await story.batches.applications.answer(officer, second, { approve: true, note: '' });
    expect((await detail(second)).batch).toMatchObject({ status: 'open', deposit: '1000' });
  });
});

describe('workbooks', () => {
  test('rows of one number are one bill, each with its answer; a workbook without the columns is refused', async () => {
    const id = await opened(application({ lines: [line(1), line(2)] }));
    const row = (bill: string, lineNo: number, quantity: string) => ({
      出入库单: `${id}-${bill}`,
      申报表序号: lineNo,
      数量: quantity,
      '净重（千克）': quantity,
      '毛重（千克）': quantity,
      件数: '1',
    });
    const book = (data: Record<string, string | number>[]) =>
      writeXlsx({
        sheets: [
          {
            name: '出入库单',
            columns: Object.keys(data[0] ?? {}).map((key) => ({ key, header: key })),
            data,
          },
        ],
      });
    const bytes = await book([row('W1', 1, '10.5'), row('W2', 1, '99'), row('W1', 2, '3')]);
    const bills = await readStockBills(Buffer.from(bytes), id);
    const results = await story.batches.stockBills.issue(enterprise, bills);
    expect(results.map(({ id: bill, outcome }) => [bill, outcome])).toEqual([
      [`${id}-W1`, 'issued'],
      [`${id}-W2`, 'refused'],
    ]);
    expect((await detail(id)).balances.map(({ reserved }) => reserved)).toEqual(['10.5', '3']);
    const without = Buffer.from(await book([{ 数量: '1' }]));
    expect(await refusal(readStockBills(without, id))).toBe('cargo.batch_workbook_column');
    expect(await refusal(readStockBills(Buffer.from('no workbook'), id))).toBe(
      'cargo.batch_not_a_workbook',
    );
    const rows = (await story.batches.reads.movements(enterprise, id, { limit: 10 })).rows;
    expect((await toWorkbook(rows, 'en')).length).toBeGreaterThan(0);
  });
});
