// What we answer can be read: written and read again, an answer is the same document, whatever texts and
// figures are in it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { readMessage } from '../reading/read.ts';
import { WRITTEN, writeMessage } from './write.ts';

/** Texts with everything the syntaxes give a meaning to; a message keeps no space at the edges. */
const text = fc
  .string({
    unit: fc.constantFrom(...`aZ09 <>&"'+:?.,-=/;]中文é\u{1F6A2}`),
    minLength: 1,
    maxLength: 40,
  })
  .map((it) => it.trim().replaceAll(/ +/g, ' '))
  .filter((it) => it !== '');
const longText = fc
  .array(text, { minLength: 1, maxLength: 60 })
  .map((parts) => parts.join(' ').trim());
const amount = fc
  .tuple(fc.integer({ min: -999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 99_999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(5, '0')}`);
const day = fc.date({
  min: new Date('1980-01-01'),
  max: new Date('2079-12-31'),
  noInvalidDate: true,
});
const moment = day.map((it) => it.toISOString().slice(0, 19));
const zoned = moment.map((it) => `${it}Z`);
const party = fc.record({ uscc: text, customsRegNo: text, name: text });
const message = (type: string) =>
  fc.record({
    version: text,
    reference: text,
    type: fc.constant(type),
    sender: text,
    receiver: text,
    sentAt: moment,
  });

const result = fc.record({
  preEntryNo: text,
  number: text,
  changeNo: text,
  type: text,
  code: fc.constantFrom('1', '2', '3', '4', '5'),
  at: moment,
  text: longText,
});
const list = fc.record({
  number: text,
  ledger: text,
  id: text,
  parties: fc.record({ operator: party, declarant: party }),
  ieFlag: fc.constantFrom('I', 'E'),
  postingMark: text,
  postedAt: moment,
  status: text,
  lines: fc.array(
    fc.record({
      lineNo: fc.integer({ min: 1, max: 999 }),
      partNo: text,
      hsCode: text,
      quantity: amount,
      value: amount,
    }),
    { minLength: 1, maxLength: 3 },
  ),
});
const passport = fc.record({
  number: text,
  type: text,
  binding: text,
  vehicle: fc.record({ plate: text, tareKg: amount }),
  goodsGrossKg: amount,
  papers: fc.uniqueArray(fc.record({ kind: text, no: text }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ no }) => no,
  }),
  containers: fc.array(fc.record({ no: text, tareKg: amount }), { maxLength: 1 }),
  gates: fc.record({ first: fc.record({ id: text, at: moment }) }),
});
const INV: Record<string, string> = {
  '1': 'accepted',
  '2': 'manualPost',
  '3': 'returned',
  '4': 'prePosted',
  '5': 'accepted',
};
const SAS: Record<string, string> = {
  '1': 'approved',
  '2': 'manualPost',
  '3': 'returned',
  '4': 'received',
  '5': 'received',
};
const answers = (
  standard: string,
  content: Record<string, fc.Arbitrary<unknown>>,
  outcome: (code: string) => string,
) =>
  fc.record({ message: message(standard), result, ...content }).map((document) => ({
    ...document,
    outcome: outcome((document.result as { code: string }).code),
  }));

const postings = fc.array(
  fc.record({
    ledger: text,
    lineNo: fc.integer({ min: 1, max: 999 }),
    partNo: text,
    increased: amount,
    lastIn: moment.map((it) => it.slice(0, 10)),
  }),
  { minLength: 1, maxLength: 3 },
);
const refusedBy = fc.array(
  fc.record({
    path: text.map((it) => it.replaceAll(':', '')).filter((it) => it.trim() === it && it !== ''),
    code: text,
    text: longText,
  }),
  { maxLength: 3 },
);

/** What is answered to an order, and to an inventory, on the way in and on the way out. */
const inventoryAnswer = fc.record({
  message: fc.record({ reference: text, version: text }),
  guid: text,
  id: text,
  preEntryNo: text,
  number: text,
  answeredAt: moment,
  text: longText,
  status: fc.constant('800'),
  outcome: fc.constant('released'),
});
const orderAnswer = fc.record({
  message: fc.record({ reference: text, version: text }),
  parties: fc.record({
    platform: fc.record({ customsRegNo: text.map((it) => it.slice(0, 18).trim()) }),
    merchant: fc.record({ customsRegNo: text.map((it) => it.slice(0, 18).trim()) }),
  }),
  guid: text,
  orderNo: text,
  answeredAt: moment,
  text: longText,
  status: fc.constant('100'),
  outcome: fc.constant('returned'),
});

const DOCUMENTS: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  CEB622: inventoryAnswer,
  CEB604: inventoryAnswer,
  CEB312: orderAnswer,
  CEB304: orderAnswer,
  INV201: answers('INV201', { list }, (code) => INV[code] ?? ''),
  INV202: answers('INV202', {}, (code) => (code === '1' ? 'declarationMade' : 'returned')),
  INV211: answers('INV211', { list, postings }, () => 'posted'),
  SAS221: answers('SAS221', { passport }, (code) => SAS[code] ?? ''),
  SAS223: answers('SAS223', { passport }, () => 'crossed'),
  SAS224: answers('SAS224', { passport }, () => 'inspection'),
  SAS251: answers('SAS251', { passport }, (code) => SAS[code] ?? ''),
  SAS253: answers('SAS253', { passport }, () => 'crossed'),
  CommonResponse: fc.record({
    id: text,
    preEntryNo: text,
    text: longText,
    code: fc.constant('0'),
    outcome: fc.constant('received'),
  }),
  DecImportResponse: fc.record({
    id: text,
    preEntryNo: text,
    text: longText,
    code: fc.constant('1'),
    outcome: fc.constant('failed'),
  }),
  DEC_RESULT: fc.record({
    preEntryNo: text,
    number: text,
    answeredAt: moment,
    text: longText,
    code: fc.constant('P'),
    outcome: fc.constant('released'),
  }),
  'WCO-RES': fc.record({
    message: fc.record({ version: text, type: fc.constant('RES') }),
    code: fc.constant('03'),
    id: text,
    answeredAt: zoned,
    outcome: fc.constant('rejected'),
    declaration: fc.record({ id: text, number: text, rejectedAt: zoned }),
    errors: fc.array(
      fc.record({
        code: text,
        text: longText,
        pointers: fc.array(fc.record({ section: text, tag: text }), { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 3 },
    ),
  }),
  CUSRES: fc.record({
    message: fc.record({
      type: fc.constant('CUSRES'),
      version: fc.constant('D:96B:UN'),
      reference: text,
      interchange: text,
      sender: text,
      receiver: text,
      sentAt: moment.map((it) => `${it.slice(0, 16)}:00`),
    }),
    type: fc.constant('963'),
    id: text,
    function: fc.constant('27'),
    responseType: fc.constant('RE'),
    answeredAt: moment,
    office: text,
    references: fc.array(fc.record({ kind: fc.constantFrom('MB', 'XC'), number: text }), {
      minLength: 1,
      maxLength: 2,
    }),
    parties: fc.array(fc.record({ role: fc.constant('DT'), id: text, name: text }), {
      minLength: 1,
      maxLength: 2,
    }),
    errors: refusedBy,
    taxes: fc.array(fc.record({ kind: text, amount }), { minLength: 1, maxLength: 2 }),
    outcome: fc.constant('rejected'),
  }),
};

describe('written, then read, is the same', () => {
  test('for everything that is written', () => {
    expect(Object.keys(DOCUMENTS).sort()).toEqual([...WRITTEN].sort());
  });

  test.each(Object.entries(DOCUMENTS))('%s', (standard, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (document) => {
        const written = writeMessage(JSON.stringify({ standard, document }));
        const { documents, problems } = readMessage(Buffer.from(written));
        expect(problems).toEqual([]);
        expect(documents[0]).toMatchObject({ standard, document });
        expect(withoutEmpty(documents[0]?.document)).toEqual(withoutEmpty(document));
      }),
      { numRuns: 15 },
    );
  });
});

/** A list that is empty and one that is not there say the same. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, one]) => !Array.isArray(one) || one.length > 0);
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutEmpty(one)]));
}

test('what is not written is refused with what is', () => {
  const ask = (): string => writeMessage('{"standard":"INV101","document":{}}');
  expect(ask).toThrow(Refused);
  expect(() => writeMessage('<xml/>')).toThrow(/not_json/);
});
