import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { IMPORTER } from '../../src/contexts/clearance/fixtures.ts';
import type { DutyBill } from '../../src/contexts/duty/contract.ts';
import type { Reader } from './browser.ts';

/** What the declarant has on the desk: an ordinary import by sea. Codes are chosen, the rest is typed. */
export const declared = {
  declarationOffice: '2225',
  borderOffice: '2225',
  'parties.domestic.uscc': IMPORTER,
  'parties.domestic.name': '上海浦江贸易有限公司',
  'parties.overseas.country': 'DE',
  'parties.overseas.name': 'Elbe Handels GmbH',
  'parties.terminal.name': '外高桥港区四期',
  'transport.conveyance': 'COSCO SHIPPING ARIES',
  'transport.voyageNo': '041E',
  'transport.transportDocNo': 'COSU6301234560',
  'transport.partnerCountry': 'DE',
  'lines[0].hsCode': '8482102000',
  'lines[0].description': '深沟球轴承',
  'lines[0].originCountry': 'DE',
  'lines[0].quantity': '1000',
  'lines[0].unit': '011',
  'lines[0].netMassKg': '1000',
  'lines[0].unitPrice': '5',
  'lines[0].value': '5000',
  'packages.kind': '22',
  'packages.count': '10',
  grossMassKg: '1050',
  netMassKg: '1000',
  currency: 'EUR',
  totalValue: '5000',
} as const;

export async function fillIn(
  page: Page,
  content: Readonly<Partial<Record<keyof typeof declared, string>>>,
): Promise<void> {
  for (const [path, value] of Object.entries(content)) {
    const field = page.locator(`#filing-${path.replace(/[^A-Za-z0-9]+/g, '-')}`);
    await field.waitFor();
    if ((await field.getAttribute('role')) === 'combobox') {
      await field.fill(value);
      await page
        .locator('.ant-select-dropdown:visible .ant-select-item-option')
        .filter({ hasText: new RegExp(`^${value} `) })
        .click();
    } else {
      await field.fill(value);
      expect(await field.inputValue()).toBe(value);
    }
  }
}

/** What programs bring by themselves: the carrier's manifest, and the tax by the declarant's bank. */
export async function bringManifestAndTax(
  { carrier, declarant }: { readonly carrier: Reader; readonly declarant: Reader },
  id: string,
): Promise<void> {
  const send = async ({ page }: Reader, path: string, data: unknown) => {
    const headers = { origin: new URL(page.url()).origin };
    const answer = await page.request.post(path, { data, headers });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  await send(carrier, '/api/manifests', {
    ...{ kind: 'original', id: `MF-${id}`, carrier: 'DJOL', office: '2225', terminal: 'SHWGQ4' },
    conveyance: { mode: '2', name: declared['transport.conveyance'], registration: null },
    ...{ voyageNo: declared['transport.voyageNo'], date: new Date().toISOString().slice(0, 10) },
    bills: [
      {
        ...{ number: declared['transport.transportDocNo'], packages: 10, packageKind: '22' },
        ...{ grossMassKg: '1050', description: '深沟球轴承', loadingPort: 'DEHAM' },
        ...{ dischargePort: 'CNSHA', shipper: { name: 'Elbe Handels GmbH', country: 'DE' } },
        consignee: { uscc: IMPORTER, name: '上海浦江贸易有限公司', country: 'CN' },
        containers: [{ number: 'CSQU3054383', sizeType: '22G1', seals: ['S1'] }],
      },
    ],
  });
  const path = `/api/duty/bills/${id}`;
  const bill = (await (await declarant.page.request.get(path)).json()) as DutyBill;
  await send(declarant, `${path}/payments`, {
    ...{ id: `PAY-${id}`, amount: bill.outstanding, reference: 'BANK-1' },
  });
}

/** An examination that found something, attended and signed by two officers; what was found is told after it. */
export async function fillExamination(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '记录查验' }).waitFor();
  await page.getByRole('checkbox', { name: '部分开箱' }).check();
  await page.getByRole('radio', { name: '有人到场并签名' }).check();
  await page.getByLabel('到场人').fill('周明');
  await page.getByRole('textbox', { name: '签名' }).fill('周明');
  await page.getByLabel('关员 2').fill('李文静');
  await page.getByRole('radio', { name: /有查获/ }).check();
}
