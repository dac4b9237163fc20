// Moments of EDIFACT by their format: each is read as the day or the time it names, or as the span it is, and never as
// another one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMoment } from './moment.ts';

test.each([
  ['260701', '101', '2026-07-01'],
  ['20260701', '102', '2026-07-01'],
  ['26273', '103', '2026-07-01'],
  ['26182', '105', '2026-07-01'],
  ['010726', '2', '2026-07-01'],
  ['070126', '3', '2026-07-01'],
  ['01072026', '4', '2026-07-01'],
  ['010720261205', '5', '2026-07-01T12:05:00'],
  ['2607011205', '201', '2026-07-01T12:05:00'],
  ['260701120510', '202', '2026-07-01T12:05:10'],
  ['202607011205', '203', '2026-07-01T12:05:00'],
  ['20260701120510', '204', '2026-07-01T12:05:10'],
  ['202607011205SST', '303', '2026-07-01T12:05:00'],
  ['20260701120510UTC', '304', '2026-07-01T12:05:10Z'],
  ['20260701120510+08', '304', '2026-07-01T12:05:10+08:00'],
  ['20260701120510544751', 'ZZZ', '2026-07-01T12:05:10'],
  ['260701', '', '2026-07-01'],
  ['9807041530', '201', '1998-07-04T15:30:00'],
  ['202607010800086', '', '2026-07-01T08:00:00'],
  ['20260701', '', '2026-07-01'],
] as const)('%s in format %s is %s', (text, format, at) => {
  expect(readMoment(text, format)).toEqual({ at });
});

test('a period has both its ends', () => {
  const period = { at: '2026-07-01', until: '2026-07-15' };
  expect(readMoment('2026070120260715', '718')).toEqual(period);
  expect(readMoment('20260701-20260715', '718')).toEqual(period);
  expect(readMoment('260701-260715', '717')).toEqual(period);
  const hours = { at: '2026-07-01T08:00:00', until: '2026-07-01T17:00:00' };
  expect(readMoment('202607010800202607011700', '719')).toEqual(hours);
  expect(readMoment('202607010800/202607011700', '719')).toEqual(hours);
});

test('what names no day is a span as it stands, and what is no day is told', () => {
  expect(readMoment('202607', '610')).toEqual({
    at: null,
    span: { value: '202607', format: '610' },
  });
  expect(readMoment('30', '804').span).toEqual({ value: '30', format: '804' });
  for (const [text, format] of [
    ['20260230', '102'],
    ['26366', '105'],
    ['26540', '103'],
    ['202607012460', '203'],
    ['soon', '102'],
    ['20260701-20269915', '718'],
  ] as const) {
    expect(readMoment(text, format).note).toBe('messages.not_a_date');
  }
});

test('every day is the same day in every format that can name it', () => {
  const days = fc.date({
    min: new Date('1980-01-01'),
    max: new Date('2079-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, day] = iso.split('-') as [string, string, string];
      const short = year.slice(2);
      const first = Date.UTC(Number(year), 0, 1);
      const ordinal = Math.floor((Date.parse(iso) - first) / 86_400_000) + 1;
      const texts: readonly (readonly [string, string])[] = [
        [year + month + day, '102'],
        [short + month + day, '101'],
        [day + month + short, '2'],
        [month + day + short, '3'],
        [day + month + year, '4'],
        [short + String(ordinal).padStart(3, '0'), '105'],
      ];
      for (const [text, format] of texts) expect(readMoment(text, format).at).toBe(iso);
    }),
  );
});
