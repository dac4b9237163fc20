// What the files of others hold beside the plain case: national profiles, groups, tests, forms of dates and numbers,
// containers with their weights, contacts, papers with their dates, several dangerous goods, elements the standard does
// not have. Each of our messages here says what a program must find in it, by the same names for every standard.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../reading/read.ts';
import { at } from '../reading/testing.ts';

const here = new URL('.', import.meta.url);

type Expected = readonly [
  standard: string,
  kind: string,
  told: readonly string[],
  values: Readonly<Record<string, unknown>>,
];

const PROFILES: Readonly<Record<string, Expected>> = {
  'cuscar/fixtures/profile-ocean.edi': [
    'CUSCAR',
    'manifest',
    ['messages.segment_not_read'],
    {
      declaredAt: '2026-06-30T08:54:00',
      departedAt: '2026-06-28',
      date: '2026-07-01',
      dates: [{ kind: '178', at: '2026-07-01T14:30:00' }],
      'parties.1.contact': 'JOHN DOE',
      'parties.1.communications': [
        { number: '+32 3 123', kind: 'TE' },
        { number: 'a@b.be', kind: 'EM' },
      ],
      'conveyance.meansType': '13',
      'conveyance.nationality': 'BE',
      indicators: [{ code: '45' }],
      unread: [{ segment: 'QTY', text: '52:3:C62' }],
      'bills.0.number': 'ABC123',
      'bills.0.references': [{ kind: 'AAM', number: 'REG-9' }],
      'bills.0.grossMassKg': '24500.5',
      'bills.0.volumeM3': '22.75',
      'bills.0.value': '1000.50',
      'bills.0.dischargePort': 'BEANR',
      'bills.0.dischargePortRelated': 'KAAI 730',
      'bills.0.loadingPortName': 'SHANGHAI',
      'bills.0.shipper.name': 'EXAMPLE FISH LTD EXPORT DEPT',
      'bills.0.notify.contact': 'MS NOTIFY',
      'bills.0.legs.0.mode': '8',
      'bills.0.items.0.innerPackages': [{ count: 100, kind: 'PC', kindName: 'PIECES' }],
      'bills.0.items.0.hsCode': '030389',
      'bills.0.items.0.temperature': { value: '-18', unit: 'CEL' },
      'bills.0.items.0.temperatureRange': { min: '-20', max: '-15', unit: 'CEL' },
      'bills.0.items.0.containers': [
        { number: 'TCLU1234567', packages: 500, grossMassKg: '24500.5' },
      ],
      'bills.0.items.0.dangerous.name': 'FLAMMABLE LIQUID N.O.S.',
      'bills.0.items.0.dangerous.netMassKg': '100',
      'bills.0.items.0.dangerous.emergencySchedule': 'F-E',
      'bills.0.containers.0.tareKg': '3900',
      'bills.0.containers.0.seals': ['AA123', 'SH456'],
      'containers.1.number': 'TCLU7654321',
    },
  ],
  'cuscar/fixtures/profile-road.edi': [
    'CUSCAR',
    'manifest',
    [],
    {
      'message.group': 'GRP7',
      'message.test': true,
      'message.sentAt': '2026-04-13T00:23:00',
      'message.application': 'CUSCAR',
      typeName: 'STANDARD',
      'conveyance.meansType': 'BT',
      'bills.0.number': 'JH041203101',
      'bills.0.packages': 500,
      'bills.0.grossMassKg': '5000',
      'bills.0.consignee.region': 'CA',
      'bills.1.packageKind': 'BOX',
      'bills.1.grossMassKg': '2000',
    },
  ],
  'cusdec/fixtures/profile-full.edi': [
    'CUSDEC',
    'declaration',
    [],
    {
      'message.accessReference': 'ACCESS9',
      id: 'DEC-77',
      version: '2',
      ieFlag: 'I',
      declarationOffice: 'CNSHA225',
      declarationOfficeName: 'WAIGAOQIAO',
      places: [
        { kind: '42', place: '2201' },
        { kind: '1', place: 'CNSHA' },
      ],
      acceptedAt: '2026-03-16T15:30:57',
      'transport.date': '2026-03-16',
      dates: [{ kind: '273', at: '2026-03-16', until: '2026-03-20' }],
      grossMassKg: '1234.50',
      measures: [{ property: 'AAH', unit: 'TNE', value: '0.990' }],
      indicators: [{ code: 'Y', kind: '5' }],
      'containers.0': {
        number: 'TCLU1234567',
        sizeType: '22G1',
        status: '3',
        fullness: '4',
        seals: ['S1', 'S2'],
        sealing: [{ number: 'S1', by: 'CA' }],
      },
      texts: [{ kind: 'CCI', text: 'SPECIMEN ONLY', code: 'Y99' }],
      'references.2': { kind: 'HWB', number: 'HOUSE1', date: '2026-03-01' },
      'transport.houseDocNo': 'HOUSE1',
      'transport.carrierName': 'CARRIER NAME',
      'parties.domestic.contact': 'MR LI',
      'parties.others.0': { role: 'CB', id: 'BRK2' },
      tradeTermsPlace: 'SHANGHAI',
      freight: '100.5',
      freightCurrency: 'EUR',
      exchangeRate: '7.1234',
      'documents.0': {
        kind: '380',
        code: 'INVOICE',
        number: 'INV-1',
        note: 'NOTE',
        date: '2026-03-01',
      },
      'lines.0.hsCode': '8413704590',
      'lines.0.procedure': { current: '40', previous: '00', additional: ['000'] },
      'lines.0.quantity': '6',
      'lines.0.statisticalValue': '30000',
      'lines.0.statisticalValueCurrency': 'CNY',
      'lines.0.taxes.0.base': '1650',
      'lines.0.taxes.0.amount': '90.75',
      'lines.0.documents.0.validUntil': '2026-12-31',
      'lines.0.identities': ['VIN1', 'VV'],
      'lines.0.parties': [{ role: 'SE', id: 'SELL1' }],
      'taxes.0.amount': '90.75',
    },
  ],
  'cusres/fixtures/profile-status.edi': [
    'CUSRES',
    'declarationResponse',
    [],
    {
      version: '0',
      answeredAt: undefined,
      office: 'JSA',
      'references.2': { kind: 'ABT', number: 'JSA201603315000938', at: '2016-04-01' },
      'declaration.number': 'JSA201603315000938',
      'statuses.1': { code: '85', kind: '1', text: 'RELEASED' },
      'containers.0.seals': ['SL-1'],
      'parties.0.contact': 'CUSTOMS DESK',
      totals: [
        { kind: '7', value: '120.00' },
        { kind: '11', value: '10' },
      ],
    },
  ],
  'iftmin/fixtures/profile-booking.edi': [
    'IFTMIN',
    'transportInstruction',
    [],
    {
      contact: 'JANE DOE',
      'communications.0.number': 'jane@example.com',
      bookingNo: 'BK1234',
      'references.5': { kind: 'EX', number: 'EXPLIC', at: '2026-04-01' },
      charges: [
        { kind: '4', payment: 'C' },
        { kind: '2', payment: 'P' },
      ],
      receiptPlace: 'CNSZH',
      loadingPortName: 'SHANGHAI',
      'conveyance.registration': '9300001',
      'legs.0.mode': '3',
      'parties.shipper.contact': 'MR K',
      'parties.notify2.name': 'SECOND NOTIFY',
      'parties.others.0.role': 'ZZ',
      'totals.containers': 2,
      'documents.0.number': 'BL7',
      'items.0.hsCode': '847170',
      'items.0.codes': [{ number: 'SKU1', kind: 'SA' }],
      'items.0.containers.0': { number: 'TCLU1234567', packages: 600, netMassKg: '12000' },
      'items.0.dangerous.contact': 'EMERGENCY',
      'items.0.dangerous.placard': '3 6.1',
      'containers.0.grossMassKg': '15900',
      'containers.0.temperature.value': '-18.5',
      'containers.1.attached': 'GEN1',
    },
  ],
  'iftmin/fixtures/profile-delivery.edi': [
    'IFTMIN',
    'transportInstruction',
    ['messages.no_interchange'],
    {
      deliveryWantedAt: '2026-03-08T11:00:00',
      departsAt: '2026-03-05T11:00:00',
      'parties.deliveryParty.id': '6900000000005',
      'items.0.codes': [{ number: '6900000000006', kind: 'SRV' }],
      'items.0.identities': ['369000000000000007'],
      'items.0.measures': [{ property: 'X7E', unit: 'KGM', value: '250' }],
      'items.0.dangerous.name': 'PAINT',
    },
  ],
  'ceb/fixtures/profile-ceb411-payment.xml': [
    'CEB411',
    'payment',
    [],
    {
      paymentNo: 'PAY-7',
      paid: '338.99',
      paidAt: '2026-07-05T09:30:20',
      orderNo: 'JH-2026-000731',
    },
  ],
  'ceb/fixtures/profile-ceb511-waybill.xml': [
    'CEB511',
    'waybill',
    [],
    { waybillNo: 'YT0000731', grossMassKg: '1.35', 'parties.consignee.name': '示例收件人' },
  ],
  'ceb/fixtures/profile-ceb625-return.xml': [
    'CEB625',
    'goodsReturn',
    [],
    { number: '22162026I000000731', reason: '买方退货', 'lines.0.quantity': '1' },
  ],
  'ceb/fixtures/profile-ceb816-tax.xml': [
    'CEB816',
    'taxNotice',
    [],
    { taxNo: '2216TAX1', 'taxes.vat': '28.99', 'lines.0.customsValue': '318.50' },
  ],
  'dec-message/fixtures/profile-result.xml': [
    'DEC_RESULT',
    'declarationResponse',
    [],
    {
      outcome: 'released',
      preEntryNo: 'I20260000000000001',
      number: '221620261000000001',
      answeredAt: '2026-07-02T09:15:03',
      declaredOn: '2026-07-01',
    },
  ],
  'dec-message/fixtures/profile-transit.xml': [
    'DecMessage',
    'declaration',
    ['messages.attribute_read', 'messages.number_grouped'],
    {
      id: 'JH-DEC-9',
      ieFlag: 'I',
      declarationOffice: '2216',
      contractNo: 'JH<&>C-2',
      'parties.domestic.name': '江海进出口 & 贸易',
      'parties.overseas.name': 'EXAMPLE AUTO',
      'parties.overseasConsignee.nameEn': 'EXAMPLE AUTO ASIA',
      grossMassKg: '1850.5',
      'lines.0.licences.0.vehicles.0.vin': 'LJHEXAMPLE0000001',
      'transit.conveyance': '沪A12345',
      'transit.border.transportDocNo': 'JHBL0009',
      'transit.containers.0.seal': 'SL-9',
      originLinks: [{ kind: 'Y03', number: 'C1234567890', line: '1', certificateLine: '2' }],
      'message.signedAt': '2026-07-01T12:00:00',
    },
  ],
  'goldgate/fixtures/profile-inv101-declares.xml': [
    'INV101',
    'bondedList',
    ['messages.element_not_read', 'messages.number_form', 'messages.number_grouped'],
    {
      id: 'JH-INV-10',
      'lines.0.quantity': '1200',
      'lines.0.value': '119880.00',
      'lines.0.unread': [{ element: 'Col9', text: '厂内批次 7' }],
      'declaration.head.declarant.name': '示范报关',
      'declaration.lines.0.hsCode': '8517629990',
      warehouseBills: [{ number: 'RK2216-1' }],
    },
  ],
  'wco/fixtures/profile-import.xml': [
    'WCO-DEC',
    'declaration',
    ['messages.element_not_read'],
    {
      id: 'JHLRN00077',
      ieFlag: 'I',
      acceptedAt: '2026-07-05T14:20:57Z',
      'parties.domestic.id': 'GB000000000012',
      'transport.partnerCountry': 'CN',
      'transport.conveyanceId': 'CARGOSHIP1',
      totalValue: '864.95',
      'exchange.rate': '1.25',
      signatory: 'A. EXAMPLE',
      'lines.0.hsCode': '85076000',
      'lines.0.dangerous.unNumber': '3480',
      'lines.0.furtherDangerous': [{ unNumber: '3481' }],
      'lines.0.procedure': { current: '40', previous: '00', additional: ['000'] },
      'lines.0.taxes.0.amount': '172.99',
      'lines.0.previousDocuments.0.number': 'JH-DUCR-1',
      unread: [{ element: 'b:Novelty/b:Code', text: 'N-1' }],
    },
  ],
};

describe('what others write is understood', () => {
  test.each(Object.entries(PROFILES))('%s', (file, [standard, kind, told, values]) => {
    const { documents, problems } = readMessage(readFileSync(new URL(file, here)));
    expect(documents).toHaveLength(1);
    const [{ document, ...named }] = documents as [(typeof documents)[number]];
    expect(named).toEqual({ standard, kind });
    expect(
      Object.fromEntries(Object.keys(values).map((path) => [path, at(document, path)])),
    ).toEqual(values);
    expect([...new Set(problems.map(({ code }) => code))].sort()).toEqual(told);
  });

  test('each of them is in the table', () => {
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' });
    const profiles = files.filter((file) => file.includes('fixtures/profile-'));
    expect(profiles.sort()).toEqual(Object.keys(PROFILES).sort());
  });
});
