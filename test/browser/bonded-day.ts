import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localDateOf } from '../../src/kernel/dates.ts';
import type { Reader } from './browser.ts';
import { look, lookTwice } from './look.ts';
import type { Day } from './people.ts';

const LEDGER = 'H22256000901';
const AT = `/api/bonded/ledgers/${LEDGER}`;
const PAGE = `/bonded/${LEDGER}`;
/** The factory of the demo port with work orders of a quarter and a count that does not agree. */
const BICYCLES = '/bonded/H22256000101';
/** Its quarter, signed, with shortages that wait for officers. */
const SHORT = '/bonded/ledgers/H22256000101/filings/BH-101-1';
const YESTERDAY = localDateOf(new Date(Date.now() - 86_400_000).toISOString());
/** A time of yesterday: a filing covers days that are over. */
const at = (time: string): string => new Date(`${YESTERDAY}T${time}:00+08:00`).toISOString();

/**
 * A day of a manufacturer: its system sends work orders, the position follows, a count file is dropped, one
 * difference is shown to be a slip entered twice, the period is filed, and is written off with no officer.
 */
export function describeBondedDay({ people, send }: Day): void {
  const post = async (...events: object[]) => {
    const { answers } = (await send('factory', 'post', `${AT}/events`, { events })) as {
      answers: { outcome: string }[];
    };
    expect(answers.map(({ outcome }) => outcome)).toEqual(events.map(() => 'applied'));
  };

  describe('a day with a bonded ledger', () => {
    test('the enterprise registers it, and an officer of its office approves', async () => {
      const factory = await people().as('factory');
      const { organisation } = await (await factory.page.request.get('/api/session')).json();
      const ledger = {
        ...{ id: LEDGER, enterprise: organisation.id, name: '车架分厂', office: '2225' },
        ...{ mode: 'workOrder', opensOn: '2026-01-01' },
      };
      await send('factory', 'post', '/api/bonded/ledgers', { ledger });
      const part = (name: string, kind: string, description: string, unit: string) => ({
        ...{ part: name, kind, description, unit, unitValue: '40', currency: 'CNY' },
        hsCode: '7608200090',
      });
      await send('factory', 'post', `${AT}/parts`, {
        parts: [
          part('TUBE', 'material', '铝合金管', '035'),
          part('PAINT', 'material', '粉末涂料', '035'),
          part('FRAME', 'semiFinished', '车架', '007'),
        ],
      });

      const { page } = await people().as('officer2', 'en');
      await page.goto('/bonded');
      await page.getByRole('heading', { name: 'Ledgers that need somebody' }).waitFor();
      await lookTwice(await people().as('officer2', 'en'), 'bonded-officer');
      await page.getByRole('link', { name: LEDGER }).first().click();
      await page.getByRole('button', { name: 'Answer', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox').click();
      await page.getByTitle('Approve').click();
      await dialog.getByRole('button', { name: 'Answer', exact: true }).click();
      await page.getByRole('link', { name: 'Filings' }).waitFor();
    });

    test('its system sends a morning, and the position says what must be there', async () => {
      const lines = (...said: [string, string][]) =>
        said.map(([part, quantity]) => ({ part, quantity }));
      const issued = { order: 'F1', kind: 'issued', document: 'LL-F1' };
      await post(
        {
          ...{
            id: 'E1',
            kind: 'imported',
            document: 'QD222526I000009001',
            occurredAt: at('08:00'),
          },
          lines: lines(['TUBE', '1000'], ['PAINT', '50']),
        },
        { id: 'E2', kind: 'orderOpened', order: 'F1', product: 'FRAME', occurredAt: at('09:00') },
        {
          ...issued,
          id: 'E3',
          occurredAt: at('10:00'),
          lines: lines(['TUBE', '210'], ['PAINT', '12']),
        },
        { ...issued, id: 'E3-AGAIN', occurredAt: at('10:00'), lines: lines(['TUBE', '210']) },
        {
          ...{ id: 'E4', kind: 'received', order: 'F1', occurredAt: at('14:00') },
          lines: lines(['FRAME', '100']),
        },
      );
      await send('factory', 'post', `${AT}/papers`, {
        papers: [
          {
            ...{
              id: 'C-1',
              kind: 'cancellation',
              document: 'E3-AGAIN',
              order: 'F1',
              at: at('11:00'),
            },
            ...{ part: 'TUBE', quantity: '210', tells: 'issued' },
          },
        ],
      });
      const factory = await people().as('factory');
      const { page } = factory;
      await page.goto(PAGE);
      await page.getByRole('row', { name: 'TUBE' }).getByText('580').first().waitFor();
      await lookTwice(factory, 'bonded-ledger');
      await page.getByRole('link', { name: '工单', exact: true }).click();
      await page.getByRole('link', { name: 'F1' }).click();
      await page.getByRole('img', { name: /F1/ }).waitFor();
      await look(factory, 'bonded-order');
    });

    test('a count file is dropped: a bad row is told, and the difference is there at once', async () => {
      const factory = await people().as('factory');
      const { page } = factory;
      const file = join(tmpdir(), `count-${process.pid}.csv`);
      await writeFile(
        file,
        [
          '料号,数量,库存种类,盘点时间',
          ...[
            `TUBE,790,料件,${at('17:00')}`,
            `TUBE,210,在产品,${at('17:00')}`,
            `PAINT,38,料件,${at('17:00')}`,
          ],
          ...[
            `PAINT,12,在产品,${at('17:00')}`,
            `FRAME,100,半成品,${at('17:00')}`,
            'TUBE,许多,料件,',
          ],
        ].join('\n'),
      );
      await page.goto(`${PAGE}/counts`);
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByText('读到 5 张盘点票。').waitFor();
      await page.getByText('许多').waitFor();
      await look(factory, 'bonded-count-file');
      await page.getByLabel('盘点编号').fill('DAY-1');
      await page.getByRole('button', { name: '与账面比对' }).click();
      const row = page.getByRole('row', { name: /TUBE.*料件库存/ });
      await row.getByText('210', { exact: true }).waitFor();
      await look(factory, 'bonded-count-open');
    });

    test('it is explained by the records, and put right with one button', async () => {
      const factory = await people().as('factory');
      const { page } = factory;
      await page.getByRole('button', { name: '结束盘点' }).click();
      await page.getByRole('button', { name: '查明原因' }).click();
      await page.getByText('已作废未冲销').first().waitFor();
      await page.getByText('全部查明').first().waitFor();
      await lookTwice(factory, 'bonded-explained');
      await reverse(factory);
      await page.getByRole('button', { name: '重新查明' }).click();
      await page.getByText('已经记账，无须处理').first().waitFor();
      await page.goto(PAGE);
      await page.getByRole('row', { name: 'TUBE' }).getByText('790').first().waitFor();
    });

    test('the period is filed, opens on its records, and is written off with no officer', async () => {
      await post({ id: 'E5', kind: 'orderClosed', order: 'F1', occurredAt: at('19:00') });
      const factory = await people().as('factory');
      const { page } = factory;
      await page.goto(`${PAGE}/filings`);
      await page.getByRole('button', { name: '起草报核' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('报核编号').fill('BH-DAY-1');
      await dialog.getByRole('button', { name: '起草报核' }).click();
      await page.getByRole('heading', { name: '草稿，待签署' }).waitFor();
      await page.getByRole('button', { name: /^TUBE 进口/ }).click();
      await page.getByRole('dialog').getByText('QD222526I000009001').waitFor();
      await look(factory, 'bonded-figure-records');
      await page.keyboard.press('Escape');
      await look(factory, 'bonded-filing-draft');
      await page.getByRole('button', { name: '签署报核' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '签署报核' }).click();
      await page.getByRole('heading', { name: '已自动核销' }).waitFor();
      await lookTwice(factory, 'bonded-written-off');
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: '保存为 Excel' }).click();
      expect((await saved).suggestedFilename()).toBe(`${LEDGER}-BH-DAY-1.xlsx`);
    });

    test('the factory of the demo port: causes of every kind, and what nobody can explain', async () => {
      const factory = await people().as('factory');
      const { page } = factory;
      await page.goto(`${BICYCLES}/counts/2026-Q3`);
      await lookTwice(factory, 'bonded-bicycles-count');
      await page.goto(`${BICYCLES}/orders`);
      await page.getByRole('link', { name: /^W39-/ }).first().waitFor();
      await look(factory, 'bonded-bicycles-orders');
    });

    test('what nobody can explain is taxed: two officers decide, and the factory pays', async () => {
      const { page: office } = await people().as('officer');
      const short = await office.request.get(`/api${SHORT}/rows?only=short&limit=500`);
      const { rows } = (await short.json()) as { rows: { part: string; missing: object[] }[] };
      const reason = '按进口报关单核定原产地';
      const stated = rows
        .filter(({ missing }) => missing.length > 0)
        .map(({ part }) => ({ part, origin: 'KR', reason }));
      const decision = { decision: 'writeOff', note: reason, stated };
      await send('officer', 'post', `/api${SHORT}/decide`, decision);
      await send('officer2', 'post', `/api${SHORT}/confirm`, { agree: true });

      const factory = await people().as('factory');
      const { page } = factory;
      await page.goto(SHORT.replace('/ledgers', ''));
      // Where its guarantee covers the duty, the period is written off before it is paid.
      await page.getByRole('link', { name: /^(去缴税|已担保)$/ }).click();
      await page.getByRole('button', { name: '登记缴款' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('银行流水号').fill('TX-BH-101');
      await dialog.getByRole('button', { name: '登记缴款' }).click();
      await page.getByText('已缴清').first().waitFor();
      await look(factory, 'bonded-duty-paid');
      await page.getByRole('link', { name: '查看报核' }).click();
      await page.getByRole('heading', { name: '已核销' }).waitFor();
    });
  });

  async function reverse({ page }: Reader): Promise<void> {
    await page.getByRole('button', { name: '录入处理', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '录入处理', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
