import type { Effective, LocalDate } from '../../../kernel/dates.ts';

/** Every day there is. */
export const ALWAYS: Effective = { from: '0000-01-01', to: null };

const earlier = (a: LocalDate | null, b: LocalDate | null): LocalDate | null =>
  a === null ? b : b === null || a < b ? a : b;
const later = (a: LocalDate | null, b: LocalDate | null): LocalDate | null =>
  a === null || b === null ? null : a > b ? a : b;

export const isEmpty = ({ from, to }: Effective): boolean => to !== null && to <= from;

/** The days two periods share; empty where they share none. */
export const common = (a: Effective, b: Effective): Effective => ({
  from: a.from > b.from ? a.from : b.from,
  to: earlier(a.to, b.to),
});

export const overlap = (a: Effective, b: Effective): boolean => !isEmpty(common(a, b));

/** The shortest period that holds both. */
export const hull = (a: Effective, b: Effective): Effective => ({
  from: a.from < b.from ? a.from : b.from,
  to: later(a.to, b.to),
});

/** What is left of a period without some of its days: nothing, one piece, or one on either side. */
export function without(period: Effective, days: Effective): Effective[] {
  const before = { from: period.from, to: earlier(period.to, days.from) };
  const after =
    days.to === null
      ? []
      : [{ from: days.to > period.from ? days.to : period.from, to: period.to }];
  return [before, ...after].filter((piece) => !isEmpty(piece));
}

/** The days around one on which none of the periods begins or ends. */
export function stillAround(day: LocalDate, periods: readonly Effective[]): Effective {
  let { from, to } = ALWAYS;
  for (const period of periods) {
    for (const edge of [period.from, period.to]) {
      if (edge === null) continue;
      if (edge <= day && edge > from) from = edge;
      if (edge > day) to = earlier(to, edge);
    }
  }
  return { from, to };
}
