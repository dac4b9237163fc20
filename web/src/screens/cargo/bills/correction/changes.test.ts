// A carrier corrects a bill: the form starts from what the bill says, loses nothing of it, and tells exactly what
// was changed, of the bill and of its house bills.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  BillContent,
  HouseContent,
} from '../../../../../../src/contexts/cargo/manifests/contract.ts';
import { changesOf } from './changes.ts';
import { billOf, typedBill } from './typed.ts';

const word = fc.stringMatching(/^[A-Za-z0-9深沟球轴承]{1,12}$/);
const text = fc.option(word);
const party = fc
  .record({ name: text, uscc: text, country: text })
  .map((said) => (said.name || said.uscc || said.country ? said : null));
const goods = fc.record({
  number: word,
  packages: fc.option(fc.integer({ min: 0, max: 9999 })),
  packageKind: text,
  grossMassKg: fc.option(fc.integer({ min: 1, max: 99_999 }).map((grams) => String(grams / 10))),
  description: text,
  marks: text,
  shipper: party,
  consignee: party,
  loadingPort: text,
  dischargePort: text,
  dangerous: fc.option(fc.record({ unNumber: word, hazardClass: text, packingGroup: text })),
  containers: fc.array(
    fc.record({ number: text, sizeType: text, seals: fc.array(word, { maxLength: 3 }) }),
    { maxLength: 3 },
  ),
});
const bill = fc
  .tuple(goods, fc.uniqueArray(goods, { maxLength: 4, selector: ({ number }) => number }))
  .map(([own, houses]): BillContent => ({ ...own, houses }));

test('a bill that is typed and left as it is, is the bill: nothing is lost and nothing differs', () => {
  fc.assert(
    fc.property(bill, (content) => {
      expect(billOf(typedBill(content))).toEqual(content);
      expect(changesOf(content, content)).toEqual([]);
    }),
  );
});

const plain: HouseContent = {
  ...{ number: 'H1', packages: 4, packageKind: '22', grossMassKg: '400', description: '轴承' },
  ...{ marks: null, shipper: null, consignee: { name: '浦江', uscc: null, country: 'CN' } },
  ...{ loadingPort: 'DEHAM', dischargePort: 'CNSHA', dangerous: null },
  containers: [{ number: 'CSQU3054383', sizeType: '22G1', seals: ['S1'] }],
};
const master: BillContent = {
  ...plain,
  ...{ number: 'COSU1', packages: 10, grossMassKg: '1000' },
  houses: [plain, { ...plain, number: 'H2', packages: 6, grossMassKg: '600' }],
};

test('what was changed is told field by field, of the bill and of the house it was changed on', () => {
  const typed = typedBill(master);
  const [first, second] = typed.houses;
  if (!first || !second) throw new Error('The bill has two houses.');
  const after = billOf({
    own: { ...typed.own, packages: ' 11 ', unNumber: '1203', hazardClass: '3' },
    houses: [{ ...first, containers: [{ number: 'CSQU3054383', sizeType: '', seals: 'S1，S2' }] }],
  });
  expect(after).toMatchObject({
    packages: 11,
    houses: [{ containers: [{ seals: ['S1', 'S2'] }] }],
  });
  const told = changesOf(master, after).map(({ house, field, before, after: now }) =>
    [house, field, before, now].join(' | '),
  );
  expect(told).toEqual([
    ' | packages | 10 | 11',
    ' | dangerous |  | UN 1203 3',
    'H1 | containers | CSQU3054383 22G1 S1 | CSQU3054383 S1 S2',
    'H2 | description | 轴承 | ',
    'H2 | packages | 6 | ',
    'H2 | packageKind | 22 | ',
    'H2 | grossMassKg | 600 | ',
    'H2 | consignee | 浦江 CN | ',
    'H2 | loadingPort | DEHAM | ',
    'H2 | dischargePort | CNSHA | ',
    'H2 | containers | CSQU3054383 22G1 S1 | ',
  ]);
});
