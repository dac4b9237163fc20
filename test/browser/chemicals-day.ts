import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bill, voyage } from '../../src/contexts/cargo/manifests/fixtures.ts';
import { localDateOf } from '../../src/kernel/dates.ts';
import { declared, fillExamination, fillIn } from './filing.ts';
import { look, lookTwice, settle } from './look.ts';
import type { Day } from './people.ts';

const DECLARATION = 'CHEM-26-0001';
const BILL = 'DJOLCHEM1';
const YARD = 'YS4-DG';
const BATTERIES = 'CHMU4000015';

/**
 * A precursor booked under one name and declared under another, written so that nobody reads it: stopped, shown
 * with the law, found, and a case. A container moved where it may not stand: on the map at once, a case, and
 * gone with the next move. A new version of an official list, read as differences before it holds.
 */
export function describeChemicalsDay({ people, send }: Day): void {
  describe('a precursor in disguise', () => {
    test('it is booked as one thing and declared as another', async () => {
      await people().as('terminal', 'en');
      const reader = await people().as('declarant');
      const { page } = reader;
      const { organisation } = await (await page.request.get('/api/session')).json();
      const firm = { uscc: organisation.id, name: organisation.nameZh };
      const shipped = {
        description: '异丙醇 工业级 200kg桶',
        consignee: { ...firm, country: 'CN' },
        dangerous: { unNumber: '1219', hazardClass: '3', packingGroup: 'II' },
      };
      const ship = {
        carrier: 'DJOL',
        terminal: 'SHYS4',
        date: localDateOf(new Date().toISOString()),
      };
      await send(
        'carrier',
        'post',
        '/api/manifests',
        voyage('M-CHEM', [bill(BILL, shipped)], ship),
      );

      await page.goto('/chemicals');
      await page.getByLabel('品名与规格').fill('醋·酸·酐 99%');
      await page.getByRole('button', { name: '查询', exact: true }).click();
      await page.getByText('易制毒化学品进出口许可证').waitFor();
      await lookTwice(reader, 'chemicals-inquiry');

      await page.goto(`/file?id=${DECLARATION}`);
      await fillIn(page, {
        ...declared,
        ...{ 'transport.transportDocNo': BILL, 'parties.domestic.uscc': firm.uscc },
        'parties.domestic.name': firm.name,
        'lines[0].hsCode': '3402900090',
        'lines[0].description': '醋·酸·酐',
      });
      await page.getByRole('button', { name: '申报', exact: true }).click();
      await page.getByRole('heading', { name: /^\d{18} 已申报并受理$/ }).waitFor();
    });

    test('the officer sees why it is held, what it is, the law in its words, and what does not fit', async () => {
      const officer = await people().as('officer');
      const { page } = officer;
      await page.goto(`/declarations/${DECLARATION}`);
      await page
        .getByText(/识别为醋酸酐.*易制毒化学品第 2 类/)
        .first()
        .waitFor();
      const panel = page.getByRole('region', { name: '化学品研判' });
      await panel.getByText('还原为“醋酸酐”').first().waitFor();
      await panel.getByText(/舱单称.*异丙醇.*报关单称.*醋酸酐/).waitFor();
      await panel.locator('.quotations').first().locator('summary').click();
      await panel
        .getByText(/申请进口或者出口易制毒化学品/)
        .first()
        .waitFor();
      await panel.scrollIntoViewIfNeeded();
      await lookTwice(officer, 'chemicals-panel');
    });

    test('the sample shows it, and the finding opens a case', async () => {
      const at = `/api/declarations/${DECLARATION}/arrival`;
      await send('terminal', 'post', at, { premises: '洋山四期' });
      const officer = await people().as('officer');
      const { page } = officer;
      await page.goto(`/declarations/${DECLARATION}?act=recordExamination`);
      await fillExamination(page);
      await page.getByLabel('情事类别').fill('易制毒');
      await page.getByTitle('伪报易制毒、管制化学品').click();
      await page.getByLabel('程度').click();
      await page.getByTitle('严重', { exact: true }).click();
      await page.getByLabel('情况描述').fill('取样化验为醋酸酐，含量 98.6%。');
      await page.getByRole('button', { name: '提交查验记录' }).click();
      await page.getByText('查验记录已提交。').waitFor();
      await page.locator('.record-cases a').click();
      await page.locator('.case-lead').getByText('处理中').waitFor();
      await page.getByText('取样化验为醋酸酐').waitFor();
      await look(officer, 'chemicals-case');
    });
  });

  describe('a conflict in the yard', () => {
    const report = async (event: object) => {
      const path = `/api/chemicals/yards/${YARD}/events`;
      const { answers } = (await send('terminal', 'post', path, {
        events: [{ container: BATTERIES, ...event }],
      })) as { answers: { outcome: string; began: string[]; ended: string[] }[] };
      expect(answers).toMatchObject([{ outcome: 'done' }]);
      return answers[0];
    };
    const goods = { name: '锂离子电池组', un: '3480', class: '9', netMassKg: '9000' };

    test('a move brings it onto the map while somebody looks', async () => {
      await report({ id: 'W1', kind: 'stored', slot: 'D2-09-05-1', goods: [goods] });
      const terminal = await people().as('terminal', 'en');
      const { page } = terminal;
      await page.goto(`/yards/${YARD}`);
      await page.getByRole('img', { name: /Yangshan IV/ }).waitFor();
      expect(await page.getByRole('button', { name: BATTERIES }).count()).toBe(0);
      const moved = await report({ id: 'W2', kind: 'moved', slot: 'D1-09-05-1' });
      expect(moved?.began).toContain(`licence D1 ${BATTERIES}`);
      const button = page.getByRole('button', { name: BATTERIES }).first();
      await button.click();
      await page.locator('.stack-chosen.stack-conflict').waitFor();
      await lookTwice(terminal, 'yard-conflict');
      const conflict = page.locator('.law-list > li').filter({ hasText: BATTERIES }).first();
      await conflict.getByRole('link', { name: /^case/ }).click();
      await page.locator('.case-lead').getByText('Open').waitFor();
    });

    test('another move takes it away, and its case closes', async () => {
      const terminal = await people().as('terminal', 'en');
      const { page } = terminal;
      const opened = new URL(page.url()).pathname;
      await page.goto(`/yards/${YARD}`);
      await page.getByRole('button', { name: BATTERIES }).first().waitFor();
      const back = await report({ id: 'W3', kind: 'moved', slot: 'D2-09-05-1' });
      expect(back?.ended).toContain(`licence D1 ${BATTERIES}`);
      await page.getByRole('button', { name: BATTERIES }).first().waitFor({ state: 'detached' });
      await page.goto(opened);
      await page.locator('.case-lead').getByText('Closed').waitFor();
      await lookTwice(terminal, 'yard-case-closed');
      await page.goto('/yards');
      await page.getByRole('link', { name: /Yangshan IV/ }).waitFor();
      await lookTwice(terminal, 'yards');
    });
  });

  describe('an official list', () => {
    const LIST = (rows: string) => `序号,品名,别名,CAS,备注\n${rows}`;

    test('is brought, read as differences, and put in force by another account', async () => {
      const file = join(tmpdir(), `hazcat-${process.pid}.csv`);
      const analyst = await people().as('analyst');
      const { page } = analyst;
      const bring = async (version: string, from: string, rows: string) => {
        await writeFile(file, LIST(rows));
        await page.goto('/chemicals/lists');
        await page.getByRole('button', { name: '提交新版本' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('清单').fill('cn_hazardous');
        await dialog.getByLabel('发布机关').fill('应急管理部等十部门');
        await dialog.getByLabel('版本').fill(version);
        await dialog.getByLabel('生效日期').fill(from);
        await dialog.getByLabel('文件').setInputFiles(file);
        await dialog.getByRole('button', { name: '提交并查看差异' }).click();
        await page.getByRole('heading', { name: `危险化学品目录 ${version}` }).waitFor();
      };
      await bring(
        '2015',
        '2015-05-01',
        '1,氨,液氨,7664-41-7,\n2,甲醇钠,,124-41-4,\n4,甲苯,,108-88-3,\n',
      );
      await page.getByText('须由提交人以外的').waitFor();
      await approve('2015');
      await bring(
        '2027',
        '2027-01-01',
        '1,氨,液氨;氨气,7664-41-7,2027年增列气态\n3,柴油,,68334-30-5,\n4,甲苯,,108-88-3,\n5,错,,1-1-1,\n',
      );
      await page.getByRole('button', { name: /^修改/ }).click();
      await page.getByText('氨; 液氨; 氨气').waitFor();
      await page.getByRole('button', { name: /^修改/ }).click();
      await lookTwice(analyst, 'chemicals-difference');
      await approve('2027');
      await page.goto('/chemicals/lists');
      await page.getByText('将生效').waitFor();
      await lookTwice(analyst, 'chemicals-lists');
    });

    async function approve(version: string): Promise<void> {
      const { page } = await people().as('supervisor');
      await page.goto('/chemicals/lists');
      await page.getByRole('region', { name: '待答复' }).getByRole('link').first().click();
      await page.getByRole('heading', { name: `危险化学品目录 ${version}` }).waitFor();
      await page.getByRole('button', { name: '答复', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox').click();
      await page.getByTitle('同意', { exact: true }).click();
      await dialog.getByRole('button', { name: '答复', exact: true }).click();
      await page.getByRole('heading', { name: '化学品清单' }).waitFor();
      await settle(page);
    }

    test('an analyst sees whether the detectors earn their examinations', async () => {
      const analyst = await people().as('analyst');
      await analyst.page.goto('/chemicals/watch');
      await analyst.page.getByText('醋酸酐').first().waitFor();
      await lookTwice(analyst, 'chemicals-watch');
    });
  });
}
