import type { Quantity } from '../quantity.ts';
import { type Spot, spotKey } from '../stocktake/differences.ts';
import { type Candidate, idOf } from './candidate.ts';
import { type Chosen, choose, type Reading } from './choose.ts';
import type { Cause, Grade } from './contract.ts';
import { corrected } from './detectors/corrected.ts';
import { counting } from './detectors/counting.ts';
import { duplicates } from './detectors/duplicates.ts';
import type { Detector } from './detectors/found.ts';
import { mixed } from './detectors/mixed.ts';
import { orders } from './detectors/orders.ts';
import { pairs, type Rests, type RestsOf } from './detectors/pairs.ts';
import { papers } from './detectors/papers.ts';
import { rework } from './detectors/rework.ts';
import { timing } from './detectors/timing.ts';
import { transit } from './detectors/transit.ts';
import { units } from './detectors/units.ts';
import { version } from './detectors/version.ts';
import type { Differing, Evidence } from './evidence.ts';
import { gather } from './facts.ts';
import { type Remedy, remedyFor } from './remedies.ts';

export interface AttributedCause {
  readonly cause: Cause;
  readonly grade: Grade;
  /** Signed, and exact: what it adds to counted less book. */
  readonly quantity: Quantity;
  /** What to look at; the records that prove it come first. */
  readonly records: readonly string[];
  readonly remedy: Remedy;
}

export interface PossibleCauses {
  readonly causes: readonly AttributedCause[];
  /** What would still be unexplained if these were the causes. */
  readonly residual: Quantity;
}

export interface Explanation {
  readonly difference: Differing;
  /** Identified by records: their quantities and the residual add up to the difference, always. */
  readonly explained: readonly AttributedCause[];
  /** What no record identifies. It is never spread over causes. */
  readonly residual: Quantity;
  /** What may be behind the residual: a choice, of which at most one is true. None is taken off it. */
  readonly possible: readonly PossibleCauses[];
  /** What is owed or to be declared for the residual; `null` where nothing is left. */
  readonly remedy: Remedy | null;
  /** False when there were more combinations than could be tried. */
  readonly isWhole: boolean;
}

const DETECTORS: readonly Detector[] = [
  timing,
  papers,
  duplicates,
  corrected,
  units,
  version,
  orders,
  transit,
  mixed,
  rework,
  counting,
];

/**
 * Attributes every difference of a count to what the records show: a pure function of its evidence, in whatever
 * order that comes. One explanation for each difference, in the order of parts.
 */
export function explain(evidence: Evidence, watch: Watch = () => {}): readonly Explanation[] {
  const facts = gather(evidence);
  const alone = distinct(
    DETECTORS.flatMap((detector, done) => {
      watch({ step: 'searching', done, of: DETECTORS.length });
      return [...detector(facts)];
    }),
  );
  const first = choose(facts.differences, alone);
  const together = distinct([...alone, ...pairs(facts, restsAfter(first, alone))]);
  const fitting = (done: number, of: number) => watch({ step: 'fitting', done, of });
  return choose(facts.differences, together, fitting).map(told);
}

/** Told how far it is. */
type Watch = (progress: {
  readonly step: 'searching' | 'fitting';
  readonly done: number;
  readonly of: number;
}) => void;

function distinct(candidates: Iterable<Candidate>): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const id = idOf(candidate);
    const known = byId.get(id);
    if (!known || GRADES.indexOf(candidate.grade) < GRADES.indexOf(known.grade))
      byId.set(id, candidate);
  }
  return [...byId.values()];
}

const GRADES: readonly Grade[] = ['certain', 'strong', 'documented', 'pattern'];

/** Most candidates of a spot whose being true or not is tried before looking for its mirror. */
const TRIED_MAX = 12;

/** What single spots leave open, and what they would if one or two doubtful causes were true: where mirrors are looked for. */
function restsAfter(chosen: readonly Chosen[], candidates: readonly Candidate[]): RestsOf {
  const certain = new Map<string, Quantity>();
  const maybe = new Map<string, Quantity[]>();
  for (const { grade, effects } of candidates)
    for (const { quantity, ...spot } of effects) {
      const key = spotKey(spot);
      if (grade === 'certain') certain.set(key, (certain.get(key) ?? 0) + quantity);
      else if (grade !== 'pattern') maybe.set(key, [...(maybe.get(key) ?? []), quantity]);
    }
  const rests = new Map<string, Rests>();
  for (const { target, explained } of chosen) {
    const key = spotKey(target);
    const left = explained.reduce((open, { quantity }) => open - quantity, target.difference);
    const rest = target.difference - (certain.get(key) ?? 0);
    const tried = (maybe.get(key) ?? []).slice(0, TRIED_MAX);
    const sums = sumsOfTwo(tried).map((sum) => rest - sum);
    rests.set(key, {
      ...{ plain: rest, exact: new Set([rest, left]) },
      supposed: new Set([rest, left, ...sums]),
    });
  }
  return (spot: Spot) => rests.get(spotKey(spot));
}

const sumsOfTwo = (quantities: readonly Quantity[]): Quantity[] =>
  quantities.flatMap((one, at) => [one, ...quantities.slice(at + 1).map((two) => one + two)]);

const sum = (causes: readonly AttributedCause[]): Quantity =>
  causes.reduce((total, { quantity }) => total + quantity, 0);

function told({ target, explained, possible, isWhole }: Chosen): Explanation {
  const causes = explained.map(attributed);
  const residual = target.difference - sum(causes);
  return {
    difference: target,
    explained: causes,
    residual,
    possible: possible.map((set) => {
      const others = set.filter(({ id }) => !explained.some((it) => it.id === id)).map(attributed);
      return { causes: others, residual: residual - sum(others) };
    }),
    remedy: remedyFor(target.part, residual),
    isWhole,
  };
}

const attributed = ({ candidate, quantity }: Reading): AttributedCause => ({
  cause: candidate.cause,
  grade: candidate.grade,
  quantity,
  records: candidate.records,
  remedy: candidate.remedy,
});
