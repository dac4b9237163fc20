import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { parseInput } from '../../../platform/input.ts';
import { type Actor, authorise, envelopeOf } from '../../identity/index.ts';
import { type DecisionEngine, type ShownDecision, toldToDeclarant } from '../../risk/index.ts';
import { checkContent } from '../check.ts';
import { conditionsOf, unmetOf } from '../conditions.ts';
import { type ConditionKind, type DeclarationContent, Filing, type Problem } from '../contract.ts';
import { filedBy } from '../declaration.ts';
import * as permission from '../permissions.ts';
import { askProviders } from '../provider.ts';
import type { ClearanceDeps } from './deps.ts';
import { gradeOf, Progress } from './progress.ts';

/** The law and the rules a declaration is tried against. */
export interface TrialOf {
  readonly on: LocalDate;
  readonly engine: DecisionEngine;
}

/** What would happen to a declaration. */
export interface Tried {
  /** Why it would be returned; nothing else is told then. */
  readonly problems: readonly Problem[];
  /** As its declarant would be told; `null` for a declaration that would be returned. */
  readonly decision: ShownDecision | null;
  readonly unmet: readonly ConditionKind[];
  /** Duty and tax as `quote` tells them; `null` where it cannot. */
  readonly duty: unknown;
}

/**
 * Tries a declaration as if it were filed on a day under other rules: checked, asked of every provider, and
 * decided, all by that day's law. Nothing is kept, nothing is counted, and no number is taken.
 */
export async function tryDeclaration(
  deps: ClearanceDeps,
  actor: Actor,
  filing: unknown,
  { on, engine }: TrialOf,
): Promise<Tried> {
  const { id, content } = parseInput(Filing, filing);
  const owner = filedBy(content, actor.organisationId);
  authorise(actor, permission.file, { organisations: [owner] });
  const now = deps.clock.now();
  const at = localDateOf(now) === on ? now : `${on}T04:00:00.000Z`;
  const envelope = { ...envelopeOf(deps, actor, { consignment: id }), occurredAt: at };
  const own = checkContent(content, on, deps.inForce, { grade: gradeOf(deps, content, on) });
  if (own.length > 0) return returned(own);
  const request = { id, content, envelope, on, at, amends: false };
  const asked = (await askProviders(deps.providers, deps.db, [request])).get(id) ?? null;
  if (asked && asked.problems.length > 0) return returned(asked.problems);

  const { capacity: _, ...rest } = deps;
  const tried: ClearanceDeps = { ...rest, engine };
  const progress = new Progress(id, null, envelope)
    .push({ kind: 'clearance.submitted', payload: { content, contentHash: '' } })
    .push({ kind: 'clearance.accepted', payload: { number: '' } })
    .require(asked)
    .decide(tried, null)
    .settle(tried);
  const { decision, now: state } = progress;
  return {
    problems: [],
    decision: decision && toldToDeclarant(decision),
    unmet: unmetOf(conditionsOf(state, deps.notComputed)),
    duty: await quoteOf(deps, content, on),
  };
}

const returned = (problems: readonly Problem[]): Tried => ({
  ...{ problems, decision: null, unmet: [], duty: null },
});

/** A rate that is not there refuses the quote, not the trial. */
async function quoteOf(
  deps: ClearanceDeps,
  content: DeclarationContent,
  on: LocalDate,
): Promise<unknown> {
  try {
    return (await deps.quote?.(content, on)) ?? null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
