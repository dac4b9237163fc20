// Days that cost money: declared late, paid late, deferred; and the rest days that move them.
import { describe, expect, test } from 'vitest';
import { decimal, toText } from '../../../kernel/decimal.ts';
import { workingDayFrom } from '../tariff/open.ts';
import { tariffOf } from '../tariff/testing.ts';
import { assess } from './assess.ts';
import {
  type DailyCharge,
  dayOfLaw,
  deferredInterest,
  lateDeclarationFee,
  latePaymentSurcharge,
  paymentDeadline,
  workingDayOfNextMonth,
} from './clocks.ts';
import { requestOf } from './fixtures.ts';

const tables = tariffOf();
const told = (charge: DailyCharge | null) =>
  charge && [charge.firstDay, charge.lastDay, charge.days, toText(charge.amount)];

describe('the day whose rates hold', () => {
  const entered = { ieFlag: 'I', acceptedOn: '2026-07-01' } as const;
  test('is the day the declaration is completed', () => {
    const filed = { ...entered, filing: 'standard', conveyanceEnteredOn: '2026-06-28' };
    expect(dayOfLaw(filed)).toMatchObject({ on: '2026-07-01', isProvisional: false });
  });
  test('for an advance filing, the day its conveyance enters; until then, for the time being', () => {
    const filed = { ...entered, filing: 'advance' };
    expect(dayOfLaw({ ...filed, conveyanceEnteredOn: null })).toMatchObject({
      ...{ on: '2026-07-01', isProvisional: true },
    });
    expect(dayOfLaw({ ...filed, conveyanceEnteredOn: '2026-07-03' })).toMatchObject({
      ...{ on: '2026-07-03', isProvisional: false },
    });
  });
});

describe('late-declaration fee', () => {
  const late = (conveyanceEnteredOn: string, acceptedOn: string, value = '1000000') =>
    told(
      lateDeclarationFee({ customsValue: decimal(value), conveyanceEnteredOn, acceptedOn }, tables),
    );
  test('begins with the fifteenth day after entry, both ends counted', () => {
    expect(late('2026-07-01', '2026-07-15')).toBeNull();
    expect(late('2026-07-01', '2026-07-16')).toEqual(['2026-07-16', '2026-07-16', 1, '500']);
    expect(late('2026-07-01', '2026-07-20')).toEqual(['2026-07-16', '2026-07-20', 5, '2500']);
  });
  test('a first day that is a rest day moves on', () => {
    // 2026-07-18 is a Saturday; 1 to 7 October are the National Day.
    expect(late('2026-07-03', '2026-07-19')).toBeNull();
    expect(late('2026-07-03', '2026-07-20')?.[0]).toBe('2026-07-20');
    expect(late('2026-09-16', '2026-10-08')?.[0]).toBe('2026-10-08');
  });
  test('parts of a yuan are let go, and less than fifty yuan are not collected', () => {
    expect(late('2026-07-01', '2026-07-16', '101999.99')?.[3]).toBe('50');
    expect(late('2026-07-01', '2026-07-16', '99999.99')?.[3]).toBe('0');
  });
  test('stands in the assessment when the days are known', () => {
    const days = { conveyanceEnteredOn: '2026-07-01', acceptedOn: '2026-07-20' };
    const { assessment } = assess(requestOf(days, { value: '1000000' }), tables);
    expect(assessment?.lateDeclaration).toMatchObject({ days: 5, fee: '2500' });
    expect(assessment?.steps.at(-1)).toMatchObject({
      code: 'duty.step_late_declaration',
      params: { customsValue: '1000000.00', permille: '0.5', days: 5, fee: '2500.00' },
    });
    const exported = assess(requestOf({ ...days, ieFlag: 'E' }), tables).assessment;
    expect(exported?.lateDeclaration).toBeNull();
  });
});

describe('late-payment surcharge', () => {
  test('the fifteenth day is the last; a rest day moves it, an exchanged working day does not', () => {
    expect(paymentDeadline('2026-07-01', tables)).toBe('2026-07-16');
    expect(paymentDeadline('2026-09-16', tables)).toBe('2026-10-08');
    // Sunday 2026-09-20 is worked in exchange for the holiday.
    expect(paymentDeadline('2026-09-05', tables)).toBe('2026-09-20');
  });
  test('runs to the day of payment, rest days too', () => {
    const late = { amount: decimal('100000'), deadline: '2026-07-16' };
    expect(latePaymentSurcharge({ ...late, paidOn: '2026-07-16' }, tables)).toBeNull();
    expect(told(latePaymentSurcharge({ ...late, paidOn: '2026-07-20' }, tables))).toEqual([
      ...['2026-07-17', '2026-07-20', 4, '200'],
    ]);
  });
  test('less than fifty yuan are not collected', () => {
    const late = { deadline: '2026-07-16', paidOn: '2026-07-17' };
    const of = (amount: string) =>
      told(latePaymentSurcharge({ ...late, amount: decimal(amount) }, tables))?.[3];
    expect([of('99989'), of('100000')]).toEqual(['0', '50']);
  });
  test('consolidated tax is paid by the fifth working day of the next month', () => {
    expect(workingDayOfNextMonth('2026-09-11', 5, tables)).toBe('2026-10-13');
    expect(workingDayOfNextMonth('2026-12-31', 1, tables)).toBe('2027-01-04');
  });
});

describe('interest on deferred tax', () => {
  const interest = (bondedOn: string, billedOn: string) =>
    toText(deferredInterest({ amount: decimal('360000'), bondedOn, billedOn }, tables).amount);
  test('at the demand deposit rate of the day it is billed, by the day of 360', () => {
    expect(interest('2026-01-01', '2026-04-11')).toBe('350');
    expect(interest('2011-01-01', '2011-04-11')).toBe('500');
  });
  test('nothing while the State waived it', () => {
    expect(interest('2020-01-01', '2020-12-31')).toBe('0');
    expect(interest('2020-01-01', '2021-01-01')).not.toBe('0');
  });
});

test('weekends and holidays are rest days, what is exchanged for them is not', () => {
  expect(workingDayFrom('2026-07-04', tables)).toBe('2026-07-06');
  expect(workingDayFrom('2026-02-14', tables)).toBe('2026-02-14');
  expect(workingDayFrom('2026-02-15', tables)).toBe('2026-02-24');
});
