// Times as systems write them: with a pattern or without, in a zone with summer time or none, and days.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayReader, formatProblem, instantReader, isZone } from './instant.ts';

describe('a moment', () => {
  test.each([
    ['Asia/Shanghai', undefined, '2026-07-01', '2026-06-30T16:00:00.000Z'],
    ['Asia/Shanghai', undefined, '2026-07-01 08:30', '2026-07-01T00:30:00.000Z'],
    ['Asia/Shanghai', undefined, '2026-07-01T08:30:05.25', '2026-07-01T00:30:05.250Z'],
    ['Asia/Shanghai', undefined, '2026-07-01T08:30:00Z', '2026-07-01T08:30:00.000Z'],
    ['Asia/Shanghai', undefined, '2026-07-01T08:30:00+0200', '2026-07-01T06:30:00.000Z'],
    ['+08:00', '%d.%m.%Y %H:%M:%S', '01.07.2026 08:30:00', '2026-07-01T00:30:00.000Z'],
    ['+08:00', '%d.%m.%Y', '2026-07-01', '2026-06-30T16:00:00.000Z'],
    ['Z', '%Y%m%d%H%M', '202607010830', '2026-07-01T08:30:00.000Z'],
    ['Z', '%m/%d/%y', '7/1/26', '2026-07-01T00:00:00.000Z'],
    ['-03:30', undefined, '2026-07-01 00:00', '2026-07-01T03:30:00.000Z'],
    ['Europe/Berlin', undefined, '2026-07-01 12:00', '2026-07-01T10:00:00.000Z'],
    ['Europe/Berlin', undefined, '2026-12-01 12:00', '2026-12-01T11:00:00.000Z'],
    ['Europe/Berlin', undefined, '2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
    ['Asia/Shanghai', undefined, '2026-02-30', null],
    ['Asia/Shanghai', undefined, '2026-07-01 24:00', null],
    ['Asia/Shanghai', '%d-%m-%Y', '01/07/2026', null],
    ['Asia/Shanghai', undefined, '', null],
  ])('in %s by %s: %s is %s', (zone, format, text, outcome) => {
    expect(instantReader(zone, format, 0)(text)).toBe(outcome);
  });

  test('written in a zone is read back as the moment it was', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'];
    const moments = fc.date({
      ...{ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z') },
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, date) => {
        const at = new Date(Math.floor(date.getTime() / 1000) * 1000);
        // Swedish writes a wall clock as ISO does.
        const wall = new Intl.DateTimeFormat('sv-SE', {
          ...{ timeZone: zone, dateStyle: 'short', timeStyle: 'medium' },
        }).format(at);
        const read = instantReader(zone, undefined, 0)(wall);
        const off = Math.abs(Date.parse(read ?? '') - at.getTime());
        // An hour that the clocks went through twice is read as one of the two.
        expect([0, 3_600_000]).toContain(off);
        if (zone.startsWith('Asia')) expect(off).toBe(0);
      }),
    );
  });
});

test('a last day included becomes the first day after', () => {
  const read = dayReader('%d-%m-%Y', 1);
  expect([read('31-12-2010'), read('31-12-2010 23:59'), read('x')]).toEqual([
    '2011-01-01',
    null,
    null,
  ]);
});

test.each([
  ['%d-%m-%Y %H:%M:%S', null],
  ['%Y%m%d', null],
  ['%d-%m', '%d-%m'],
  ['%d-%b-%Y', '%b'],
  ['%d-%d-%m-%Y', '%d-%d-%m-%Y'],
])('pattern %s: %s', (format, problem) => {
  expect(formatProblem(format)).toBe(problem);
});

test.each([
  ['Asia/Shanghai', true],
  ['+08:00', true],
  ['Mars/Olympus', false],
])('zone %s is known: %s', (zone, known) => {
  expect(isZone(zone)).toBe(known);
});
