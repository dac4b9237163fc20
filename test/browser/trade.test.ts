// Goods as they really move, with clicks in a real browser: declared in two steps, through a gate before
// they are declared, a week of movements on one declaration, and an electronic release acknowledged by
// the terminal; a manufacturer's day with its bonded ledger; a precursor in disguise and a yard's conflict; then every
// page of cargo, duty and the authorities, in both languages.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bill, voyage } from '../../src/contexts/cargo/manifests/fixtures.ts';
import { localDateOf } from '../../src/kernel/dates.ts';
import { describeBondedDay } from './bonded-day.ts';
import { openBrowser, type Reader, type Screens } from './browser.ts';
import { describeChemicalsDay } from './chemicals-day.ts';
import { declared, fillIn } from './filing.ts';
import { look, lookTwice, settle } from './look.ts';
import { describeMessagesDay } from './messages-day.ts';
import { createPeople, type People } from './people.ts';
import { type DemoPort, startDemoPort } from './port.ts';

/** Nothing is drawn at random: what is filed here goes as it goes with everybody. */
const PORT = { declarations: 200, samplingRate: 0 };
const ZONE = { id: 'waigaoqiao-port', name: '外高桥港综合保税区' };
const TODAY = localDateOf(new Date().toISOString());
const TWO_STEPS = 'TRADE-26-0001';
const LATER = 'TRADE-26-0002';
const BATCH = 'TRADE-26-BA';

let port: DemoPort;
let screens: Screens;
let people: People;
/** The organisation the declarant works for. */
let firm: { readonly uscc: string; readonly name: string };

beforeAll(async () => {
  port = await startDemoPort(PORT);
  screens = await openBrowser(port.url);
  people = createPeople(screens);
  const { page } = await people.as('declarant');
  const { organisation } = await (await page.request.get('/api/session')).json();
  firm = { uscc: organisation.id, name: organisation.nameZh };
});
afterAll(async () => {
  await screens?.close();
  await port?.stop();
});

/** Systems of carriers and gates have no page: they report by the same interface as any program. */
async function send(who: string, method: 'post' | 'put', path: string, data: object) {
  const { page } = await people.as(who);
  const answer = await page.request[method](path, { data, headers: { origin: port.url } });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

async function shipped(number: string): Promise<void> {
  await manifested(number, { consignee: { ...firm, country: 'CN' } });
}

async function manifested(number: string, says: Parameters<typeof bill>[1]): Promise<void> {
  const ship = { carrier: 'DJOL', terminal: 'SHYS4', date: TODAY };
  const filed = await send(
    'carrier',
    'post',
    '/api/manifests',
    voyage(`M-${number}`, [bill(number, says)], ship),
  );
  expect(filed).toMatchObject({ outcome: 'accepted', problems: [] });
}

/** Opens what a button asks for, answers it, and gives the act. */
async function give(
  page: Page,
  button: string,
  said: Readonly<Record<string, string>>,
): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await answer(page, said, dialog);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Fills a form by its labels: a choice is made, the rest is typed. */
async function answer(
  page: Page,
  said: Readonly<Record<string, string>>,
  form: Page | Locator = page,
): Promise<void> {
  for (const [label, value] of Object.entries(said)) {
    const field = form.getByLabel(label, { exact: true }).and(page.locator('input, textarea'));
    if ((await field.getAttribute('role')) === 'combobox') await choose(page, field, value);
    else await field.fill(value);
  }
}

async function choose(page: Page, field: Locator, wanted: string): Promise<void> {
  await field.click();
  if ((await field.getAttribute('readonly')) === null) await field.fill(wanted);
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: wanted })
    .first()
    .click();
}

async function pay(reader: Reader, id: string): Promise<void> {
  const { page } = reader;
  await page.goto(`/duty/${id}`);
  await look(reader, 'bill-payable');
  await give(page, '登记缴款', { 银行流水号: `TX-${id}` });
  await page.getByText('已缴清').first().waitFor();
}

describe('declared in two steps', () => {
  const BILL = 'DJOLTRADE1';
  /** What the declarant does not know yet when the ship comes in. */
  const {
    'parties.overseas.country': country,
    'parties.overseas.name': overseas,
    ...summary
  } = declared;
  const later = { 'parties.overseas.country': country, 'parties.overseas.name': overseas };

  test('the declarant sees what each way asks and costs, and files a summary', async () => {
    const reader = await people.as('declarant');
    const { page } = reader;
    await page.goto(`/file?id=${TWO_STEPS}`);
    await page.getByRole('radio', { name: /^两步申报/ }).check();
    await fillIn(page, {
      ...summary,
      ...{ 'transport.transportDocNo': BILL, 'parties.domestic.uscc': firm.uscc },
      'parties.domestic.name': firm.name,
    });
    await page.locator('#filing-transport-date').fill(TODAY);
    await page.getByText('税费合计').waitFor();
    await lookTwice(reader, 'filing-modes');
    await page.getByRole('button', { name: '申报', exact: true }).click();
    await page.getByRole('heading', { name: /^\d{18} 已申报并受理$/ }).waitFor();
  });

  test('its tax is paid, its bill arrives, and it is released by itself', async () => {
    const declarant = await people.as('declarant');
    await pay(declarant, TWO_STEPS);
    await shipped(BILL);
    await declarant.page.goto(`/declarations/${TWO_STEPS}`);
    await declarant.page.getByRole('heading', { name: '只等运抵确认' }).waitFor();

    const terminal = await people.as('terminal', 'en');
    const { page } = terminal;
    await page.getByRole('link', { name: 'Quay work' }).click();
    const row = page.getByRole('row', { name: BILL });
    await row.waitFor();
    await lookTwice(terminal, 'terminal-arrivals');
    await row.getByRole('button', { name: 'Confirm arrival' }).click();
    await declarant.page.getByRole('heading', { name: /^已于 .* 放行$/ }).waitFor();
  });

  test('the terminal acknowledges the electronic release, and the declarant sees it', async () => {
    const terminal = await people.as('terminal', 'en');
    const { page } = terminal;
    await page.getByRole('button', { name: /^Releases to acknowledge/ }).click();
    const row = page.getByRole('row', { name: `${TWO_STEPS}-R1` });
    await row.waitFor();
    await look(terminal, 'terminal-notices');
    await row.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('1 acknowledged').waitFor();

    const declarant = await people.as('declarant');
    await declarant.page.getByText('码头已确认').waitFor();
    await lookTwice(declarant, 'consignment-released');
    await declarant.page.goto(`/releases/${TWO_STEPS}-R1`);
    for (const verdict of ['未被改动', '本口岸签发', '有效']) {
      await declarant.page.getByText(verdict, { exact: true }).waitFor();
    }
    await lookTwice(declarant, 'release-notice');
  });

  test('the second step completes it', async () => {
    const reader = await people.as('declarant');
    const { page } = reader;
    await page.goto(`/declarations/${TWO_STEPS}`);
    await page.getByRole('link', { name: '完整申报', exact: true }).first().click();
    await fillIn(page, later);
    await look(reader, 'filing-second-step');
    await page.getByRole('button', { name: '提交完整申报' }).click();
    await page.getByRole('heading', { name: /^\d{18} 已完整申报$/ }).waitFor();
    await look(reader, 'filing-completed');
  });
});

describe('through the gate first', () => {
  const BILL = 'DJOLTRADE2';
  const PLATE = '沪A80001';
  let passport: string;

  test('a passport over the bill is approved at once, and passes both gates of the zone', async () => {
    await shipped(BILL);
    const vehicle = { plate: PLATE, organisation: firm.uscc, tareKg: '5000', kind: 'van' };
    await send('declarant', 'put', '/api/vehicles', vehicle);
    const reader = await people.as('declarant');
    const { page } = reader;
    await page.goto('/passports/new');
    await answer(page, {
      区域: ZONE.name,
      进出方式: '先入区后报关',
      单证种类: '提运单',
      单证编号: BILL,
      车牌: PLATE,
      车型: '厢式车',
      '自重（千克）': '5000',
      '货物毛重（千克）': '1050',
    });
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('审核通过').first().waitFor();
    await lookTwice(reader, 'passport-new');
    const link = page.getByRole('link', { name: /^Z\d{4}I/ });
    passport = await link.innerText();
    await link.click();
    for (const [gate, kg] of [
      ['WGP-1', '6062'],
      ['WGP-1B', '6054'],
    ]) {
      const reading = { id: `G-${passport}-${gate}`, gate, lane: 'in-1', plate: PLATE };
      const verdict = await send('terminal', 'post', '/api/gates/readings', {
        ...reading,
        weighing: { kg },
      });
      expect(verdict).toMatchObject({ verdict: 'open' });
    }
    await page.locator('.gate-passed').nth(1).waitFor();
    await lookTwice(reader, 'passport-passed');
  });

  test('and its goods are declared afterwards, with the passport they entered by', async () => {
    const reader = await people.as('declarant');
    const { page } = reader;
    await page.goto(`/file?id=${LATER}`);
    await page.getByText(/^更多模式/).click();
    await page.locator('input[type=radio][value=firstLine]').check();
    await page.locator('input[type=radio][value=enterFirst]').check();
    await page.locator('#filing-modes-zone').fill(ZONE.id);
    await page.locator('#filing-modes-passportNo').fill(passport);
    await fillIn(page, {
      ...declared,
      ...{ 'transport.transportDocNo': BILL, 'parties.domestic.uscc': firm.uscc },
      'parties.domestic.name': firm.name,
    });
    await page.getByRole('button', { name: '申报', exact: true }).click();
    await page.getByRole('heading', { name: /^\d{18} 已申报并受理$/ }).waitFor();
    await pay(reader, LATER);
    await page.goto(`/declarations/${LATER}`);
    await page.getByRole('heading', { name: /^已于 .* 放行$/ }).waitFor();
    await lookTwice(reader, 'consignment-entered-first');
  });
});

describe('a week of movements', () => {
  const PLATE = '沪A80002';

  test('the declarant applies, and an officer approves', async () => {
    const reader = await people.as('declarant');
    const { page } = reader;
    await page.goto('/batches/new');
    await answer(page, {
      业务申报表: BATCH,
      区域: ZONE.name,
      有效期起: TODAY,
      有效期止: `${new Date().getUTCFullYear() + 1}-01-31`,
      贸易国: 'DE',
      境外收发货人: 'Elbe Handels GmbH',
      境外国别: 'DE',
      料号: 'P-1',
      货名: '深沟球轴承',
      商品编码: '8482102000',
      原产国: 'DE',
      计量单位: '011',
      单价: '5',
      币制: 'EUR',
      限额: '1000',
    });
    await look(reader, 'batch-new');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('待审核').first().waitFor();

    const officer = await people.as('officer');
    await officer.page.goto(`/batches/${BATCH}`);
    await give(officer.page, '审核', { 答复: '同意' });
    await officer.page.getByText('有效', { exact: true }).first().waitFor();
  });

  test('what really crossed becomes one declaration, whose totals agree', async () => {
    const reader = await people.as('declarant');
    const { page } = reader;
    const vehicle = { plate: PLATE, organisation: firm.uscc, tareKg: '5000', kind: 'van' };
    await send('declarant', 'put', '/api/vehicles', vehicle);
    await page.goto(`/batches/${BATCH}`);
    for (const [day, quantity] of [11, 12, 13, 14, 15].entries()) {
      const no = `${BATCH}-${day + 1}`;
      await give(page, '开具出入库单', {
        出入库单编号: no,
        商品: `1, ${quantity}, ${quantity}, ${quantity}, 1`,
      });
      await send('declarant', 'post', '/api/passports', {
        id: `P-${no}`,
        content: {
          ...{ type: 'secondLine', binding: 'oneListOneVehicle', zone: ZONE.id, line: 'second' },
          ...{ direction: 'out', goodsGrossKg: String(quantity) },
          papers: [{ kind: 'stockBill', no }],
          vehicle: { plate: PLATE, tareKg: '5000' },
        },
      });
      for (const gate of ['WGP-B', 'WGP-A']) {
        const kg = String(5000 + quantity + (gate === 'WGP-A' ? 2 : 4));
        const reading = { id: `G-${no}-${gate}`, gate, lane: 'out-1', plate: PLATE };
        const said = await send('terminal', 'post', '/api/gates/readings', {
          ...reading,
          weighing: { kg },
        });
        expect(said).toMatchObject({ verdict: 'open' });
      }
    }
    await page.getByText('EUR 325.00').first().waitFor();
    await lookTwice(reader, 'batch-preview');
    await page.getByRole('button', { name: '办理集中申报', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '办理集中申报' }).click();
    await page.getByText('已申报', { exact: true }).first().waitFor();
    await lookTwice(reader, 'batch-declared');
    await page.getByRole('link', { name: /^\d{18}$/ }).click();
    await page.getByRole('heading', { level: 1, name: /^\d{18}$/ }).waitFor();
    await settle(page);
    await look(reader, 'consignment-consolidated');
  });
});

test('a carrier puts a house bill right in a form, and sees what changes before it is sent', async () => {
  const number = 'DJOLTRADE3';
  const house = (no: string, packages: number, grossMassKg: string) =>
    bill(no, { packages, grossMassKg });
  await manifested(number, { houses: [house('H1', 4, '420'), house('H2', 6, '630')] });
  const reader = await people.as('carrier');
  const { page } = reader;
  await page.goto(`/bills/${number}`);
  await page.getByRole('link', { name: '修改', exact: true }).click();
  await page.getByText('合计 10 件 · 1,050 kg，与总提单一致').waitFor();
  await page.getByText('H2', { exact: true }).click();
  await page.locator('details[open]').getByLabel('件数').fill('5');
  await page.getByText('合计 9 件 · 1,050 kg，与总提单不一致').waitFor();
  await page.getByLabel('原因').fill('少装一件');
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByRole('alert').getByText('件数').first().waitFor();
  await lookTwice(reader, 'bill-correction');
  await page.getByLabel('件数').first().fill('9');
  await page
    .getByRole('row', { name: /H2 · 件数/ })
    .getByText('5', { exact: true })
    .waitFor();
  await page.getByRole('button', { name: '修改', exact: true }).click();
  await page.getByRole('heading', { name: '舱单内容' }).waitFor();
  await page.getByText('5 件 · 630 kg').first().waitFor();
});

describeBondedDay({ people: () => people, send });
describeMessagesDay({ people: () => people });
describeChemicalsDay({ people: () => people, send });

describe('every page of the trade', () => {
  test.each([
    ['officer', '/bills', 'bills'],
    ['officer', '/bills/DJOLTRADE1', 'bill'],
    ['officer', '/passports', 'passports'],
    ['officer', '/gates', 'gates'],
    ['officer', '/releases', 'releases'],
    ['declarant', '/zones', 'zones'],
    ['declarant', '/batches', 'batches'],
    ['declarant', '/entries', 'entries'],
    ['declarant', '/duty', 'duty'],
    ['declarant', '/guarantees', 'guarantees'],
    ['carrier', '/manifests', 'manifests'],
    ['carrier', '/manifests/new', 'manifest-new'],
    ['carrier', '/manifests/M-DJOLTRADE1', 'manifest'],
    ['supervisor', '/downtime', 'downtime'],
    ['auditor', '/ledger', 'ledger'],
    ['authority', '/checks', 'checks'],
    ['officer', '/checks', 'checks-officer'],
    ['officer', '/permits', 'permits'],
    ['declarant', '/prohibitions', 'prohibitions'],
    ['officer', '/audits', 'audits'],
    ['declarant', '/modes', 'modes'],
    ['officer', '/clocks', 'clocks'],
  ])('%s at %s', async (account, path, name) => {
    const reader = await people.as(account);
    await reader.page.goto(path);
    await lookTwice(reader, `trade-${name}`);
  });
});
