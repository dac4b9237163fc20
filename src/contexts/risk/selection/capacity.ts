import { addDays, type LocalDate } from '../../../kernel/dates.ts';
import type { FactSet } from '../../facts/index.ts';
import type { Decision } from '../contract.ts';
import type { Policy } from '../policy.ts';
import type { NoThreshold } from './contract.ts';

/** What an office may spend on a day. */
export interface DayBudget {
  readonly perDay: number;
  readonly exploreShare: number;
}

export interface CapacityOptions {
  readonly policy: Pick<Policy, 'selection'>;
  /** The budget in force at an office on a day, or `null`. */
  budgetOn(office: string, on: LocalDate): DayBudget | null;
}

export interface CapacityState {
  readonly budget: DayBudget | null;
  /** Harm in CNY from which the model selects; `null` with the reason in `missing`. */
  readonly threshold: number | null;
  readonly missing: NoThreshold | null;
  /** Examinations left on the day; `null` without a budget. */
  readonly left: number | null;
  /** What the threshold was computed from. */
  readonly days: number;
  readonly scored: number;
  /** Mean selections a day that no budget can refuse; `null` before there was a day. */
  readonly mandatoryLoad: number | null;
}

/**
 * How many examinations each office has left, and from which expected harm on one is worth spending.
 * The threshold speaks of earlier days only, so that a decision never looks ahead and can be
 * replayed; what is left is counted as the day goes.
 */
export interface Capacity {
  /** The facts `selection.*` of an office on a day, as far as they are known. */
  factsFor(office: string, on: LocalDate): FactSet;
  /**
   * Counts one decision. `harm` is what the model expected, or `null` where it had no say: without a
   * model, or where something else selected. `selected` says whether an examination is spent on it.
   */
  observe(office: string, day: LocalDate, harm: number | null, selected: boolean): void;
  /** As it is, or as it would be with another budget. */
  stateOf(office: string, on: LocalDate, budget?: DayBudget | null): CapacityState;
  /** Offices that were seen within the window. */
  offices(): readonly string[];
}

/** One office's day: harms as counts by bin, so that a day of any traffic takes bounded memory. */
interface Day {
  decided: number;
  selected: number;
  /** Selected by something else than the model. */
  byOthers: number;
  scored: number;
  readonly harms: Map<number, number>;
}

/** Bins of expected harm are this much apart: the threshold is as exact as the reckoning of harm. */
const BIN_RATIO = 1.01;
const binOf = (harm: number): number => Math.floor(Math.log(harm) / Math.log(BIN_RATIO));
const harmOfBin = (bin: number): number => Number((BIN_RATIO ** bin).toPrecision(6));

/**
 * Drawing rates for exploration: few, so that consignments drawn alike form large strata when
 * leakage is estimated.
 */
const EXPLORE_RATES = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

export function createCapacity({ policy, budgetOn }: CapacityOptions): Capacity {
  const { windowDays, daysMin, scoredMin, harmMin } = policy.selection;
  const byOffice = new Map<string, Map<LocalDate, Day>>();
  const thresholds = new Map<string, { key: string; harm: number | null }>();

  function dayOf(office: string, on: LocalDate): Day {
    const days = byOffice.get(office) ?? new Map<LocalDate, Day>();
    byOffice.set(office, days);
    const found = days.get(on);
    if (found) return found;
    const day: Day = { decided: 0, selected: 0, byOthers: 0, scored: 0, harms: new Map() };
    days.set(on, day);
    forget(days);
    return day;
  }

  /** Keeps what any day can still be asked about, reckoned from the latest. */
  function forget(days: Map<LocalDate, Day>): void {
    if (days.size <= windowDays + 1) return;
    let latest = '';
    for (const day of days.keys()) if (day > latest) latest = day;
    const from = addDays(latest, -windowDays);
    for (const day of days.keys()) if (day < from) days.delete(day);
  }

  function earlier(office: string, on: LocalDate): Day[] {
    const from = addDays(on, -windowDays);
    return [...(byOffice.get(office) ?? [])].flatMap(([day, seen]) =>
      from <= day && day < on ? [seen] : [],
    );
  }

  function thresholdOf(office: string, on: LocalDate, perDay: number, days: Day[]): number | null {
    // Counts only ever grow and days only ever pass, so that these say whether anything changed.
    const key = `${on} ${perDay} ${sum(days, 'decided')}`;
    const known = thresholds.get(office);
    if (known?.key === key) return known.harm;
    const harm = fillingHarm(days, perDay, harmMin);
    thresholds.set(office, { key, harm });
    return harm;
  }

  function stateOf(
    office: string,
    on: LocalDate,
    budget: DayBudget | null = budgetOn(office, on),
  ): CapacityState {
    const days = earlier(office, on);
    const scored = sum(days, 'scored');
    const isEnough = days.length >= daysMin && scored >= scoredMin;
    const today = byOffice.get(office)?.get(on);
    return {
      budget,
      threshold: budget && isEnough ? thresholdOf(office, on, budget.perDay, days) : null,
      missing: budget ? (isEnough ? null : 'tooLittleHistory') : 'noBudget',
      left: budget ? Math.max(0, budget.perDay - (today?.selected ?? 0)) : null,
      days: days.length,
      scored,
      mandatoryLoad: days.length > 0 ? sum(days, 'byOthers') / days.length : null,
    };
  }

  return {
    stateOf,
    offices: () => [...byOffice.keys()].sort(),

    factsFor(office, on) {
      const { budget, threshold, left } = stateOf(office, on);
      if (!budget) return {};
      const rate = exploreRate(budget, earlier(office, on), daysMin);
      return {
        ...(threshold !== null && { 'selection.threshold': threshold }),
        ...(left !== null && { 'selection.left': left }),
        ...(rate > 0 && { 'selection.exploreRate': rate }),
      };
    },

    observe(office, day, harm, selected) {
      const seen = dayOf(office, day);
      seen.decided += 1;
      if (selected) seen.selected += 1;
      if (harm === null) {
        if (selected) seen.byOthers += 1;
        return;
      }
      seen.scored += 1;
      const bin = binOf(Math.max(harm, harmMin));
      seen.harms.set(bin, (seen.harms.get(bin) ?? 0) + 1);
    },
  };
}

/**
 * The harm from which the model, had it selected on those days, would have spent what mandatory
 * criteria, the score and the draw left of the budget. Harms crowd on few values when a model is
 * sure of little; of the two thresholds around such a crowd the one that spends nearer to the
 * budget is taken. An office whose budget is used up by others still states one, so that the gravest
 * case is taken on a quiet day.
 */
function fillingHarm(days: readonly Day[], perDay: number, harmMin: number): number {
  // Days before there was a model say nothing of harm: counted, their room would be spent by the others.
  const scored = days.filter((day) => day.scored > 0);
  const room = scored.reduce((all, { byOthers }) => all + Math.max(0, perDay - byOthers), 0);
  const counts = new Map<number, number>();
  for (const { harms } of scored) {
    for (const [bin, count] of harms) counts.set(bin, (counts.get(bin) ?? 0) + count);
  }
  let taken = 0;
  let threshold: number | null = null;
  for (const [bin, count] of [...counts].sort(([a], [b]) => b - a)) {
    const isNearer = taken + count - room <= room - taken;
    if (threshold !== null && !isNearer) break;
    threshold = harmOfBin(bin);
    taken += count;
  }
  return Math.max(harmMin, threshold ?? harmMin);
}

/** The rate at which the release lane is drawn from, so that exploration spends its share of a day. */
function exploreRate({ perDay, exploreShare }: DayBudget, days: Day[], daysMin: number): number {
  const eligible = sum(days, 'decided') - sum(days, 'selected');
  if (exploreShare === 0 || days.length < daysMin || eligible <= 0) return 0;
  const wanted = (exploreShare * perDay * days.length) / eligible;
  return EXPLORE_RATES.find((rate) => rate <= wanted) ?? 0;
}

const sum = (days: readonly Day[], of: 'decided' | 'selected' | 'byOthers' | 'scored'): number =>
  days.reduce((all, day) => all + day[of], 0);

/** The customs office that would examine: where the goods cross, else where they are declared. */
export function officeOf(facts: FactSet): string | null {
  const office = facts['declaration.borderOffice'] ?? facts['declaration.office'];
  return typeof office === 'string' ? office : null;
}

/** Of a decision, what its capacity is counted by. */
export type Observed = Pick<Decision, 'decidedOn' | 'lane' | 'selectedBy'> & {
  readonly office: string | null;
  readonly harm: number | null;
};

/** The capacity as whoever decides uses it: by what is known of a declaration, and by decision. */
export function examinationCapacity(capacity: Capacity) {
  return {
    factsFor(stated: FactSet, on: LocalDate): FactSet {
      const office = officeOf(stated);
      return office === null ? {} : capacity.factsFor(office, on);
    },
    observe: (decision: Decision): void => observeDecision(capacity, decision),
  };
}
export type ExaminationCapacity = ReturnType<typeof examinationCapacity>;

/** Counts a decision as it was made; one without an office spends nobody's budget. */
export function observeDecision(capacity: Capacity, decision: Decision): void {
  const { facts, model } = decision;
  observeSelection(capacity, { ...decision, office: officeOf(facts), harm: model?.harm ?? null });
}

export function observeSelection(
  capacity: Capacity,
  { office, harm, decidedOn, lane, selectedBy }: Observed,
): void {
  if (office === null) return;
  const isOpen = selectedBy === 'model' || lane === 'green' || lane === 'blue';
  capacity.observe(office, decidedOn, isOpen ? harm : null, lane === 'red');
}
