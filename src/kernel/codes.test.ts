// Codes, dates and hashes: what could be one and what could not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, contentHash } from './canonical.ts';
import { isHsCode, isUscc, usccCheckCharacter } from './codes.ts';
import { addDays, effectiveOn, isLocalDate, localDateOf } from './dates.ts';

test.each(['911100001000013428', '91310000607361234X'])(
  '%s: the check character decides',
  (code) => {
    const right = usccCheckCharacter(code.slice(0, 17));
    expect(isUscc(code)).toBe(code.endsWith(String(right)));
    expect(isUscc(code.slice(0, 17) + right)).toBe(true);
  },
);

test('one wrong character in a unified social credit code is always seen', () => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const character = fc.constantFrom(...alphabet);
  fc.assert(
    fc.property(
      fc.array(character, { minLength: 17, maxLength: 17 }),
      fc.nat(16),
      character,
      (body, at, other) => {
        fc.pre(body[at] !== other);
        const code = body.join('');
        const changed = code.slice(0, at) + other + code.slice(at + 1);
        return usccCheckCharacter(code) !== usccCheckCharacter(changed);
      },
    ),
  );
});

test.each([
  ['848210', true],
  ['8482102000', true],
  ['84821', false],
  ['84821020000', false],
  ['8482AB', false],
])('HS %s: %s', (code, expected) => {
  expect(isHsCode(code)).toBe(expected);
});

test.each([
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-06-31', false],
  ['1899-01-01', false],
  ['2026-6-1', false],
])('date %s: %s', (text, expected) => {
  expect(isLocalDate(text)).toBe(expected);
});

test('a day begins at midnight in Shanghai, not in Greenwich', () => {
  expect(localDateOf('2026-06-30T15:59:59.999Z')).toBe('2026-06-30');
  expect(localDateOf('2026-06-30T16:00:00.000Z')).toBe('2026-07-01');
  expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
});

test('the entry in force on a day is the one that has begun and not ended', () => {
  const grades = [
    { grade: 'old', from: '2020-01-01', to: '2026-04-01' },
    { grade: 'new', from: '2026-04-01', to: null },
  ];
  expect(effectiveOn(grades, '2026-03-31')?.grade).toBe('old');
  expect(effectiveOn(grades, '2026-04-01')?.grade).toBe('new');
  expect(effectiveOn(grades, '2019-12-31')).toBeNull();
});

test('the same value is the same bytes, in whatever order its keys came', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '号' }], a: undefined })).toBe(
    '{"b":[1,{"c":"号","d":null}]}',
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const shuffled = Object.fromEntries(Object.entries(value).reverse());
      return contentHash(shuffled) === contentHash(value);
    }),
  );
});
