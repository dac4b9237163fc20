import { addDays, type LocalDate } from '../../src/kernel/dates.ts';
import { type Random, randomFor } from './random.ts';

export const QUARTER = { from: '2026-07-01', to: '2026-09-30' } as const;

const HOUR = 3_600_000;
const WEEK = [0.22, 1, 1.04, 1.05, 1.03, 1, 0.38];
/** Invented: a typhoon shut the harbour on two days in August, and the next days caught up. */
const TYPHOON: Readonly<Record<LocalDate, number>> = {
  '2026-08-12': 0.55,
  '2026-08-13': 0.4,
  '2026-08-14': 1.3,
  '2026-08-17': 1.15,
};
/** Mid-Autumn (中秋) is a holiday; before Golden Week (国庆) everybody ships at once. */
const HOLIDAY: Readonly<Record<LocalDate, number>> = {
  '2026-09-25': 0.28,
  '2026-09-26': 0.24,
  '2026-09-27': 0.22,
};
const RUSH = { from: '2026-09-16', factor: 1.28 };

export interface Day {
  readonly date: LocalDate;
  /** Month of the quarter: 0, 1, 2. */
  readonly month: number;
  readonly declarations: number;
}

function daysOfQuarter(): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day: LocalDate = QUARTER.from; day <= QUARTER.to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Spreads `total` declarations over the quarter by its weekly and seasonal rhythm, exactly. */
export function planDays(total: number, seed: string): Day[] {
  const random = randomFor(seed, 'calendar');
  const days = daysOfQuarter();
  const weights = days.map((date) => {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const week = HOLIDAY[date] ?? WEEK[weekday] ?? 1;
    const rush = date >= RUSH.from && !HOLIDAY[date] ? RUSH.factor : 1;
    return week * rush * (TYPHOON[date] ?? 1) * random.logNormal(0.045);
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let soFar = 0;
  let given = 0;
  return days.map((date, index) => {
    soFar += weights[index] ?? 0;
    const declarations = Math.round((total * soFar) / all) - given;
    given += declarations;
    return { date, month: Number(date.slice(5, 7)) - 7, declarations };
  });
}

/** Local hours at which brokers file: two humps, lunch, and machines through the night. */
const HOURS = [1, 1, 1, 1, 1, 1, 2, 4, 14, 26, 30, 24, 12, 22, 28, 30, 27, 19, 9, 6, 5, 4, 3, 2];
const HOURS_TOTAL = HOURS.reduce((sum, weight) => sum + weight, 0);

/** A moment of the day, in milliseconds. */
export function timeOfDay(date: LocalDate, random: Random): number {
  let wanted = random.next() * HOURS_TOTAL;
  let hour = HOURS.findIndex((weight) => {
    wanted -= weight;
    return wanted < 0;
  });
  if (hour < 0) hour = HOURS.length - 1;
  return Math.floor(Date.parse(`${date}T00:00:00+08:00`) + (hour + random.next()) * HOUR);
}
