import { canonicalJson } from '../../../kernel/canonical.ts';
import { addDays, type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import type { Share } from '../backtest/contract.ts';
import { shareOf } from '../share.ts';
import type { Budgets } from './budgets.ts';
import { type Capacity, type CapacityState, observeSelection } from './capacity.ts';
import {
  type Budget,
  type BudgetChange,
  type BudgetOutcome,
  type Consumption,
  type Exploration,
  type FastRelease,
  type OfficeToday,
  PERIOD_DAYS_MAX,
  type SelectionDay,
  type SelectionPeriod,
  type SelectionToday,
  type Threshold,
} from './contract.ts';
import { estimateLeakage } from './leakage.ts';
import { readSelection, setBudget } from './permissions.ts';
import * as store from './store.ts';

export interface SelectionDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly budgets: Budgets;
  readonly capacity: Capacity;
}

/** Budgets, what they were spent on, and what slipped past them. */
export function createSelection({ db, clock, budgets, capacity }: SelectionDeps) {
  const today = (): LocalDate => localDateOf(clock.now());

  function officeToday(
    office: string,
    on: LocalDate,
    row: store.ConsumptionRow | undefined,
  ): OfficeToday {
    const state = capacity.stateOf(office, on);
    const budget = budgets.on(office, on);
    const selected = row ? consumptionOf(row) : NOTHING;
    const used = Object.values(selected).reduce((all, count) => all + count, 0);
    return {
      office,
      on,
      decided: row?.decided ?? 0,
      budget,
      selected,
      left: budget ? Math.max(0, budget.perDay - used) : null,
      threshold: thresholdOf(state),
      mandatoryLoad: state.mandatoryLoad,
    };
  }

  return {
    async today(actor: Actor, day: LocalDate | null): Promise<SelectionToday> {
      authorise(actor, readSelection);
      const on = day ?? today();
      const rows = new Map(
        (await store.consumptionByOffice(db, on)).map((row) => [row.office, row]),
      );
      const offices = new Set([...budgets.offices(), ...capacity.offices(), ...rows.keys()]);
      return {
        on,
        latest: await store.latestSpentDay(db),
        offices: [...offices].sort().map((office) => officeToday(office, on, rows.get(office))),
      };
    },

    async history(actor: Actor, period: SelectionPeriod): Promise<SelectionDay[]> {
      authorise(actor, readSelection);
      requirePeriod(period);
      const { office } = period;
      const offices = office === null ? budgets.offices() : [office];
      const rows = await store.consumptionByDay(db, period);
      return rows.map((row) => ({
        on: row.on,
        decided: row.decided,
        selected: consumptionOf(row),
        budget: sumOrNull(offices.map((one) => budgets.on(one, row.on)?.perDay ?? null)),
        threshold: office === null ? null : row.threshold,
        examined: row.examined,
        found: row.found,
      }));
    },

    /** Automatic fast release with its leakage: how much, how fast, and what it lets through. */
    async fastRelease(actor: Actor, period: SelectionPeriod): Promise<FastRelease> {
      authorise(actor, readSelection);
      requirePeriod(period);
      const { released, untouched, median, p95, p99 } = await store.readReleases(db, period);
      return {
        ...period,
        share: shareOf(untouched, released),
        seconds: median === null || p95 === null || p99 === null ? null : { median, p95, p99 },
        leakage: estimateLeakage(await store.releaseLaneStrata(db, period)),
        exploration: explorationOf(await store.findingsBySource(db, period)),
        asOf: clock.now(),
      };
    },

    async listBudgets(actor: Actor): Promise<readonly Budget[]> {
      authorise(actor, readSelection);
      return budgets.list();
    },

    /** Sets a budget from a day on; with a dry run, says what it would come to. */
    async setBudget(actor: Actor, change: BudgetChange): Promise<BudgetOutcome> {
      authorise(actor, setBudget);
      const { id, dryRun, ...said } = change;
      const budget = { ...said, setBy: actor.personId, setAt: clock.now() };
      const on = budget.effectiveFrom > today() ? budget.effectiveFrom : today();
      const outcome: BudgetOutcome = {
        budget,
        before: budgets.on(budget.office, on),
        thresholdBefore: thresholdOf(capacity.stateOf(budget.office, on)),
        threshold: thresholdOf(capacity.stateOf(budget.office, on, budget)),
      };
      const known = await store.findBudget(db, id);
      if (known) {
        requireSame(known, budget);
        return { ...outcome, budget: known };
      }
      if (budget.effectiveFrom < today() && !actor.mayBackdate) {
        throw new Refused('invalid', {
          code: 'risk.budget_in_the_past',
          path: 'effectiveFrom',
          seen: budget.effectiveFrom,
          params: { today: today() },
        });
      }
      if (dryRun) return outcome;
      await inTransaction(db, async (tx) => {
        await store.saveBudget(tx, id, budget);
        await recordAudit(tx, {
          actor,
          operation: setBudget.operation,
          subjects: [`customsOffice:${budget.office}`],
          outcome: 'done',
          detail: { ...said, before: outcome.before?.perDay ?? null },
          at: budget.setAt,
        });
      });
      await budgets.reload();
      return outcome;
    },
  };
}
export type Selection = ReturnType<typeof createSelection>;

/** Fills a capacity from stored decisions, at the start of the server; says how many. */
export async function rebuildCapacity(
  db: Db,
  capacity: Capacity,
  windowDays: number,
): Promise<number> {
  const latest = await store.latestDay(db);
  if (latest === null) return 0;
  let observed = 0;
  for await (const decision of store.readSelections(db, addDays(latest, -windowDays))) {
    observeSelection(capacity, decision);
    observed += 1;
  }
  return observed;
}

const NOTHING: Consumption = { mandatory: 0, score: 0, model: 0, sample: 0, explore: 0 };

const consumptionOf = ({
  mandatory,
  score,
  model,
  sample,
  explore,
}: store.ConsumptionRow): Consumption => ({ mandatory, score, model, sample, explore });

const thresholdOf = ({ threshold, missing, days, scored }: CapacityState): Threshold => ({
  harm: threshold,
  missing,
  days,
  scored,
});

function explorationOf(sources: ReadonlyMap<string, store.Examined>): Exploration {
  const of = (source: string): Share => {
    const { examined = 0, found = 0 } = sources.get(source) ?? {};
    return shareOf(found, examined);
  };
  const [sample, explore, model] = [of('sample'), of('explore'), of('model')];
  const isComparable = model.value !== null && explore.value !== null;
  const forgone = isComparable
    ? explore.denominator * ((model.value ?? 0) - (explore.value ?? 0))
    : null;
  return { sample, explore, model, forgone };
}

const sumOrNull = (values: readonly (number | null)[]): number | null =>
  values.reduce((all, value) => (value === null ? all : (all ?? 0) + value), null);

function requirePeriod({ from, to }: SelectionPeriod): void {
  if (from <= to && to <= addDays(from, PERIOD_DAYS_MAX)) return;
  throw new Refused('invalid', {
    code: 'risk.budget_period_malformed',
    path: 'to',
    seen: `${from} – ${to}`,
    params: { daysMax: PERIOD_DAYS_MAX },
  });
}

/** The same id stands for the same budget, whoever sends it again and whenever. */
function requireSame(known: Budget, sent: Budget): void {
  const told = ({ setAt: _, ...budget }: Budget) => canonicalJson(budget);
  if (told(known) === told(sent)) return;
  throw new Refused('conflict', { code: 'risk.budget_id_taken', path: 'id' });
}
