// Our own messages, one of each form, and what a program must find in them: the same names, whatever the
// standard. Where the reading aids are present they are read too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../reading/read.ts';
import { at } from '../reading/testing.ts';
import { STANDARDS } from './index.ts';

const here = new URL('.', import.meta.url);
const reading = (file: string) => readMessage(readFileSync(new URL(file, here)));

type Values = Readonly<Record<string, unknown>>;
const EXPECTED: Readonly<
  Record<string, readonly [standard: string, kind: string, values: Values]>
> = {
  'ceb/fixtures/ceb311-order.xml': [
    'CEB311',
    'order',
    {
      orderNo: 'JH-2026-000731',
      appliedAt: '2026-07-05T09:30:15',
      goodsValue: '318.50',
      paid: '338.99',
      'parties.merchant.customsRegNo': '3122260ABC',
      'lines.0.quantity': '2.5',
      'lines.0.originCountry': '410',
      'message.channel': 'DXPENT0000009999',
    },
  ],
  'ceb/fixtures/ceb621-inventory.xml': [
    'CEB621',
    'inventory',
    {
      id: 'COP20260705001',
      ledger: 'T3122W000099',
      declaredOn: '2026-07-05',
      supervisionMode: '1210',
      'transport.mode': 'Y',
      'packages.count': 1,
      'lines.0.hsCode': '0901210000',
      'lines.0.statutoryQuantity': '1.25',
    },
  ],
  'ceb/fixtures/ceb622-return.xml': [
    'CEB622',
    'inventoryResponse',
    { outcome: 'released', number: '22162026I000000731', answeredAt: '2026-07-05T10:30:45.123' },
  ],
  'goldgate/fixtures/inv101.xml': [
    'INV101',
    'bondedList',
    {
      id: 'JH-INV-9',
      ledger: 'T2216W000031',
      'parties.operator.uscc': '91310115MA00000001',
      supervisionMode: '0615',
      'declaration.linkType': '2',
      'lines.0.quantity': '1000.00000',
      'lines.1.partNo': 'P-101',
      'lines.1.originCountry': '110',
      declare: '1',
    },
  ],
  'goldgate/fixtures/inv211.xml': [
    'INV211',
    'bondedListResponse',
    {
      outcome: 'posted',
      'list.postingMode': 'D',
      'list.postedAt': '2026-07-06T07:59:58',
      'postings.0.increased': '1000',
      'postings.0.lastIn': '2026-07-06',
    },
  ],
  'goldgate/fixtures/sas121.xml': [
    'SAS121',
    'gatePassport',
    {
      id: 'JH-GP-1',
      type: '3',
      direction: 'I',
      'vehicle.plate': '沪A12345',
      'containers.0.no': 'TCLU1234567',
      papers: [{ kind: '1', no: 'QD221626I000000009' }],
      goodsGrossKg: '3.2',
      'lines.0.paperLineNo': '1',
    },
  ],
  'goldgate/fixtures/sas223.xml': [
    'SAS223',
    'gatePassportResponse',
    {
      outcome: 'crossed',
      'passport.number': 'Z2216I260705000000000001',
      'passport.gates.first.at': '2026-07-05T12:29:50',
      'passport.differenceKg': '6.8',
    },
  ],
  'goldgate/fixtures/ems121.xml': [
    'EMS121',
    'writeOffFiling',
    {
      ledger: 'E2216W000007',
      'period.to': '2026-06-30',
      'materials.0.bookRemainder': '100.00123',
      'materials.0.difference': '-0.50123',
      'products.0.partNo': 'F-1',
      'lists.0.number': 'QD221626I000000009',
    },
  ],
  'dec-message/fixtures/merged-2018.xml': [
    'DecMessage',
    'declaration',
    {
      id: 'JH-DEC-1',
      number: '221620261000000001',
      ieFlag: 'I',
      declarationOffice: '2216',
      borderOffice: '2248',
      supervisionMode: '0110',
      levyNature: '101',
      'parties.domestic.uscc': '91310115MA00000003',
      'parties.overseas.name': 'EXAMPLE PARTS INC',
      'transport.transportDocNo': 'JHBL0001*H01',
      'transport.voyageNo': '026W',
      grossMassKg: '1250.75',
      currency: 'USD',
      'lines.0.hsCode': '8471705000',
      'lines.0.unitPrice': '55.125',
      'lines.0.dangerous.unNumber': '1993',
      'lines.1.licences.0.number': 'CCC-1',
      'licences.0.number': '<01>ORIG-1',
      'containers.0.number': 'TCLU1234567',
    },
  ],
  'dec-message/fixtures/before-2018.xml': [
    'DecMessage',
    'declaration',
    {
      id: 'JH-DEC-0',
      ieFlag: 'E',
      ledger: 'C22160000001',
      'payment.method': '2',
      'lines.0.recordSeqNo': '7',
      'lines.0.currency': '502',
    },
  ],
  'cargo-manifest/fixtures/mt1401.xml': [
    'MT1401',
    'manifest',
    {
      kind: 'original',
      voyageNo: '026W',
      'conveyance.registration': 'UN9300001',
      'bills.0.number': 'H01',
      'bills.0.master': 'JHBL0001',
      'bills.0.packages': 42,
      'bills.0.grossMassKg': '1250.75',
      'bills.0.items.0.grossMassKg': '1250.75',
      'bills.0.loadingPort': 'USLAX',
      'bills.0.shipper.country': 'US',
      'bills.0.containers.0.seals': ['SL-1', 'SL-2'],
      'bills.0.items.0.marks': 'JH/1-42',
      date: '2026-07-01',
    },
  ],
  'wco/fixtures/dec-export.xml': [
    'WCO-DEC',
    'declaration',
    {
      id: 'JHLRN00042',
      ieFlag: 'E',
      borderOffice: 'NL000510',
      'parties.domestic.id': 'NL000000002',
      'parties.overseas.name': 'Jianghai Trading',
      'transport.partnerCountry': 'CN',
      'transport.conveyance': 'JIANGHAI STAR',
      totalValue: '4200.00',
      'lines.0.hsCode': '84137045',
      'lines.0.statutoryQuantity': '6',
      'lines.0.documents.0.kind': 'Y901',
      'lines.0.procedure': { current: '10', previous: '00' },
      'containers.0.seals': ['S9'],
    },
  ],
  'wco/fixtures/res-released.xml': [
    'WCO-RES',
    'declarationResponse',
    {
      outcome: 'released',
      'declaration.id': 'JHLRN00042',
      'declaration.number': '26NL000510A0000001',
      'statuses.0.releasedAt': '2026-07-02T08:14:00Z',
    },
  ],
  'asycuda/fixtures/sad-import.xml': [
    'ASYCUDA-SAD',
    'declaration',
    {
      id: 'JH-77',
      ieFlag: 'I',
      'parties.domestic.id': 'T-900',
      'parties.overseas.name': 'EXAMPLE EXPORTS',
      'transport.partnerCountry': 'CN',
      grossMassKg: '1234.5',
      totalValue: '1250.4',
      currency: 'USD',
      'lines.0.hsCode': '85171300',
      'lines.0.procedure.current': '40',
      'lines.0.statutoryQuantity': '60',
      'lines.0.taxes.0.amount': '29109.31',
      'lines.0.documents.0.date': '2026-07-31',
      'containers.0.number': 'TCLU1234567',
    },
  ],
  'cuscar/fixtures/manifest.edi': [
    'CUSCAR',
    'manifest',
    {
      id: 'MAN2026001',
      voyageNo: '026W',
      carrier: 'JHCAR',
      'conveyance.name': 'JIANGHAI STAR',
      'bills.0.number': 'JHBL0001',
      'bills.0.shipper.name': 'EXAMPLE PARTS+TOOLS INC',
      'bills.0.grossMassKg': '1250.75',
      'bills.0.packages': 42,
      'bills.0.containers.0.seals': ['SL-1'],
      'bills.0.items.0.dangerous.unNumber': '3481',
      'bills.1.packages': 5,
    },
  ],
  'cusdec/fixtures/import.edi': [
    'CUSDEC',
    'declaration',
    {
      id: 'JHREF7',
      ieFlag: 'I',
      declarationOffice: '2216',
      'parties.domestic.name': 'JIANGHAI TRADING',
      'parties.overseas.name': 'EXAMPLE PARTS INC',
      'transport.transportDocNo': 'JHBL0001',
      'transport.partnerCountry': 'US',
      totalValue: '4200.00',
      'lines.0.hsCode': '8413704590',
      'lines.0.originCountry': 'DE',
      'lines.0.netMassKg': '790',
      'lines.0.taxes.0.amount': '231.00',
    },
  ],
  'cusres/fixtures/rejected.edi': [
    'CUSRES',
    'declarationResponse',
    {
      outcome: 'rejected',
      'declaration.number': '26CN000000000007',
      'errors.0.code': 'E014',
      'errors.0.text': 'Commodity code is not in force',
      'errors.1.code': 'E101',
      'taxes.0.amount': '231.00',
    },
  ],
  'iftmin/fixtures/instruction.edi': [
    'IFTMIN',
    'transportInstruction',
    {
      id: 'SI-2026-1',
      bookingNo: 'BK0001',
      transportDocNo: 'JHBL0001',
      voyageNo: '026W',
      loadingPort: 'USLAX',
      dischargePort: 'CNSHA',
      'parties.shipper.name': 'EXAMPLE PARTS INC',
      'totals.packages': 42,
      'items.0.dangerous.unNumber': '3481',
      'items.0.grossMassKg': '1250.75',
      'containers.0.seals': ['SL-1'],
    },
  ],
};

describe('our own messages say what they were written to say', () => {
  test.each(Object.entries(EXPECTED))('%s', (file, [standard, kind, values]) => {
    const { documents, problems } = reading(file);
    expect(documents).toHaveLength(1);
    const [{ document, ...named }] = documents as [(typeof documents)[number]];
    expect(named).toEqual({ standard, kind });
    expect(
      Object.fromEntries(Object.keys(values).map((path) => [path, at(document, path)])),
    ).toEqual(values);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('every standard has its own', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((it) => it.isDirectory());
    expect(folders).toHaveLength(STANDARDS.length);
    const files = folders.flatMap(({ name }) =>
      readdirSync(new URL(`${name}/fixtures/`, here)).map((file) => `${name}/fixtures/${file}`),
    );
    // What others' files hold besides has a table of its own.
    const own = files.filter((file) => !/\/(?:profile|dialect)-/.test(file));
    expect(own.sort()).toEqual(Object.keys(EXPECTED).sort());
  });
});

const aids = new URL('../../../../../shared/samples/messages/', import.meta.url);
test.skipIf(!existsSync(aids))('the reading aids are understood', () => {
  const files = readdirSync(aids, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(xml|edi)$/.test(file),
  );
  const refused = files.filter(
    (file) => readMessage(readFileSync(new URL(file, aids))).documents.length === 0,
  );
  expect({ read: files.length > 8, refused }).toEqual({ read: true, refused: [] });
});
