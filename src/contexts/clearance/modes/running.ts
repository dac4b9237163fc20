import assert from 'node:assert/strict';
import { addDays, isLocalDate, type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import type { DeclarationContent } from '../contract.ts';
import type { State } from '../declaration.ts';
import { type ComposedMode, choiceOf, composeMode } from './compose.ts';
import type { Clock, ClockRule } from './contract.ts';

/** Whether a day is one of rest: a weekend that is not worked, or a holiday. */
export type IsRestDay = (on: LocalDate) => boolean;

/** Without a table of holidays, Saturdays and Sundays. */
export const isWeekend: IsRestDay = (on) => {
  const day = new Date(`${on}T00:00:00.000Z`).getUTCDay();
  return day === 0 || day === 6;
};

/** The mode of what is declared, under the law of a day; whether it may be used is `check.ts`' question. */
export function modeOn(content: DeclarationContent, on: LocalDate): ComposedMode {
  const known = latest.get(content);
  if (known?.on === on) return known.mode;
  const mode = composeMode(choiceOf(content, on), on, { ieFlag: content.ieFlag, grade: null });
  latest.set(content, { on, mode });
  return mode;
}
/** A declaration is asked for its mode several times in one act, always with the same content. */
const latest = new WeakMap<DeclarationContent, { on: LocalDate; mode: ComposedMode }>();

/** The mode of a declaration that was filed: the law of that day stays its law. */
export function modeOf({ content, filedAt }: Pick<State, 'content' | 'filedAt'>): ComposedMode {
  assert(filedAt, 'What has not been filed is under no mode yet.');
  return modeOn(content, localDateOf(filedAt));
}

/**
 * Every clock of a declaration: when it began, when it is due with its pauses counted in, and whether
 * it was kept. All of it follows from the record, so that asking twice, late, or with a wrong clock
 * changes nothing.
 */
export function clocksRunning(state: State, isRestDay: IsRestDay): Clock[] {
  if (!state.filedAt) return [];
  const isOver = state.endedAt !== null && state.status !== 'closed';
  return modeOf(state)
    .clocks.map((rule) => clockOf(rule, state, isRestDay))
    .filter(({ metAt }) => !isOver || metAt !== null);
}

function clockOf(rule: ClockRule, state: State, isRestDay: IsRestDay): Clock {
  const { kind, label, owner, onExpiry, legalBasis } = rule;
  const marks = state.clockMarks[kind];
  const startedOn = startOf(rule, state);
  const pause = marks?.pauses.find(({ to }) => to === null) ?? null;
  const set = kind === 'endTransit' ? (state.transit?.dueOn ?? null) : null;
  const lost = (marks?.pauses ?? []).reduce(
    (days, { from, to }) => days + daysBetween(from, to),
    0,
  );
  const dueOn = startedOn && (set ? addDays(set, lost) : dueDay(rule, startedOn, isRestDay, lost));
  const metAt = endOf(rule, state);
  return {
    ...{ kind, label, owner, onExpiry, legalBasis, startedOn, dueOn, metAt },
    dueAt: dueOn && endOfDay(dueOn),
    pausedAt: pause?.from ?? null,
    pauseCode: pause?.code ?? null,
    warnedAt: marks?.warnedAt ?? null,
    expiredAt: marks?.expiredAt ?? null,
    overdue: metAt && dueOn ? localDateOf(metAt) > dueOn : Boolean(marks?.expiredAt),
  };
}

/** The day a clock counts from; `null` while its event has not happened. */
function startOf({ from }: ClockRule, state: State): LocalDate | null {
  switch (from) {
    case 'conveyanceEntered':
      return entryDay(state.content);
    case 'monthEnded': {
      const moved = entryDay(state.content);
      return moved && lastOfMonth(moved);
    }
    case 'removalPermitted':
      return state.removedAt && localDateOf(state.removedAt);
    case 'transitStarted':
      return state.transit && localDateOf(state.transit.startedAt);
  }
}

function endOf({ until }: ClockRule, state: State): string | null {
  switch (until) {
    case 'filed':
      return state.filedAt;
    case 'completed':
      return state.completedAt;
    case 'transitEnded':
      return state.transit?.endedAt ?? null;
    case 'released':
      return state.releasedAt;
  }
}

/** The declared day of entry of the conveyance, or of the first movement of a batch. */
export function entryDay({ transport }: Pick<DeclarationContent, 'transport'>): LocalDate | null {
  return transport.date && isLocalDate(transport.date) ? transport.date : null;
}

/**
 * The last day of a period. Its first day does not count; days of a pause are added; where the law
 * says so, a last day of rest moves to the next working day.
 */
export function dueDay(
  { days, counting, restDayPostpones }: ClockRule,
  startedOn: LocalDate,
  isRestDay: IsRestDay,
  pausedDays = 0,
): LocalDate {
  let day = startedOn;
  let left = days + pausedDays;
  if (counting === 'calendarDays') day = addDays(day, left);
  else
    while (left > 0) {
      day = addDays(day, 1);
      if (!isRestDay(day)) left -= 1;
    }
  while (restDayPostpones && isRestDay(day)) day = addDays(day, 1);
  return day;
}

/** The day on which the owner is warned. */
export const warningDay = ({ warnDaysBefore }: ClockRule, dueOn: LocalDate): LocalDate =>
  addDays(dueOn, -warnDaysBefore);

/** Whole days a clock stood still; a pause within one day moves nothing, one that lasts is counted when it ends. */
function daysBetween(from: string, to: string | null): number {
  if (to === null) return 0;
  return daysFrom(localDateOf(from), localDateOf(to));
}

export const daysFrom = (from: LocalDate, to: LocalDate): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));

function lastOfMonth(day: LocalDate): LocalDate {
  const next = addDays(`${day.slice(0, 7)}-28`, 4);
  return addDays(`${next.slice(0, 7)}-01`, -1);
}

/** The last moment of a day at the port, which is eight hours ahead of UTC. */
const endOfDay = (day: LocalDate): string => `${day}T15:59:59.999Z`;
/** The first moment of a day at the port. */
export const startOfDay = (day: LocalDate): string => `${addDays(day, -1)}T16:00:00.000Z`;
