// How a rule comes to find something: an analyst writes it, tries it over the pool and proposes it,
// another account approves it, it selects a declaration, officers record what they found, and the
// rule's hit rate moves. Then everything else an analyst reads, in both languages.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import { smallModel } from '../../src/contexts/risk/models/fixtures.ts';
import { openBrowser, type Reader, type Screens } from './browser.ts';
import { fillExamination } from './filing.ts';
import { look, lookAround, settle } from './look.ts';
import { createPeople, type People } from './people.ts';
import { type DemoPort, startDemoPort } from './port.ts';

/** Where to put the pictures of the guide, when they are to be taken again. */
const SHOTS = process.env.JIANGHAI_SHOTS;
/** Few draws at random, so that what is selected here was selected by the rule. */
const PORT = SHOTS
  ? { declarations: 4_000, samplingRate: 0.02 }
  : { declarations: 400, samplingRate: 0.02 };
const NAME = '德国机械核实规格型号';
const FILED = 'TARGET-26-0001';
const MODEL_NAME = /^M-\d{4}(-\d\d)+$/;

let port: DemoPort;
let screens: Screens;
let people: People;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-targeting-'));
  port = await startDemoPort(PORT);
  screens = await openBrowser(port.url);
  people = createPeople(screens);
});
afterAll(async () => {
  await screens?.close();
  await port?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A picture for the guide, from a part of the page down; from its top, if none is named. */
async function photograph({ page }: Reader, name: string, from = 'h1'): Promise<void> {
  if (!SHOTS) return;
  await page.mouse.move(0, 0);
  await settle(page);
  await page.locator(from).evaluate((part) => {
    window.scrollTo(
      0,
      part.tagName === 'H1' ? 0 : window.scrollY + part.getBoundingClientRect().top - 110,
    );
  });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

async function choose(page: Page, label: string, place: number, wanted: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).nth(place).click();
  await page.keyboard.type(wanted);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
}

/** Posts of other systems have no page: they report by the same interface as any program. */
async function send(reader: Reader, path: string, data: unknown): Promise<void> {
  const answer = await reader.page.request.post(path, { data, headers: { origin: port.url } });
  expect(answer.status(), await answer.text()).toBe(200);
}

describe('a rule is written, proven, approved, and finds something', () => {
  test('the analyst puts a condition together, and is told of a slip in its place', async () => {
    const analyst = await people.as('analyst');
    const { page } = analyst;
    await page.getByRole('link', { name: '规则', exact: true }).click();
    await page.getByRole('link', { name: '新建规则' }).click();
    await page.getByText('请填写上面各条的值。').waitFor();
    await page.getByRole('textbox', { name: '值', exact: true }).fill('84');
    await page.getByRole('button', { name: '添加条件', exact: true }).click();
    await choose(page, '事实', 1, '原产国');
    await page.getByRole('textbox', { name: '值', exact: true }).nth(1).fill('DE');
    await page.locator('.reading-sentence').getByText('原产国').waitFor();

    const text = page.getByRole('textbox', { name: '条件文本' });
    await text.click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(' && goods.valeu > 1.0 ');
    await page.locator('.reading-problem').waitFor();
    await look(analyst, 'rule-problem');
    for (let letter = ' && goods.valeu > 1.0 '.length; letter > 0; letter -= 1) {
      await page.keyboard.press('Backspace');
    }
    await page.locator('.reading-sentence').getByText('原产国').waitFor();
  });

  test('before it is kept, it shows what it would have done over the whole pool', async () => {
    const analyst = await people.as('analyst');
    const { page } = analyst;
    await page.getByRole('button', { name: '在数据池中回测' }).click();
    await page.locator('.backtest').waitFor();
    const example = page.locator('.backtest tbody th a').first();
    const subject = await example.innerText();
    await page.getByLabel('申报编号').fill(subject);
    await page.getByRole('button', { name: '试算' }).click();
    await page.locator('.steps').waitFor();
    await photograph(analyst, 'rule-editor-zh');
    await photograph(analyst, 'rule-backtest-zh', '.backtest-run');
    await photograph(analyst, 'rule-try-zh', '.try-form');
    await lookAround(analyst, 'rule-editor');
  });

  test('it is kept, proposed on the strength of its back-test, and its author cannot approve it', async () => {
    const analyst = await people.as('analyst');
    const { page } = analyst;
    for (const [label, words] of [
      ['名称（中文）', NAME],
      ['名称（英文）', 'Machinery from Germany: check the grade'],
      ['查验提示（中文）', '核对箱唛与铭牌上的规格型号是否与申报一致。'],
      [
        '查验提示（英文）',
        'Compare grade and model on marks and name plates with what was declared.',
      ],
      ['来源', '两起以低报高的情事'],
    ] as const) {
      await page.getByLabel(label).fill(words);
    }
    await page.getByLabel('分值').fill('60');
    await page.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await page.getByRole('button', { name: '在数据池中回测' }).click();
    await page.locator('.rule-lead').getByText('已回测').waitFor();
    await page.getByLabel('说明').fill('近期两起情事手法相同。');
    await page.getByRole('button', { name: '申请生效' }).click();
    await page.getByText('须由另一账户审批').waitFor();
    expect(await page.getByRole('button', { name: '批准' }).count()).toBe(0);
    await photograph(analyst, 'rule-zh');
    await lookAround(analyst, 'rule-proposed');
  });

  test('another account reads it and approves; it decides from then on', async () => {
    const supervisor = await people.as('supervisor', 'en');
    const { page } = supervisor;
    await page.getByRole('link', { name: 'Rules' }).click();
    await page.getByRole('link', { name: 'Machinery from Germany: check the grade' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.locator('.rule-lead').getByText('Live').waitFor();
    await look(supervisor, 'rule-live');
  });

  test('a declaration is filed, the rule selects it, and the officers find what it looked for', async () => {
    const declarant = await people.as('declarant');
    const me = await (await declarant.page.request.get('/api/session')).json();
    const { parties, ...rest } = content();
    const declarantParty = { uscc: me.organisation.id, name: me.organisation.name };
    await send(declarant, '/api/declarations', {
      id: FILED,
      content: { ...rest, parties: { ...parties, declarant: declarantParty } },
    });
    await send(await people.as('terminal'), `/api/declarations/${FILED}/arrival`, {
      premises: parties.terminal?.name,
    });

    const officer = await people.as('officer');
    const { page } = officer;
    await page.goto(`/declarations/${FILED}`);
    await page.locator('.reason-head').getByText('原产国').waitFor();
    await page.getByText('核对箱唛与铭牌上的规格型号是否与申报一致。').first().waitFor();
    await photograph(officer, 'rule-selected-zh');
    await look(officer, 'selected-by-rule');
    await page.getByRole('button', { name: '记录查验' }).click();
    await fillExamination(page);
    await page.getByLabel('情况描述').fill('铭牌所示型号与申报不符，实为高一档规格。');
    await page.getByRole('button', { name: '提交查验记录' }).click();
    await page.getByText('查验记录已提交。').waitFor();
  });

  test('the finding moves the hit rate of the rule, beside what the random sample finds', async () => {
    const analyst = await people.as('analyst');
    const { page } = analyst;
    await page.getByRole('link', { name: '规则', exact: true }).click();
    await page.getByRole('row', { name: NAME }).getByText('1 / 1', { exact: true }).waitFor();
    await photograph(analyst, 'rules-zh');
    await lookAround(analyst, 'rules');
    await page.getByRole('link', { name: NAME }).click();
    await page.getByText('100.0% · 1 / 1').waitFor();
    await look(analyst, 'rule-found');
  });
});

describe('what else targeting rests on', () => {
  test('a list is brought as a spreadsheet, and another account publishes it', async () => {
    const analyst = await people.as('analyst');
    const { page } = analyst;
    const file = join(folder, 'watched.csv');
    await writeFile(file, 'value,until,note\n848210,,轴承\n848220,,滚子轴承\n');
    await page.getByRole('link', { name: '名单', exact: true }).click();
    await page.getByRole('button', { name: '新建名单' }).click();
    await page.getByLabel('规则中的名称').fill('watchedGoods');
    await page.getByLabel('名称（中文）').fill('关注商品');
    await page.getByLabel('名称（英文）').fill('Watched goods');
    await page.getByLabel('来源').fill('两起情事');
    await page.getByLabel(/CSV/).setInputFiles(file);
    await look(analyst, 'list-new');
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByRole('link', { name: '关注商品' }).click();
    await page.getByText('滚子轴承').waitFor();
    await look(analyst, 'list');

    const supervisor = await people.as('supervisor', 'en');
    await supervisor.page.goto('/lists/watchedGoods');
    await supervisor.page.getByRole('button', { name: 'Approve' }).click();
    await supervisor.page.locator('.versions').getByText('Published').waitFor();
    await look(supervisor, 'list-published');
    await supervisor.page.getByRole('link', { name: 'Lists' }).click();
    await look(supervisor, 'lists');
  });

  test('a model is brought, shows its card, and goes on trial with another account’s approval', async () => {
    const analyst = await people.as('analyst');
    const { page } = analyst;
    const file = join(folder, 'model.json');
    await writeFile(file, JSON.stringify(smallModel()));
    await page.getByRole('link', { name: '模型', exact: true }).click();
    await look(analyst, 'models-none');
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('link', { name: MODEL_NAME }).click();
    await page.getByRole('heading', { name: '模型表现' }).waitFor();
    await page.getByRole('button', { name: '申请影子运行' }).click();
    await page.getByText('须由另一账户审批').waitFor();
    await photograph(analyst, 'model-zh');
    await lookAround(analyst, 'model-card');

    const supervisor = await people.as('supervisor', 'en');
    await supervisor.page.goto(new URL(page.url()).pathname);
    await supervisor.page.getByRole('button', { name: 'Approve' }).click();
    await supervisor.page.locator('.rule-lead').getByText('On trial').waitFor();
    await look(supervisor, 'model-on-trial');
    await supervisor.page.getByRole('link', { name: 'Models' }).click();
    await look(supervisor, 'models');
  });

  test('the supervisor freezes the catalogue of risk points, and tests what is live against it', async () => {
    const supervisor = await people.as('supervisor', 'en');
    const { page } = supervisor;
    await page.getByRole('link', { name: 'Coverage' }).click();
    await page.getByText('No period has been frozen yet.').waitFor();
    await page.getByRole('button', { name: 'Freeze a period' }).click();
    await page.getByLabel('Name').fill('2030Q1');
    await page.getByLabel('First day').fill('2030-01-01');
    await page.getByLabel('Last day').fill('2030-03-31');
    await page.getByRole('dialog').getByRole('button', { name: 'Freeze a period' }).click();
    await page.getByRole('button', { name: 'Test the live detectors now' }).click();
    await page.getByRole('heading', { name: 'Coverage in 2030Q1' }).waitFor();
    await lookAround(supervisor, 'coverage');
  });

  test.each([
    ['analyst', '/anomalies', 'anomalies'],
    ['supervisor', '/selection', 'selection'],
  ])('%s at %s', async (account, path, name) => {
    const reader = await people.as(account);
    await reader.page.goto(path);
    await lookAround(reader, name);
  });
});
