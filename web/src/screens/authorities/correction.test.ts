// What an audit found of one line is put right in it, and nowhere else; what cannot be put right is left to an officer.
import { expect, test } from 'vitest';
import type { Difference } from '../../../../src/contexts/clearance/audits/contract.ts';
import type { DeclarationContent } from '../../../../src/contexts/clearance/contract.ts';
import { correctionOf } from './correction.ts';

/** As much of a declaration as audits put right. */
const line = { hsCode: '8482100000', originCountry: 'DE', value: '5000', quantity: '10' };
const declared = {
  ...{ freight: '100', insurance: '10' },
  lines: [
    { ...line, lineNo: 1 },
    { ...line, lineNo: 2 },
  ],
} as DeclarationContent;
const difference = (field: Difference['field'], lineNo: number | null): Difference => ({
  ...{ declaration: 'D-1', lineNo, field, declared: '', found: ' 6000 ' },
});

test.each(['hsCode', 'originCountry', 'value', 'quantity', 'netMassKg', 'preference'] as const)(
  '%s of a line',
  (field) => {
    const [first, second] = declared.lines;
    expect(correctionOf(declared, difference(field, 2))).toEqual({
      declaration: 'D-1',
      content: { ...declared, lines: [first, { ...second, [field]: '6000' }] },
    });
  },
);

test.each(['freight', 'insurance'] as const)('%s of the whole', (field) => {
  const corrected = correctionOf(declared, difference(field, null));
  expect(corrected?.content).toEqual({ ...declared, [field]: '6000' });
});

test.each([
  ['value', null],
  ['value', 3],
  ['royalty', 1],
  ['other', 1],
] as const)('%s of line %s cannot be computed', (field, lineNo) => {
  expect(correctionOf(declared, difference(field, lineNo))).toBeNull();
});
