import type { EventRecord } from '../../../../kernel/event.ts';
import { type Actor, isPermitted } from '../../../identity/index.ts';
import { approveRules, writeRules } from '../../permissions.ts';
import { shareOf } from '../../share.ts';
import type { RuleAct, RuleHead, RuleOutcomes, RuleVersion } from '../contract.ts';
import { isOwn, objectionTo, type RuleState, statusOf, workingVersion } from '../rule.ts';
import type { OutcomeCount } from '../store.ts';

/** A rule as the list shows it: what is in force, and the version being worked on. */
export function headOf(state: RuleState): RuleHead {
  const working = workingVersion(state);
  const { label, points, mandatory, origin } = working.content;
  return {
    id: state.id,
    status: statusOf(state),
    working: working.version,
    author: working.author,
    ...{ label, points, mandatory, origin },
    ...{ live: state.live, shadow: state.shadow, snoozes: [...state.snoozes] },
    changedAt: state.changedAt,
    proposal: state.proposal && withoutPost(state.proposal),
  };
}

function withoutPost({ post: _, ...proposal }: NonNullable<RuleState['proposal']>) {
  return proposal;
}

export function versionsShown({ versions }: RuleState): RuleVersion[] {
  return versions
    .map(({ expression: _, authorPost: __, ...version }) => version)
    .sort((a, b) => b.version - a.version);
}

export const actShown = ({ kind, envelope, payload }: EventRecord): RuleAct => {
  // The compiled condition is for machines; its text stands in the version.
  const { expression: _, ...told } = payload as Record<string, unknown>;
  return { kind, at: envelope.occurredAt, by: envelope.actor, payload: told };
};

/** What an actor may do with a rule now, for the page to show; the server decides again. */
export function allowedActs(actor: Actor, state: RuleState): string[] {
  const writes = isPermitted(actor, writeRules);
  const isProposed = state.proposal !== null;
  const isInForce = state.live !== null || state.shadow !== null;
  const isOpen = state.retired === null;
  const answers = isProposed && isPermitted(actor, approveRules) && !isOwn(state, actor);
  const acts: Record<string, boolean> = {
    save: writes && isOpen,
    takeBacktest: writes && isOpen && workingVersion(state).hash !== null,
    propose: writes && isOpen && objectionTo(workingVersion(state), 'shadow', 1) === null,
    approve: answers,
    reject: answers,
    snooze: writes && isInForce,
    wake: writes && state.snoozes.length > 0,
    retire: writes && isOpen,
    revert: writes && state.versions.length > 1,
  };
  return Object.keys(acts).filter((act) => acts[act]);
}

/* ---------------------------------------------------------------- how often it was right */

/**
 * How often each rule was right in the version in force, with the sample's rate beside it. A rule
 * that found nothing in many examinations, where the sample finds something, is proposed to be
 * retired: it spends what another rule could use.
 */
export function outcomesOf(
  { id, live, shadow }: Pick<RuleHead, 'id' | 'live' | 'shadow'>,
  counts: readonly OutcomeCount[],
  retireAfter: number,
): RuleOutcomes {
  const inForce = live ?? shadow;
  const own = counts.filter(
    ({ rule, version, aside }) =>
      rule === id && version === String(inForce?.version) && aside === (live === null),
  );
  const sample = counts.filter(({ rule }) => rule === 'sample');
  const { hits, examined, found } = sumOf(own);
  const drawn = sumOf(sample);
  const isFruitless = live !== null && found === 0 && examined >= retireAfter;
  return {
    hits,
    hitRate: shareOf(found, examined),
    sampleRate: shareOf(drawn.found, drawn.examined),
    retire: isFruitless ? { examined } : null,
  };
}

function sumOf(counts: readonly OutcomeCount[]) {
  const sum = { hits: 0, examined: 0, found: 0 };
  for (const { hits, examined, found } of counts) {
    sum.hits += hits;
    sum.examined += examined;
    sum.found += found;
  }
  return sum;
}
