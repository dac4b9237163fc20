// A person's walk through the whole: each role signs in, one declaration goes to its release and one
// to a finding and its disposition, in both languages, with clicks and keys in a real browser.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Language, openBrowser, type Reader, type Screens } from './browser.ts';
import { bringManifestAndTax, declared, fillIn } from './filing.ts';
import { changeLanguage, look, lookAround, settle } from './look.ts';
import { createPeople, enter, type People } from './people.ts';
import { PLACES } from './places.ts';
import { type DemoPort, startDemoPort } from './port.ts';

/** Where to put the pictures of the README, when they are to be taken again. */
const SHOTS = process.env.JIANGHAI_SHOTS;
/** A small port, that draws so many at random that its officers have enough to do; a real-looking one for pictures. */
const PORT = SHOTS
  ? { declarations: 4_000, samplingRate: 0.02 }
  : { declarations: 600, samplingRate: 0.25 };
const PASSWORD = 'jianghai-demo';
const FILED = 'WALK-26-0001';

let port: DemoPort;
let screens: Screens;
let people: People;

beforeAll(async () => {
  port = await startDemoPort(PORT);
  screens = await openBrowser(port.url);
  people = createPeople(screens);
});
afterAll(async () => {
  await screens?.close();
  await port?.stop();
});

const as = (account: string, language?: Language): Promise<Reader> => people.as(account, language);

describe('at the door', () => {
  let visitor: Reader;
  beforeAll(async () => {
    visitor = await screens.sitDown('zh');
    await visitor.page.goto('/');
  });

  test('the data is said to be generated, in both languages, light and dark, on any screen', async () => {
    const { page } = visitor;
    await page.getByText('页面上的企业、货物和单证都由程序生成，均非真实。').waitFor();
    await page.getByRole('heading', { name: '江海口岸' }).waitFor();
    await lookAround(visitor, 'sign-in');
    await changeLanguage(page);
    await page.getByText('Every enterprise, consignment and document here was generated').waitFor();
    await page.getByRole('heading', { name: 'Port of Jianghai' }).waitFor();
  });

  test('a wrong password is explained, and the right one opens', async () => {
    const { page } = visitor;
    await page.getByRole('textbox', { name: 'Account' }).fill('officer');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Account or password is wrong.').waitFor();
    await look(visitor, 'sign-in-refused');
    // What was typed wrong is selected: typing replaces it.
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Work list' }).waitFor();
    await page.getByRole('button', { name: /王建国/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Port of Jianghai' }).waitFor();
  });

  test.each(PLACES)('%s finds a home and the places of the post', async (account, home, places) => {
    const { page } = visitor;
    await enter(visitor, account);
    await page.getByRole('heading', { level: 1, name: home }).waitFor();
    expect(await page.locator('.rail nav a').allInnerTexts()).toEqual(places);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(100);
    await look(visitor, `home-${account}`);
    await page.locator('.person').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Port of Jianghai' }).waitFor();
  });
});

describe.runIf(SHOTS)('pictures for the README', () => {
  test.each([
    ['supervisor', 'zh', '/overview', 'overview-zh'],
    ['officer', 'zh', '/work-list', 'work-list-zh'],
  ] as const)('%s in %s at %s', async (account, language, path, name) => {
    const { page } = await as(account, language);
    await page.goto(path);
    await settle(page);
    await page.screenshot({ path: join(SHOTS ?? '', `${name}.png`) });
  });

  test('the declaration with the most to say', async () => {
    const { page } = await as('analyst', 'en');
    await page.goto('/declarations?sort=-score');
    await settle(page);
    await page.locator('tbody th a').first().click();
    await page.locator('.record-tags').waitFor();
    await settle(page);
    await page.screenshot({ path: join(SHOTS ?? '', 'declaration-en.png') });
  });
});

describe('a declaration goes to its release', () => {
  test('the declarant sees what would happen, corrects a slip, and files', async () => {
    const reader = await as('declarant', 'en');
    const { page } = reader;
    await page.getByRole('link', { name: 'File', exact: true }).click();
    // The address chooses the id, as one that was left and found again.
    await page.goto(`/file?id=${FILED}`);
    await fillIn(page, { ...declared, totalValue: '50000' });
    await page.getByRole('button', { name: 'What would happen?' }).click();
    await page.getByRole('heading', { name: '1 thing to correct' }).waitFor();
    await look(reader, 'filing-problem');
    await page.locator('.refusals').getByRole('button', { name: 'Total value' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('filing-totalValue');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(declared.totalValue);
    await page.getByRole('button', { name: 'What would happen?' }).click();
    await page.getByRole('heading', { name: 'It would be accepted' }).waitFor();
    await page.getByText('Nothing has been filed yet.').waitFor();
    await look(reader, 'filing-would-happen');
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('heading', { name: /^\d{18} is filed and accepted$/ }).waitFor();
    await look(reader, 'filing-filed');
    await bringManifestAndTax({ carrier: await as('carrier', 'en'), declarant: reader }, FILED);
    await page.getByRole('link', { name: 'Open the declaration' }).click();
    await page.getByRole('heading', { name: 'Waits only for arrival' }).waitFor();
    await look(reader, 'declaration-waits');
  });

  // A terminal's posts have no page for it: terminals report by their systems, so this one does too.
  test('the terminal reports arrival, and the page in front of the declarant says released by itself', async () => {
    const declarant = await as('declarant', 'en');
    let loads = 0;
    declarant.page.on('load', () => {
      loads += 1;
    });
    const { page: terminal } = await as('terminal', 'en');
    const answer = await terminal.request.post(`/api/declarations/${FILED}/arrival`, {
      data: { premises: declared['parties.terminal.name'] },
      headers: { origin: port.url },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    await declarant.page.getByRole('heading', { name: /^Released / }).waitFor();
    await declarant.page.getByText('No person had to act on it.').waitFor();
    expect(loads).toBe(0);
    await lookAround(declarant, 'declaration-released');
  });
});

describe('a selected consignment is examined, and something is found', () => {
  let id: string;

  test('the officer works the list by keyboard and records the examination', async () => {
    const officer = await as('officer');
    const { page } = officer;
    await page.getByRole('button', { name: /^查验 \d/ }).click();
    await settle(page);
    await look(officer, 'work-list');
    // The first four, the longest waiting, are held; the fifth can go on.
    for (let task = 1; task <= 5; task += 1) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '记录查验' }).waitFor();
    id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByRole('checkbox', { name: '部分开箱' }).check();
    await page.getByRole('radio', { name: '有人到场并签名' }).check();
    await page.getByLabel('到场人').fill('周明');
    await page.getByRole('radio', { name: /有查获/ }).check();
    await page
      .getByLabel('情况描述')
      .fill('箱唛所示规格与申报不符，实为高一档规格，依实物及铭牌确认。');
    const photograph = await page.screenshot();
    await page
      .getByLabel('添加照片')
      .setInputFiles({ name: '铭牌.png', mimeType: 'image/png', buffer: photograph });
    await page.getByRole('img', { name: '照片 铭牌.png' }).waitFor();
    await page.getByRole('button', { name: '提交查验记录' }).click();
    // One officer is not enough, and whoever attends signs: said at once, beside the fields.
    await page.getByRole('group', { name: '查验关员' }).getByRole('alert').waitFor();
    await page.getByRole('group', { name: '货方到场' }).getByRole('alert').waitFor();
    await look(officer, 'examination-refused');
    await page.getByLabel('关员 2').fill('李文静');
    await page.getByRole('textbox', { name: '签名' }).fill('周明');
    await page.getByRole('button', { name: '提交查验记录' }).click();
    await page.getByText('查验记录已提交。').waitFor();
    await page.getByRole('img', { name: '照片 1' }).waitFor();
    await page.getByRole('heading', { name: '查有情事，等待处置' }).waitFor();
    await look(officer, 'examination-recorded');
  });

  test('the finding opened a case; its disposition is decided, carried out, and the case closes', async () => {
    const officer = await as('officer');
    const { page } = officer;
    await page.locator('.record-cases a').click();
    await page.getByText('箱唛所示规格与申报不符').waitFor();
    await page.locator('.case-lead').getByText('处理中').waitFor();
    await look(officer, 'case-open');
    await page.getByRole('link', { name: '到报关单办理' }).click();
    await page.getByRole('button', { name: '作出处置' }).click();
    await page.getByRole('radio', { name: /^补税/ }).check();
    await look(officer, 'disposition');
    await page.getByRole('button', { name: '确定处置' }).click();
    await page.getByText('处置决定已作出。').waitFor();
    await page.getByRole('button', { name: '登记执行' }).click();
    await page.getByLabel('执行情况及凭据').fill('税款已补缴，凭税单核对无误。');
    await page.getByRole('button', { name: '登记执行' }).click();
    await page.getByText('已登记执行。').waitFor();
    await page.locator('.record-cases a').click();
    await page.locator('.case-lead').getByText('已办结').waitFor();
    await look(officer, 'case-closed');
    await page.goto(`/declarations/${id}`);
    await settle(page);
    const told = await page.locator('.timeline').innerText();
    for (const step of [/查验/, /处置/, /执行/]) expect(told).toMatch(step);
    await lookAround(officer, 'declaration-examined');
  });
});

describe('four eyes', () => {
  test('an officer proposes a lighter lane and cannot approve it; a colleague can', async () => {
    const officer = await as('officer');
    const { page } = officer;
    await page.getByRole('link', { name: '待办', exact: true }).click();
    await page.getByRole('button', { name: /^查验 \d/ }).click();
    await page.locator('.work-link').last().click();
    await page.getByRole('button', { name: '返回' }).click();
    const { pathname } = new URL(page.url());
    await page.getByRole('button', { name: '建议降级' }).click();
    await page
      .locator('.choice')
      .filter({ has: page.locator('input[value=yellow]') })
      .click();
    await page.getByRole('radio', { name: /^具体理由/ }).check();
    await page
      .getByRole('textbox', { name: '说明' })
      .fill('同一企业同一型号上周已彻底查验，未见异常。');
    await look(officer, 'downgrade');
    await page.getByRole('button', { name: '提出建议' }).click();
    await page.getByText('降级建议已提出，待另一岗位复核。').waitFor();
    await page.goto(`${pathname}?act=approveDowngrade`);
    await settle(page);
    expect(await page.getByRole('button', { name: /复核/ }).count()).toBe(0);

    const colleague = await as('officer2', 'en');
    await colleague.page.goto(`${pathname}?act=approveDowngrade`);
    await colleague.page.getByRole('radio', { name: 'Approve' }).check();
    await look(colleague, 'downgrade-approval');
    await colleague.page.getByRole('button', { name: 'Give the answer' }).click();
    await colleague.page.getByText('The answer is recorded.').waitFor();
    await colleague.page.locator('.record-tags').getByText('Yellow').waitFor();
    await look(colleague, 'downgraded');
  });
});

describe('those who look over it', () => {
  test('the supervisor opens a figure down to its definition, its counter-figure and its records', async () => {
    const supervisor = await as('supervisor');
    const { page } = supervisor;
    await settle(page);
    await page.getByRole('img', { name: '每天作出决定的报关单数，按通道分' }).waitFor();
    await lookAround(supervisor, 'overview');
    const card = page.locator('.figure').first();
    const name = await card.locator('h3 a').innerText();
    await card.getByRole('button').click();
    await page.locator('.figure-definition').waitFor();
    await look(supervisor, 'overview-definition');
    await page.keyboard.press('Escape');
    const counted = Number(
      (await card.locator('.figure-facts a').innerText()).match(/(\d+) 条$/)?.[1],
    );
    await card.locator('.figure-facts a').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await settle(page);
    expect(await page.locator('#records tbody tr').count()).toBe(counted);
    await lookAround(supervisor, 'figure');
    await page.locator('.counter a').click();
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: name }).waitFor();
    await page.goBack();
    await page.locator('#records tbody a').first().click();
    await page.locator('.record-tags').waitFor();
  });

  test('the auditor verifies the chain and searches it', async () => {
    const auditor = await as('auditor', 'en');
    const { page } = auditor;
    await page.getByRole('link', { name: 'Audit chain' }).click();
    await page.getByRole('button', { name: 'Verify every row' }).click();
    await page.getByText('The chain is intact.').waitFor();
    await page.getByLabel('Subject').fill(`declaration:${FILED}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/subject=/);
    await settle(page);
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBeGreaterThan(0);
    expect(await rows.count()).toBe(await rows.filter({ hasText: FILED }).count());
    await lookAround(auditor, 'audit');
  });

  test('the analyst finds a dataset, asks a question, and is refused one that reads files', async () => {
    const analyst = await as('analyst');
    const { page } = analyst;
    await page.getByRole('link', { name: '数据目录' }).click();
    await page.getByRole('heading', { level: 1, name: '数据目录' }).waitFor();
    await settle(page);
    await lookAround(analyst, 'catalogue');
    await page.locator('tbody a').first().click();
    await settle(page);
    await look(analyst, 'dataset');
    await page.getByRole('link', { name: '数据查询' }).click();
    const question = page.getByRole('textbox', { name: 'SQL' });
    await question.fill(
      'select lane, count(*) as declarations from clearance_decided group by lane order by 2 desc',
    );
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.locator('.sql-answer').getByText('green').waitFor();
    await lookAround(analyst, 'query');
    await question.fill(`select * from read_csv('/etc/passwd')`);
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByRole('alert').waitFor();
    await look(analyst, 'query-refused');
    await page.getByRole('link', { name: '文件导入' }).click();
    await look(analyst, 'imports');
  });
});

describe('the remaining pages in both languages, light and dark, on laptop and phone', () => {
  test.each([
    ['declarant', '/declarations', 'declarations'],
    ['declarant', '/file', 'file'],
    ['declarant', '/bulk', 'bulk'],
    ['officer', '/work-list', 'work-list'],
    ['officer', '/cases?status=all', 'cases'],
    ['terminal', '/me', 'posts'],
  ])('%s at %s', async (account, path, name) => {
    const reader = await as(account);
    await reader.page.goto(path);
    await lookAround(reader, name);
  });

  test('the menu of a phone, the keyboard help, and a page that is not there', async () => {
    const supervisor = await as('supervisor');
    const { page } = supervisor;
    await page.goto('/overview');
    await settle(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await look(supervisor, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL(/\/declarations/);
    await page.goto('/no-such-page');
    await look(supervisor, 'not-found');
  });
});
