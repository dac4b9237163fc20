import type { FactSet } from '../../facts/index.ts';
import type { Lane } from '../contract.ts';
import type { Policy } from '../policy.ts';
import type { Anomaly, AnomalyPart } from './contract.ts';
import { bySurprise, isNewParty, newPartyPart, unusualParts } from './unusual.ts';

/** A decided declaration, as the ranking needs it. */
export interface Decided {
  readonly subject: string;
  readonly decision: string;
  readonly lane: Lane;
  readonly facts: FactSet;
}

export interface Ranked {
  readonly considered: number;
  readonly unusual: number;
  readonly anomalies: Anomaly[];
}

interface Candidate {
  readonly row: Decided;
  readonly parts: readonly AnomalyPart[];
  readonly bits: number;
}

/**
 * Puts a day's declarations in order of surprise. It is given them one by one and keeps only those
 * that can still be among the first, so that a day of any size fits; the order they come in changes
 * nothing. How rare new parties are is known when the day is over: their declarations are kept apart
 * until then, since all of them gain alike.
 */
export function createRanking(policy: Policy, limit: number) {
  const ofKnown = createFirst(limit);
  const ofNew = createFirst(limit);
  const parties = { fresh: 0, known: 0 };
  let considered = 0;
  let unusualWithoutParty = 0;
  let usualButNew = 0;

  return {
    add(row: Decided): void {
      considered += 1;
      const isNew = isNewParty(row.facts, policy);
      if (isNew !== null) parties[isNew ? 'fresh' : 'known'] += 1;
      const parts = unusualParts(row.facts, policy);
      if (parts.length > 0) unusualWithoutParty += 1;
      else if (isNew === true) usualButNew += 1;
      else return;
      (isNew === true ? ofNew : ofKnown).add({ row, parts, bits: sumOf(parts) });
    },

    result(): Ranked {
      const fresh = ofNew.first().flatMap(({ row, parts }) => {
        const party = newPartyPart(row.facts, policy, parties);
        const all = party ? [...parts, party].sort(bySurprise) : parts;
        return all.length === 0 ? [] : [{ row, parts: all, bits: sumOf(all) }];
      });
      const countsNew = fresh.some(({ parts }) => parts.some(({ kind }) => kind === 'party'));
      return {
        considered,
        unusual: unusualWithoutParty + (countsNew ? usualButNew : 0),
        anomalies: [...ofKnown.first(), ...fresh].sort(inOrder).slice(0, limit).map(toAnomaly),
      };
    },
  };
}

/** Keeps the first so many, in memory for twice as many. */
function createFirst(limit: number) {
  let kept: Candidate[] = [];
  const prune = (): void => {
    kept = kept.sort(inOrder).slice(0, limit);
  };
  return {
    add(candidate: Candidate): void {
      kept.push(candidate);
      if (kept.length > 2 * limit) prune();
    },
    first(): readonly Candidate[] {
      prune();
      return kept;
    },
  };
}

/** By surprise, then by name: the same day always gives the same list. */
const inOrder = (a: Candidate, b: Candidate): number =>
  bySurprise(a, b) || (a.row.subject < b.row.subject ? -1 : 1);

const sumOf = (parts: readonly AnomalyPart[]): number =>
  parts.reduce((sum, { bits }) => sum + bits, 0);

function toAnomaly({ row, parts, bits }: Candidate): Anomaly {
  const { facts } = row;
  const text = (name: string): string | null => {
    const value = facts[name];
    return typeof value === 'string' ? value : null;
  };
  const value = facts['declaration.value'];
  return {
    subject: row.subject,
    decision: row.decision,
    lane: row.lane,
    office: text('declaration.office'),
    importer: text('party.importer'),
    description: text('goods.description'),
    hs6: text('goods.hs6'),
    origin: text('goods.origin'),
    departure: text('route.departure'),
    value: typeof value === 'number' ? value : null,
    currency: text('declaration.currency'),
    bits,
    parts: [...parts],
  };
}
