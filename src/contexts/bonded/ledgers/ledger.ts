import assert from 'node:assert/strict';
import { isUscc } from '../../../kernel/codes.ts';
import type { LocalDate } from '../../../kernel/dates.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { LedgerInput } from '../contract.ts';
import type { Ledger, LedgerStatus } from './contract.ts';
import type { LedgerLifeEvent } from './events.ts';

/** A ledger as its events say it. */
export type LedgerState = Ledger & { readonly contentHash: string };

/** Folds a whole life; `null` for a ledger that never was. */
export function fold(events: readonly LedgerLifeEvent[]): LedgerState | null {
  let state: LedgerState | null = null;
  for (const event of events) state = apply(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function apply(before: LedgerState | null, event: LedgerLifeEvent): LedgerState {
  const { occurredAt: at, actor } = event.envelope;
  if (event.kind === 'bonded.ledgerRegistered') {
    const { content, contentHash } = event.payload;
    return {
      ...{ id: content.id, status: 'registered', version: event.seq, content, contentHash },
      ...{ change: null, registeredBy: actor, registeredAt: at, approvedAt: null },
    };
  }
  assert(before, `${event.kind} before the ledger was registered in ${event.stream}.`);
  const state: LedgerState = { ...before, version: event.seq };
  switch (event.kind) {
    case 'bonded.ledgerApproved':
      return { ...state, status: 'open', approvedAt: at };
    case 'bonded.ledgerRejected':
      return { ...state, status: 'rejected' };
    case 'bonded.ledgerChangeAsked': {
      const { content, reason } = event.payload;
      return { ...state, change: { content, reason, askedBy: actor, at } };
    }
    case 'bonded.ledgerChanged':
      return { ...state, content: event.payload.content, change: null };
    case 'bonded.ledgerChangeRejected':
      return { ...state, change: null };
    case 'bonded.partsChanged':
    case 'bonded.consumptionRecorded':
      return state;
  }
}

export type InForce = (table: string, code: string, on: LocalDate) => boolean;

/** Everything wrong with what is registered, at once. */
export function checkContent(content: LedgerInput, on: LocalDate, inForce: InForce): Refusal[] {
  const problems: Refusal[] = [];
  const { enterprise, office, opensOn, closesOn, sites } = content;
  const say = (code: string, path: string, value: string): void => {
    problems.push({ code, path, seen: seen(value) });
  };
  if (!isUscc(enterprise)) say('bonded.ledger_uscc', 'enterprise', enterprise);
  if (!inForce('customs_office', office, on)) say('bonded.ledger_office', 'office', office);
  if (closesOn !== null && closesOn <= opensOn) say('bonded.ledger_days', 'closesOn', closesOn);
  sites.forEach((site, index) => {
    if (sites.indexOf(site) !== index) say('bonded.ledger_site_twice', `sites[${index}]`, site);
  });
  return problems;
}

/** What identifies a ledger and what its journal has been counted by: never changed once registered. */
const FIXED = ['id', 'enterprise', 'office', 'mode', 'lots', 'opensOn'] as const;

/** A change keeps what the journal stands on; sites are counted in order, so new ones go at the end. */
export function checkChange(before: LedgerInput, after: LedgerInput): Refusal[] {
  const problems: Refusal[] = FIXED.filter((field) => before[field] !== after[field]).map(
    (path) => ({ code: 'bonded.ledger_cannot_change', path, seen: seen(after[path]) }),
  );
  before.sites.forEach((site, index) => {
    const now = after.sites[index];
    if (now !== site)
      problems.push({
        ...{ code: 'bonded.ledger_site_moved', path: `sites[${index}]`, seen: seen(now ?? '') },
        params: { site },
      });
  });
  return problems;
}

/** The acts on a ledger and the statuses they are allowed in. */
export const ALLOWED = {
  answer: ['registered', 'open'],
  change: ['open'],
  changeParts: ['registered', 'open'],
  recordConsumption: ['registered', 'open'],
} as const satisfies Record<string, readonly LedgerStatus[]>;
export type LedgerAct = keyof typeof ALLOWED;

export function objection(
  { status, change }: { status: LedgerStatus; change: unknown },
  act: LedgerAct,
): Refusal | null {
  if (!(ALLOWED[act] as readonly LedgerStatus[]).includes(status))
    return { code: 'bonded.ledger_not_in_this_state', seen: status, params: { act, status } };
  const isPending = status === 'registered' || change !== null;
  if (act === 'answer' && !isPending) return { code: 'bonded.ledger_nothing_to_answer' };
  if (act === 'change' && change !== null) return { code: 'bonded.ledger_change_pending' };
  return null;
}

/** Four eyes (四眼): whoever asked does not answer. */
export const isAsker = (personId: string, { change, registeredBy }: Ledger): boolean =>
  (change?.askedBy ?? registeredBy) === personId;
