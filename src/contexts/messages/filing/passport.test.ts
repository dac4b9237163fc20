// A gate passport by message is asked for as by form; what the message leaves open is told and never guessed.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createZones, shippedZones } from '../../cargo/index.ts';
import { readMessage } from '../reading/read.ts';
import type { Document } from '../reading/table.ts';
import { passportOf } from './passport.ts';

const ZONES = createZones(shippedZones());
const fixture = new URL('../standards/goldgate/fixtures/sas121.xml', import.meta.url);
const [read] = readMessage(readFileSync(fixture)).documents;
const asked = (changes: Document = {}) =>
  passportOf({ ...read?.document, ...changes }, { id: 'P-1', zones: ZONES, on: '2026-07-05' });

test('the fixture is a lorry into Pudong airport over the second line', () => {
  const { input, problems } = asked();
  expect(problems).toEqual([]);
  expect(input).toEqual({
    ...{ id: 'P-1', organisation: '91310115MA00000001' },
    content: {
      ...{ type: 'secondLine', binding: 'oneListOneVehicle', direction: 'in' },
      ...{ zone: 'pudong-airport', line: 'second' },
      papers: [{ kind: 'list', no: 'QD221626I000000009', lines: [] }],
      vehicle: { plate: '沪A12345', tareKg: '8200', frameKg: '0', kind: 'container' },
      containers: [{ no: 'TCLU1234567', tareKg: '2200', seal: null }],
      ...{ goodsGrossKg: '3.2', goodsNetKg: '3', goods: '集成电路' },
    },
  });
});

test('one list over many vehicles goes in parts', () => {
  const { input } = asked({ binding: '3' });
  expect(input?.content.papers).toEqual([
    { kind: 'list', no: 'QD221626I000000009', lines: [{ lineNo: 1, quantity: '1000' }] },
  ]);
});

test.each([
  [{ type: '9' }, ['code_unknown type']],
  [{ type: '1' }, []],
  [{ type: '4' }, []],
  [{ type: '6' }, ['line_not_told type']],
  [{ direction: 'X' }, ['code_unknown direction']],
  [{ office: '0100' }, ['zone_not_told office']],
  [{ vehicle: {} }, ['needed vehicle.plate', 'needed vehicle.tareKg']],
  [{ goodsGrossKg: undefined }, ['needed goodsGrossKg']],
  [{ papers: [{ kind: '7', no: 'X' }] }, ['code_unknown papers[0].kind']],
  [{ binding: '3', lines: [{ quantity: '1' }] }, ['needed lines[0].paperLineNo']],
  [
    { containers: [{ no: 'TCLU1234567,CSQU3054383', tareKg: '4400' }] },
    ['tare_not_told containers[0].tareKg'],
  ],
] as const)('%j tells %j', (changes, told) => {
  const { input, problems } = asked(changes as Document);
  const places = problems.map(({ code, path }) => `${code.replace('messages.', '')} ${path}`);
  expect(places).toEqual(told);
  expect(input === null).toBe(told.length > 0);
});
