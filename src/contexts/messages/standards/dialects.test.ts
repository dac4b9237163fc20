// The same standards as other administrations and other ways of travelling write them: consignments of the air with their
// masters, lines that are no commodities, a shipment whose moments stand right in their elements, reports of carriers, exports
// of e-commerce. Each says the same as its kind does everywhere, by the same names.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../reading/read.ts';
import { at } from '../reading/testing.ts';

const here = new URL('.', import.meta.url);

const DIALECTS: Readonly<
  Record<
    string,
    readonly [
      standard: string,
      kind: string,
      told: readonly string[],
      values: Readonly<Record<string, unknown>>,
    ]
  >
> = {
  'cuscar/fixtures/dialect-air.edi': [
    'CUSCAR',
    'manifest',
    [],
    {
      id: 'MAN+88',
      date: '2026-07-04',
      carrier: 'JHAIR',
      'parties.1': { role: 'CA', id: 'JHCAR' },
      'bills.0.number': 'H0001',
      'bills.0.master': '999-10000001',
      'bills.0.contractTerms': '30',
      'bills.0.freight': '1500',
      'bills.0.value': '20000',
      'bills.0.grossMassKg': '453.59237',
      'bills.0.items.0.volumeM3': '2.8316846592',
      'bills.0.containers.0.seals': ['K1'],
      'bills.0.containers.0.sealing': [{ number: 'K1', by: 'CA' }],
      'bills.0.containers.0.haulage': '2',
      'bills.1.number': 'H0002',
      'bills.1.master': '999-10000001',
      'bills.1.grossMassKg': '30',
    },
  ],
  'cusdec/fixtures/dialect-lines.edi': [
    'CUSDEC',
    'declaration',
    [],
    {
      'message.sentAt': '1998-07-04T09:30:00',
      id: 'JH-L-1',
      ieFlag: 'E',
      procedureCode: 'N20',
      codes: [{ number: '2' }],
      'transport.transportDocNo': 'TD-9',
      'parties.domestic.id': 'JH001',
      'parties.overseas.name': 'EXAMPLE BUYER',
      currency: 'USD',
      totalValueCurrency: 'AUD',
      grossMassKg: '1500',
      'packages.count': 4,
      totals: [{ kind: 'packages', value: '3' }],
      'lines.0.hsCode': '95030060',
      'lines.0.description': 'WOODEN TOYS',
      'lines.0.quantity': '500',
      'lines.0.value': '9000.00',
      'lines.0.unitPrice': '18.00',
      'lines.0.prices': [{ kind: 'AAA', price: '17.50' }],
      'lines.0.documents.0.validUntil': '2026-12-31',
      'lines.1.lineNo': 2,
      'lines.1.reference': 'B-2',
      'lines.1.hsCode': '84733010',
    },
  ],
  'cusdec/fixtures/dialect-export.edi': [
    'CUSDEC',
    'declaration',
    ['messages.decimal_mark', 'messages.reference_differs'],
    {
      id: 'JH-EX-9',
      ieFlag: 'E',
      'transport.mode': '1',
      'transport.conveyance': 'JIANGHAI STAR',
      'transport.nationality': 'PA',
      'transport.partnerCountry': 'US',
      'parties.domestic.id': 'ESX0001',
      'parties.overseas.country': 'US',
      tradeTerms: 'FOB',
      totalValue: '2736.96',
      'lines.0.hsCode': '5603929090',
      'lines.0.procedure': { current: '10', previous: '00' },
      'lines.0.netMassKg': '258.500',
      'lines.0.documents.0': { kind: 'N380', number: 'INV-1', date: '2026-04-22' },
    },
  ],
  'asycuda/fixtures/dialect-houses.xml': [
    'ASYCUDA-AWMDS',
    'manifest',
    [],
    {
      office: 'XXSEA',
      voyageNo: '026W',
      'bills.0.number': 'H-1',
      'bills.0.master': 'JHBL1',
      'bills.0.packages': 3,
      'bills.0.grossMassKg': '30',
    },
  ],
  'wco/fixtures/dialect-shipment.xml': [
    'WCO-DEC',
    'declaration',
    [],
    {
      'message.type': 'EXD',
      id: 'JH-X-1',
      ieFlag: 'E',
      declaredAt: '2026-07-04T09:30:00',
      exitAt: '2026-07-05',
      'parties.domestic': { id: 'E-1', telephone: '+64 9 2' },
      'parties.overseas.name': 'EXAMPLE WOOL',
      'parties.declarant.communications': ['a@b.example', '+64 9 1'],
      'amendment.pointers': [{ sequence: 1, section: '42A', tag: '114' }],
      'transport.mode': '4',
      'transport.conveyance': 'JH108',
      'transport.inlandConveyance': 'LORRY-1',
      'transport.transportDocNo': '999-1',
      'transport.houseDocNo': 'H-1',
      'transport.partnerCountry': 'AU',
      invoicedOn: '2026-07-01',
      packages: { count: 5, kind: 'CT', further: [{ count: 1, kind: 'BX' }] },
      'lines.0.unitPrice': '12.5',
      'lines.0.originCountry': 'NZ',
      'lines.0.procedure': { additional: ['C07'] },
    },
  ],
  'wco/fixtures/dialect-cargo-report.xml': [
    'WCO-CRI',
    'manifest',
    [],
    {
      id: 'JH-CRI-1',
      kind: 'original',
      'message.type': 'CRI',
      voyageNo: '026W',
      carrier: 'JHCAR',
      'bills.0.number': 'JHBL9',
      'bills.0.packages': 10,
      'bills.0.consignee.name': 'EXAMPLE IMPORT',
      'bills.0.items.0.hsCode': '950300',
      'bills.0.items.0.grossMassKg': '320',
      'bills.0.containers.0.seals': ['Z-1'],
    },
  ],
  'asycuda/fixtures/dialect-manifest.xml': [
    'ASYCUDA-AWMDS',
    'manifest',
    [],
    {
      office: 'XXSEA',
      voyageNo: '026W',
      date: '2026-07-04',
      carrier: 'JHCAR',
      'conveyance.name': 'JIANGHAI STAR',
      loadingPort: 'CNSHA',
      'bills.0.number': 'JHBL1',
      'bills.0.shipper.name': 'EXAMPLE EXPORT',
      'bills.0.consignee.id': 'C-1',
      'bills.0.packages': 260,
      'bills.0.grossMassKg': '9500.25',
      'bills.0.hsCode': '950300',
      'bills.0.value': '30000',
      'bills.0.currency': 'EUR',
      'bills.0.freight': '1200',
      'bills.0.freightCurrency': 'USD',
      'bills.0.containers.0.seals': ['SL-1', 'SL-2'],
      'bills.1.master': 'JHBL1',
    },
  ],
  'cargo-manifest/fixtures/dialect-air.xml': [
    'MT2201',
    'manifest',
    ['messages.type_not_as_declared'],
    {
      kind: 'preLoading',
      office: '2233',
      voyageNo: 'JH987/20260704',
      'bills.0.loadedAt': '2026-07-04T09:30:00',
      'bills.0.date': '2026-07-05',
      'bills.0.freightPayment': 'PP',
      'bills.0.packages': 9,
      'bills.0.packageKind': 'CT',
      'bills.0.containers.0.seals': ['S2', 'M/S1'],
      'bills.0.containers.0.sealing': [{ number: 'S2', by: 'CU' }],
      'bills.0.items.0.packages': 9,
    },
  ],
  'ceb/fixtures/dialect-ceb603.xml': [
    'CEB603',
    'inventory',
    [],
    {
      id: 'COPX1',
      ieFlag: 'E',
      orderNo: 'JH-X-731',
      supervisionMode: '9610',
      'parties.merchant.name': '江海示范电商',
      'transport.port': '2500',
      freight: '1.5',
      freightCurrency: '142',
      'lines.0.hsCode': '9503008900',
      'lines.0.destinationCountry': '502',
      'lines.0.statutoryQuantity': '1.5',
    },
  ],
};

describe('dialects are understood', () => {
  test.each(Object.entries(DIALECTS))('%s', (file, [standard, kind, told, values]) => {
    const { documents, problems } = readMessage(readFileSync(new URL(file, here)));
    const [{ document, ...named } = { document: {} }, ...others] = documents;
    expect(others).toEqual([]);
    expect(named).toEqual({ standard, kind });
    expect(
      Object.fromEntries(Object.keys(values).map((path) => [path, at(document, path)])),
    ).toEqual(values);
    expect([...new Set(problems.map(({ code }) => code))].sort()).toEqual(told);
  });

  test('each of them is in the table', () => {
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' });
    const dialects = files.filter((file) => file.includes('fixtures/dialect-'));
    expect(dialects.sort()).toEqual(Object.keys(DIALECTS).sort());
  });
});
