import type { FactSet, Label } from '../../facts/index.ts';
import { importerNew } from '../checks/importer-new.ts';
import { importerNewGoods } from '../checks/importer-new-goods.ts';
import { PRICE_READS, priceAgainstPeers } from '../checks/price-sentence.ts';
import { routeUnusual } from '../checks/route-unusual.ts';
import { weightPerUnit } from '../checks/weight-per-unit.ts';
import type { Policy } from '../policy.ts';
import { isImport, numberOf } from '../wording.ts';
import type { AnomalyKind, AnomalyPart } from './contract.ts';
import { deviationProbability, nextProbability, surpriseOf } from './surprise.ts';

/** One way to be unlike one's peers: how likely it is, and what is said of it. */
interface Unusual {
  readonly kind: AnomalyKind;
  /** Facts without which nothing can be said; missing is not unusual. */
  readonly reads: readonly string[];
  probability(facts: FactSet, policy: Policy): number;
  sentence(facts: FactSet, policy: Policy): Label;
}

const ORDINARY = 1;

const PRICE: Unusual = {
  kind: 'price',
  reads: PRICE_READS,
  probability: (facts) => deviationProbability(numberOf(facts, 'peers.priceDeviation')),
  sentence: priceAgainstPeers,
};

const WEIGHT: Unusual = {
  kind: 'weight',
  reads: weightPerUnit.reads,
  probability: (facts) => deviationProbability(numberOf(facts, 'peers.weightDeviation')),
  sentence: weightPerUnit.sentence,
};

/** Only of imports, as in the check: an export goes where its buyer is. */
const ROUTE: Unusual = {
  kind: 'route',
  reads: routeUnusual.reads,
  probability(facts) {
    if (!isImport(facts)) return ORDINARY;
    const earlier = numberOf(facts, 'route.earlier');
    return nextProbability(numberOf(facts, 'route.share') * earlier, earlier);
  },
  sentence: routeUnusual.sentence,
};

const PARTY_GOODS: Unusual = {
  kind: 'partyGoods',
  reads: importerNewGoods.reads,
  probability(facts, policy) {
    const isKnown = hasHistory(facts, policy) && numberOf(facts, 'importer.earlierGoods') === 0;
    return isKnown ? nextProbability(0, numberOf(facts, 'importer.earlier')) : ORDINARY;
  },
  sentence: importerNewGoods.sentence,
};

/** What can be said of a declaration by itself, against earlier days. */
const ALONE: readonly Unusual[] = [PRICE, WEIGHT, ROUTE, PARTY_GOODS];

/** The ways a declaration is unlike its peers, apart from who filed it; the most surprising first. */
export function unusualParts(facts: FactSet, policy: Policy): AnomalyPart[] {
  const parts: AnomalyPart[] = [];
  for (const unusual of ALONE) {
    if (!unusual.reads.every((name) => hasFact(facts, name))) continue;
    const bits = surpriseOf(unusual.probability(facts, policy));
    if (bits > 0) {
      parts.push({ kind: unusual.kind, bits, sentence: unusual.sentence(facts, policy) });
    }
  }
  return parts.sort(bySurprise);
}

/** Whether nobody of this name declared before, in a history old enough to tell; `null` where it is not. */
export function isNewParty(facts: FactSet, policy: Policy): boolean | null {
  if (!importerNew.reads.every((name) => hasFact(facts, name))) return null;
  return hasHistory(facts, policy) ? numberOf(facts, 'importer.earlier') === 0 : null;
}

/** A new party is as surprising as new parties are rare among what was filed that day. */
export function newPartyPart(
  facts: FactSet,
  policy: Policy,
  { fresh, known }: { readonly fresh: number; readonly known: number },
): AnomalyPart | null {
  const bits = surpriseOf(nextProbability(fresh, fresh + known));
  if (bits === 0) return null;
  return { kind: 'party', bits, sentence: importerNew.sentence(facts, policy) };
}

export const bySurprise = (a: { bits: number }, b: { bits: number }): number => b.bits - a.bits;

const hasFact = (facts: FactSet, name: string): boolean =>
  facts[name] !== undefined && facts[name] !== null;

const hasHistory = (facts: FactSet, { importer }: Policy): boolean =>
  numberOf(facts, 'history.days') >= importer.historyDaysMin;
