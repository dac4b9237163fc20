import assert from 'node:assert/strict';
import { isLocalDate, type LocalDate } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Expression } from '../language/index.ts';
import type {
  InForce,
  Proposal,
  RuleContent,
  RuleReport,
  RuleStatus,
  RuleVersion,
  Snooze,
  Standing,
} from './contract.ts';
import type { NewRuleEvent, RuleEvent, RulePayloads, SoundReading } from './events.ts';

/** Who acts: four eyes are two people in two posts. */
export interface Eyes {
  readonly personId: string;
  readonly postId: string | null;
}

/** A version with what never leaves the server: the compiled condition, and the author's post. */
export interface SavedVersion extends RuleVersion {
  readonly authorPost: string | null;
  readonly expression: Expression | null;
}

/** A rule as its events tell it. */
export interface RuleState {
  readonly id: string;
  /** Sequence number of its last event. */
  readonly seq: number;
  readonly changedAt: string;
  /** Every version, the first one first; the last is the one being worked on. */
  readonly versions: readonly SavedVersion[];
  readonly live: InForce | null;
  readonly shadow: InForce | null;
  readonly proposal: (Proposal & { readonly post: string | null }) | null;
  readonly snoozes: readonly Snooze[];
  readonly retired: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

export function foldRule(events: readonly RuleEvent[]): RuleState | null {
  let state: RuleState | null = null;
  for (const event of events) state = applyToRule(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function applyToRule(before: RuleState | null, event: RuleEvent): RuleState {
  const { occurredAt: at, actor: by, post } = event.envelope;
  const state: RuleState = {
    ...(before ?? unborn(event.stream)),
    seq: event.seq,
    changedAt: at,
  };
  const inForce = (version: number): InForce => ({ version, since: at, approvedBy: by });
  switch (event.kind) {
    case 'risk.ruleDrafted':
    case 'risk.ruleEdited':
      return withVersion(state, event, event.payload.content, null);
    case 'risk.ruleReverted':
      return {
        ...withVersion(state, event, event.payload.content, event.payload.to),
        retired: null,
      };
    case 'risk.ruleChecked':
      return checked(state, event.payload);
    case 'risk.ruleBackTested':
      return backTested(state, event.payload.report);
    case 'risk.ruleProposed':
      return { ...state, proposal: { ...event.payload, by, post, at } };
    case 'risk.ruleRejected':
      return { ...state, proposal: null };
    case 'risk.ruleShadowed':
      return { ...state, proposal: null, shadow: inForce(event.payload.version) };
    case 'risk.rulePublished':
      return { ...state, proposal: null, shadow: null, live: inForce(event.payload.version) };
    case 'risk.ruleSnoozed':
      return { ...state, snoozes: [...state.snoozes, { ...event.payload.snooze, by, at }] };
    case 'risk.ruleWoken':
      return { ...state, snoozes: state.snoozes.filter(({ id }) => id !== event.payload.snooze) };
    case 'risk.ruleRetired':
      return {
        ...state,
        ...{ live: null, shadow: null, proposal: null, snoozes: [] },
        retired: { at, by, reason: event.payload.reason },
      };
  }
}

/** A rule of which nothing has been told yet. */
export const unborn = (stream: string): RuleState => ({
  ...{ id: stream.slice('rule:'.length), seq: 0, changedAt: '', versions: [], snoozes: [] },
  ...{ live: null, shadow: null, proposal: null, retired: null },
});

/** What is saved withdraws what was proposed: nobody approves a text that has moved on. */
function withVersion(
  state: RuleState,
  { envelope }: RuleEvent,
  content: RuleContent,
  revertsTo: number | null,
): RuleState {
  const saved: SavedVersion = {
    version: state.versions.length + 1,
    content,
    ...{ hash: null, canonical: null, sentence: null, facts: [], lists: [], expression: null },
    author: envelope.actor,
    authorPost: envelope.post,
    savedAt: envelope.occurredAt,
    revertsTo,
    report: null,
  };
  return { ...state, proposal: null, versions: [...state.versions, saved] };
}

/** A back-test holds for what a rule catches, so a version that catches the same inherits it. */
function checked(state: RuleState, { version, language: _, ...reading }: SoundReading): RuleState {
  const known = state.versions.findLast(({ hash }) => hash === reading.hash);
  return changeVersions(
    state,
    (saved) => saved.version === version,
    (saved) => ({
      ...saved,
      ...reading,
      facts: [...reading.facts],
      lists: [...reading.lists],
      report: known?.report ?? null,
    }),
  );
}

function backTested(state: RuleState, report: RuleReport): RuleState {
  return changeVersions(
    state,
    ({ hash }) => hash === report.hash,
    (saved) => ({ ...saved, report }),
  );
}

const changeVersions = (
  state: RuleState,
  isMeant: (saved: SavedVersion) => boolean,
  change: (saved: SavedVersion) => SavedVersion,
): RuleState => ({
  ...state,
  versions: state.versions.map((saved) => (isMeant(saved) ? change(saved) : saved)),
});

/* ---------------------------------------------------------------- what is asked of it */

export function workingVersion({ id, versions }: RuleState): SavedVersion {
  const last = versions.at(-1);
  assert(last, `${id} has events but no version.`);
  return last;
}

export function statusOf(state: RuleState): RuleStatus {
  if (state.retired) return 'retired';
  if (state.live) return 'live';
  if (state.shadow) return 'shadow';
  const { hash, report } = workingVersion(state);
  if (hash === null) return 'draft';
  return report ? 'backTested' : 'checked';
}

export function versionOf(state: RuleState, version: number): SavedVersion {
  const found = state.versions[version - 1];
  if (!found) throw refuse('not_found', 'risk.rule_version_not_found', { version });
  return found;
}

/* ---------------------------------------------------------------- acts: a state in, events out */

/** Saves the author's words as a new version. Saving the same again changes nothing. */
export function save(
  state: RuleState | null,
  content: RuleContent,
  basedOn: number,
  isSame: (a: RuleContent, b: RuleContent) => boolean,
): NewRuleEvent[] {
  if (!state) {
    if (basedOn !== 0)
      throw refuse('conflict', 'risk.rule_changed_meanwhile', { basedOn, working: 0 });
    return [{ kind: 'risk.ruleDrafted', payload: { content } }];
  }
  const working = workingVersion(state);
  if (isSame(working.content, content)) return [];
  ensureNotRetired(state);
  ensureBasedOn(working, basedOn);
  return [{ kind: 'risk.ruleEdited', payload: { content } }];
}

/** Takes up the content of an earlier version again, as a new version that has to be approved like any. */
export function revert(
  state: RuleState,
  { to, basedOn, reason }: { to: number; basedOn: number; reason: string },
): NewRuleEvent[] {
  ensureBasedOn(workingVersion(state), basedOn);
  const { content } = versionOf(state, to);
  return [{ kind: 'risk.ruleReverted', payload: { content, to, reason } }];
}

export function propose(
  state: RuleState,
  { version, to, note }: { version: number; to: Standing; note: string },
): NewRuleEvent[] {
  ensureNotRetired(state);
  ensureBasedOn(workingVersion(state), version);
  if (state[to]?.version === version) {
    throw refuse('conflict', 'risk.rule_already_in_force', { version });
  }
  const { proposal } = state;
  if (proposal?.version === version && proposal.to === to) return [];
  return [{ kind: 'risk.ruleProposed', payload: { version, to, note } }];
}

/** The other pair of eyes: neither who wrote the version nor who proposed it, nor their posts. */
export function proposalFor(state: RuleState, version: number, by: Eyes): Standing {
  const { proposal } = state;
  if (!proposal) throw refuse('conflict', 'risk.rule_not_proposed');
  if (proposal.version !== version) {
    const params = { basedOn: version, working: proposal.version };
    throw refuse('conflict', 'risk.rule_changed_meanwhile', params);
  }
  if (isOwn(state, by)) throw refuse('forbidden', 'risk.rule_own_approval');
  return proposal.to;
}

export function isOwn({ versions, proposal }: RuleState, by: Eyes): boolean {
  if (!proposal) return false;
  const saved = versions[proposal.version - 1];
  const hands: Eyes[] = [
    { personId: proposal.by, postId: proposal.post },
    { personId: saved?.author ?? '', postId: saved?.authorPost ?? null },
  ];
  return hands.some(
    ({ personId, postId }) => personId === by.personId || (postId !== null && postId === by.postId),
  );
}

/**
 * Why a version may not be put in force; `null` when it may. It must be a text without problems, tried over the pool as it stands, that does not
 * select nearly everything. A rule that hits four declarations in five tells nothing from nothing.
 * On trial it may go before there is a pool to try it over; to decide, it may not.
 */
export function objectionTo(
  { hash, report }: SavedVersion,
  to: Standing,
  selectShareMax: number,
): Refused | null {
  if (hash === null) return refuse('conflict', 'risk.rule_not_checked');
  if (!report) return refuse('conflict', 'risk.rule_not_back_tested');
  const { numerator: hits, denominator: rows, value: share } = report.traffic;
  if (share === null) {
    return to === 'live' ? refuse('conflict', 'risk.rule_back_tested_on_nothing') : null;
  }
  if (share <= selectShareMax) return null;
  const [percent, max] = [percentOf(share), percentOf(selectShareMax)];
  return refuse('conflict', 'risk.rule_selects_too_much', { percent, max, hits, rows });
}

const percentOf = (share: number): string => (share * 100).toFixed(1);

export function ensureMaySnooze(
  state: RuleState,
  snooze: RulePayloads['risk.ruleSnoozed']['snooze'],
  today: LocalDate,
  latest: LocalDate,
): void {
  if (!state.live && !state.shadow) throw refuse('conflict', 'risk.rule_not_in_force');
  if (!isLocalDate(snooze.until) || snooze.until <= today || snooze.until > latest) {
    throw refuse('invalid', 'risk.rule_snooze_too_long', { latest });
  }
}

/** Whether the same snooze is already known; another under the same id is refused. */
export function hasSnooze(
  { snoozes }: RuleState,
  wanted: RulePayloads['risk.ruleSnoozed']['snooze'],
): boolean {
  const known = snoozes.find(({ id }) => id === wanted.id);
  if (!known) return false;
  if (known.until === wanted.until && known.reason === wanted.reason) return true;
  throw refuse('conflict', 'risk.rule_snooze_taken', { id: wanted.id });
}

function ensureNotRetired({ retired }: RuleState): void {
  if (retired) throw refuse('conflict', 'risk.rule_retired');
}

function ensureBasedOn({ version: working }: SavedVersion, basedOn: number): void {
  if (working !== basedOn)
    throw refuse('conflict', 'risk.rule_changed_meanwhile', { basedOn, working });
}

const refuse = (
  kind: Refused['kind'],
  code: string,
  params?: Readonly<Record<string, string | number>>,
): Refused => new Refused(kind, { code, ...(params && { params }) });
