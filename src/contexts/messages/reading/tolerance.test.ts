// What real files hold beside what the standard says: each is told, with its place, and the message is
// understood all the same.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMessage } from './read.ts';
import { at } from './testing.ts';

const fixture = (file: string): string =>
  readFileSync(new URL(`../standards/${file}`, import.meta.url), 'utf8');
const inventory = fixture('goldgate/fixtures/inv101.xml');
const order = fixture('ceb/fixtures/ceb311-order.xml');
const manifest = fixture('cuscar/fixtures/manifest.edi');
const sad = fixture('asycuda/fixtures/sad-import.xml');
const release = fixture('wco/fixtures/res-released.xml');

/** 集成电路 in GBK, which no package here writes. */
const GBK = Buffer.from('bcafb3c9b5e7c2b7', 'hex');
const inGbk = (text: string): Buffer => {
  const [before = '', after = ''] = text
    .replaceAll(/[^ -~\s]+/g, (it) => (it === '集成电路' ? it : 'x'))
    .split('集成电路');
  return Buffer.concat([Buffer.from(before), GBK, Buffer.from(after)]);
};

interface Case {
  readonly what: string;
  readonly message: string | Buffer;
  readonly code: string;
  readonly value: readonly [path: string, value: unknown];
}

const CASES: readonly Case[] = [
  {
    what: 'no namespace',
    message: order.replace(/ xmlns="[^"]+"/, ''),
    code: 'messages.namespace',
    value: ['orderNo', 'JH-2026-000731'],
  },
  {
    what: 'any prefix, unbound',
    message: release.replaceAll('<md:', '<zz:').replaceAll('</md:', '</zz:'),
    code: '',
    value: ['outcome', 'released'],
  },
  {
    what: 'a name spelt as it should have been',
    message: inventory
      .replaceAll('BussinessData', 'BusinessData')
      .replaceAll('DelcareFlag', 'DeclareFlag'),
    code: 'messages.misspelt',
    value: ['declare', '1'],
  },
  {
    what: 'a name with a letter missing',
    message: order.replaceAll('orderNo>', 'ordrNo>').replaceAll('goodsValue', 'goodValue'),
    code: 'messages.misspelt',
    value: ['goodsValue', '318.50'],
  },
  {
    what: 'an unknown element',
    message: inventory.replace('<GdsNm>', '<Novelty>1</Novelty><GdsNm>'),
    code: 'messages.element_not_read',
    value: ['lines.0.description', '集成电路'],
  },
  {
    what: 'null elements',
    message: sad,
    code: 'messages.null_element',
    value: ['parties.overseas.id', undefined],
  },
  {
    what: 'a byte order mark and rubbish behind',
    message: `\ufeff${inventory}\u0000\nEOF`,
    code: 'messages.outside_the_root',
    value: ['id', 'JH-INV-9'],
  },
  {
    what: 'GBK, declared',
    message: inGbk(inventory.replace('UTF-8', 'GBK')),
    code: '',
    value: ['lines.0.description', '集成电路'],
  },
  {
    what: 'GBK, not declared',
    message: inGbk(inventory),
    code: 'messages.encoding_not_as_declared',
    value: ['lines.0.description', '集成电路'],
  },
  {
    what: 'UTF-8 declared as GB2312',
    message: inventory.replace('UTF-8', 'gb2312'),
    code: 'messages.encoding_not_as_declared',
    value: ['lines.0.description', '集成电路'],
  },
  {
    what: 'two encodings',
    message: Buffer.concat([
      Buffer.from(inventory.split('集成电路')[0] ?? ''),
      GBK,
      Buffer.from(inventory.split('集成电路')[1] ?? ''),
    ]),
    code: 'messages.encodings_mixed',
    value: ['lines.1.description', '印刷电路板'],
  },
  {
    what: 'texts in CDATA, and names in capitals',
    message: order
      .replaceAll(
        /<(\/?)(orderNo|goodsValue)>/g,
        (_, close, name) => `<${close}${name.toUpperCase()}>`,
      )
      .replace('JH-2026-000731', '<![CDATA[JH-2026-000731]]>'),
    code: '',
    value: ['orderNo', 'JH-2026-000731'],
  },
  {
    what: 'attributes in place of elements',
    message: order
      .replace(/<unit>035<\/unit>/, '')
      .replace('<OrderList>', '<OrderList unit="035">'),
    code: 'messages.attribute_read',
    value: ['lines.0.unit', '035'],
  },
  {
    what: 'UTF-16',
    message: Buffer.from(`\ufeff${inventory.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    code: '',
    value: ['lines.0.description', '集成电路'],
  },
  {
    what: 'accents of the west in a repertoire that has none',
    message: Buffer.from(manifest.replace('JIANGHAI LINES', 'JIANGHAI LÍNEAS'), 'latin1'),
    code: '',
    value: ['carrierName', 'JIANGHAI LÍNEAS'],
  },
  {
    what: 'the same, where plain letters were promised',
    message: Buffer.from(
      manifest.replace('UNOC', 'UNOA').replace('JIANGHAI LINES', 'JIANGHAI LÍNEAS'),
      'latin1',
    ),
    code: 'messages.encoding_not_as_declared',
    value: ['carrierName', 'JIANGHAI LÍNEAS'],
  },
  {
    what: 'Chinese in an interchange, in GBK',
    message: Buffer.concat([
      Buffer.from(manifest.split('SOLID STATE DRIVES')[0] ?? ''),
      GBK,
      Buffer.from(manifest.split('SOLID STATE DRIVES')[1] ?? ''),
    ]),
    code: '',
    value: ['bills.0.number', 'JHBL0001'],
  },
  {
    what: 'a UNA that ends its line where its terminator should be',
    message: manifest.replace("UNA:+.? '", 'UNA:+.? '),
    code: 'messages.advice_irregular',
    value: ['bills.1.number', 'JHBL0002'],
  },
  {
    what: 'a UNA without its reserved place',
    message: manifest.replace("UNA:+.? '", "UNA:+.?'"),
    code: 'messages.advice_irregular',
    value: ['bills.0.number', 'JHBL0001'],
  },
  {
    what: 'everything in one line',
    message: manifest.replaceAll('\n', ''),
    code: '',
    value: ['bills.1.number', 'JHBL0002'],
  },
  {
    what: 'lines broken every eighty characters, wherever they fall',
    message: manifest.replaceAll('\n', '').replaceAll(/.{1,80}/g, (line) => `${line}\r\n`),
    code: '',
    value: ['bills.0.shipper.name', 'EXAMPLE PARTS+TOOLS INC'],
  },
  {
    what: 'spaces after each segment',
    message: manifest.replaceAll("'\n", "' \n"),
    code: '',
    value: ['bills.1.number', 'JHBL0002'],
  },
  {
    what: 'an end of the interchange that is cut',
    message: manifest.replace("UNZ+1+IC0001'", 'UNZ+1'),
    code: 'messages.interchange_not_closed',
    value: ['bills.1.number', 'JHBL0002'],
  },
  {
    what: 'a reference that two messages have',
    message: manifest.replace(/(UNH[\s\S]*UNT.*\n)/, '$1$1').replace('UNZ+1', 'UNZ+2'),
    code: 'messages.reference_twice',
    value: ['id', 'MAN2026001'],
  },
  {
    what: 'two interchanges in one file',
    message: manifest + manifest.slice(manifest.indexOf('UNB')),
    code: 'messages.several_documents',
    value: ['id', 'MAN2026001'],
  },
  {
    what: 'a wrong segment count',
    message: manifest.replace('UNT+29', 'UNT+313'),
    code: 'messages.segment_count',
    value: ['bills.1.number', 'JHBL0002'],
  },
  {
    what: 'another decimal mark than UNA says',
    message: manifest,
    code: 'messages.decimal_mark',
    value: ['bills.0.items.0.grossMassKg', '1200.75'],
  },
  {
    what: 'thousands in groups',
    message: order.replace('318.50', '1,318.50'),
    code: 'messages.number_grouped',
    value: ['goodsValue', '1318.50'],
  },
  {
    what: 'a number that is none',
    message: order.replace('<qty>2.5', '<qty>some'),
    code: 'messages.not_a_number',
    value: ['lines.0.quantity', undefined],
  },
  {
    what: 'a field missing',
    message: order.replace(/<ebpCode>.*?<\/ebpCode>/, ''),
    code: 'messages.missing',
    value: ['parties.platform.name', '江海示范电商平台'],
  },
  {
    what: 'a day that is not',
    message: inventory.replace('20260705<', '20260231<'),
    code: 'messages.not_a_date',
    value: ['declaredAt', undefined],
  },
  {
    what: 'several documents in one',
    message: manifest.replace(/(UNH[\s\S]*UNT[^']*')/, '$1\n$1').replace('UNZ+1', 'UNZ+2'),
    code: 'messages.several_documents',
    value: ['id', 'MAN2026001'],
  },
  {
    what: 'two XML documents in one file',
    message: `${inventory}${inventory.slice(inventory.indexOf('<Signature'))}`,
    code: 'messages.several_documents',
    value: ['id', 'JH-INV-9'],
  },
  {
    what: 'an interchange without an end',
    message: manifest.replace(/UNZ.*\n/, ''),
    code: 'messages.interchange_not_closed',
    value: ['id', 'MAN2026001'],
  },
  {
    what: 'no UNB around it',
    message: manifest.slice(manifest.indexOf('UNH')).replace(/UNZ.*\n/, ''),
    code: 'messages.no_interchange',
    value: ['id', 'MAN2026001'],
  },
  {
    what: 'other separators',
    message: manifest
      .replace("UNA:+.? '", 'UNA*|.! ~')
      .replaceAll(
        /[:+'?](?![ .])/g,
        (it) => ({ ':': '*', '+': '|', "'": '~', '?': '!' })[it] ?? it,
      ),
    code: '',
    value: ['bills.0.shipper.name', 'EXAMPLE PARTS|TOOLS INC'],
  },
  {
    what: 'lines within an element called by their plural',
    message: inventory
      .replace('<InvtListType>', '<InvtListTypes><InvtListType>')
      .replace(/<\/InvtListType>(?![\s\S]*<\/InvtListType>)/, '</InvtListType></InvtListTypes>'),
    code: '',
    value: ['lines.1.description', '印刷电路板'],
  },
  {
    what: 'a value said twice, which is kept beside the first',
    message: order.replace('<goodsValue>318.50', '<goodsValue>9.99</goodsValue><goodsValue>318.50'),
    code: 'messages.said_twice',
    value: ['unread', [{ element: 'goodsValue', text: '318.50' }]],
  },
  {
    what: 'an envelope that names another type',
    message: inventory.replace('<message_type>INV101', '<message_type>INV102'),
    code: 'messages.type_not_as_declared',
    value: ['id', 'JH-INV-9'],
  },
  {
    what: 'the call of a service around it, as text',
    message: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><send><arg0><![CDATA[${order}]]></arg0></send></s:Body></s:Envelope>`,
    code: '',
    value: ['orderNo', 'JH-2026-000731'],
  },
  {
    what: 'an interchange as the text of an element',
    message: `<send><arg0>${manifest}</arg0></send>`,
    code: '',
    value: ['bills.1.number', 'JHBL0002'],
  },
  {
    what: 'an exchange platform around it',
    message: `<dxp:DxpMsg xmlns:dxp="http://www.chinaport.gov.cn/dxp"><dxp:TransInfo/><dxp:Data>${Buffer.from(order).toString('base64')}</dxp:Data></dxp:DxpMsg>`,
    code: '',
    value: ['orderNo', 'JH-2026-000731'],
  },
];

test.each(CASES)('$what', ({ message, code, value: [path, value] }) => {
  const { documents, problems } = readMessage(Buffer.from(message as string));
  expect(at(documents[0]?.document, path)).toEqual(value);
  const told = problems.filter((problem) => problem.code === code);
  expect(told.length > 0 || code === '').toBe(true);
});
