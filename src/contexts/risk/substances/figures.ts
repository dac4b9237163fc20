import { addDays, type LocalDate } from '../../../kernel/dates.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Label } from '../../facts/index.ts';
import type { Share } from '../backtest/contract.ts';
import { allChecks } from '../checks/all.ts';
import { countOutcomes, type OutcomeCount } from '../rules/store.ts';
import { latestDay } from '../selection/store.ts';
import { shareOf } from '../share.ts';
import * as store from './store.ts';

/** Days looked back on from the latest day anything was decided for. */
const DAYS = 90;

/** What recognising substances has brought. */
interface SubstanceFigures {
  /** The days spoken of; `null` where nothing was decided yet. */
  readonly period: { readonly from: LocalDate; readonly to: LocalDate } | null;
  /** Each check that speaks of substances: its hits, and how many of those examined had a finding. */
  readonly detectors: readonly {
    readonly check: string;
    readonly label: Label;
    readonly hits: number;
    readonly hitRate: Share;
  }[];
  /** The same of what the random sample drew: goods that nothing chose. */
  readonly sample: { readonly drawn: number; readonly hitRate: Share };
  readonly substances: readonly store.SubstanceCount[];
  readonly unsure: readonly store.Unsure[];
}

/**
 * How often checks that speak of substances were right in the ninety days up to the latest decision, beside
 * the random sample; what was recognised, and what less likely than `certain`.
 */
export async function readSubstances(
  db: Db,
  { certain }: { readonly certain: number },
): Promise<SubstanceFigures> {
  const to = await latestDay(db);
  const from = addDays(to ?? '1970-01-01', 1 - DAYS);
  const [outcomes, substances, unsure] = await Promise.all([
    countOutcomes(db, from),
    store.countSubstances(db, from),
    store.listUnsure(db, from, certain),
  ]);
  const detectors = allChecks
    .filter(({ about, reads }) => [...about, ...reads].some(isOfChemicals))
    .map(({ id, label }) => {
      const { hits, hitRate } = rateOf(outcomes, id);
      return { check: id, label, hits, hitRate };
    });
  const drawn = rateOf(outcomes, 'sample');
  const sample = { drawn: drawn.hits, hitRate: drawn.hitRate };
  return { period: to === null ? null : { from, to }, detectors, sample, substances, unsure };
}

const isOfChemicals = (fact: string): boolean => fact.startsWith('chemical.');

/** Of whatever spoke under an id, in any version. */
function rateOf(outcomes: readonly OutcomeCount[], id: string): { hits: number; hitRate: Share } {
  const sum = { hits: 0, examined: 0, found: 0 };
  for (const { rule, aside, hits, examined, found } of outcomes) {
    if (rule !== id || aside) continue;
    sum.hits += hits;
    sum.examined += examined;
    sum.found += found;
  }
  return { hits: sum.hits, hitRate: shareOf(sum.found, sum.examined) };
}
