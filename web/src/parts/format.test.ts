// Numbers, money, times and durations as each reader expects them, to the last digit.
import { describe, expect, it } from 'vitest';
import { createFormat, duration, groupDigits } from './format.ts';

describe('numbers as text', () => {
  it.each([
    ['0', '0'],
    ['1234', '1,234'],
    ['-1234567.89', '−1,234,567.89'],
    ['9007199254740993.0000000001', '9,007,199,254,740,993.0000000001'],
    ['999', '999'],
    ['not a number', 'not a number'],
  ])('%s is shown as %s, digit for digit', (text, shown) => {
    expect(groupDigits(text)).toBe(shown);
  });

  it.each([
    ['31436.4', 'USD', 'USD 31,436.40'],
    ['5000', 'EUR', 'EUR 5,000.00'],
    ['5000', 'JPY', 'JPY 5,000'],
    ['-0.5', 'CNY', 'CNY −0.50'],
    ['1.2345', 'USD', 'USD 1.2345'],
    ['7', null, '7.00'],
  ])('%s %s of money is shown as %s', (text, currency, shown) => {
    expect(createFormat('en').money(text, currency)).toBe(shown);
  });

  it('says nothing for a value that is missing, and never zero', () => {
    const { money, decimal, number, percent, duration: time } = createFormat('en');
    for (const said of [
      money(null, 'USD'),
      decimal(''),
      number(null),
      percent(undefined),
      time(null),
    ]) {
      expect(said).toBe('—');
    }
    expect(number(0)).toBe('0');
  });
});

describe('times', () => {
  it.each([
    [0, '0 s'],
    [0.0041, '5 ms'],
    [0.84, '0.8 s'],
    [9.96, '10 s'],
    [42, '42 s'],
    [60, '1 min'],
    [3661, '1 h 1 min'],
    [90_061, '1 d 1 h'],
    [86_400, '1 d'],
  ])('%d seconds are %s', (seconds, said) => {
    expect(duration(seconds, 'en')).toBe(said);
  });

  it('shows moments in port time whatever the reader’s own clock', () => {
    const { moment } = createFormat('zh');
    expect(moment('2026-06-30T16:00:00.000Z')).toBe('2026-07-01 00:00');
    expect(moment('2026-06-30T16:00:09.000Z', { seconds: true })).toBe('2026-07-01 00:00:09');
  });

  it('writes a calendar day as each language does, with no time zone in it', () => {
    expect(createFormat('zh').date('2026-07-01')).toBe('2026年7月1日');
    expect(createFormat('en').date('2026-07-01')).toBe('1 Jul 2026');
    expect(createFormat('en').days('2026-07-01', '2026-09-30')).toBe('1 Jul 2026 – 30 Sept 2026');
    expect(createFormat('en').days('2026-07-01', null)).toBe('from 1 Jul 2026');
    expect(createFormat('zh').days('2026-07-01', null)).toBe('2026年7月1日起');
  });
});
