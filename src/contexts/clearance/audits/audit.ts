import assert from 'node:assert/strict';
import type { z } from 'zod';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type {
  Audit,
  AuditConclusion,
  AuditExtension,
  AuditReply,
  AuditRequest,
  AuditStatus,
} from './contract.ts';
import type { AuditEvent, NewAuditEvent } from './events.ts';

/** 海关法 第四十五条: within three years of release. */
const AUDIT_YEARS = 3;
export const AUDIT_LAW = '海关法 第四十五条';
/** 海关稽查条例 第二十六条: who discloses voluntarily is judged more leniently. */
const DISCLOSURE_LAW = '海关稽查条例 第二十六条';

/** An audit as its events tell it. */
export type AuditState = Omit<Audit, 'allowed' | 'story' | 'status' | 'version'> & {
  readonly seq: number;
  readonly contentHash: string;
};

export const fold = (events: readonly AuditEvent[]): AuditState | null =>
  events.reduce<AuditState | null>((state, event) => apply(state, event), null);

function apply(state: AuditState | null, event: AuditEvent): AuditState {
  const { seq } = event;
  const at = event.envelope.occurredAt;
  const by = event.envelope.actor;
  if (event.kind === 'clearance.auditOpened') {
    const id = event.stream.slice(event.stream.indexOf(':') + 1);
    const head = { id, seq, openedAt: at, openedBy: by, requests: [], conclusion: null };
    return { ...event.payload, ...head };
  }
  assert(state, 'An audit begins with being opened.');
  type Request = AuditState['requests'][number];
  const withRequest = (id: string, changed: Partial<Request>): AuditState => {
    const requests = state.requests.map((each) =>
      each.id === id ? { ...each, ...changed } : each,
    );
    return { ...state, seq, requests };
  };
  switch (event.kind) {
    case 'clearance.auditAsked': {
      const pending = { askedAt: at, repliedAt: null, statement: null, files: [], overdue: false };
      return { ...state, seq, requests: [...state.requests, { ...event.payload, ...pending }] };
    }
    case 'clearance.auditExtended': {
      const { request, dueOn } = event.payload;
      return withRequest(request, { dueOn, overdue: false });
    }
    case 'clearance.auditReplied': {
      const { request, statement, files } = event.payload;
      return withRequest(request, { repliedAt: at, statement, files });
    }
    case 'clearance.auditOverdue':
      return withRequest(event.payload.request, { overdue: true });
    case 'clearance.auditConcluded': {
      const { result, statement, differences, duty, mitigation, corrections = [] } = event.payload;
      const corrected = corrections.map(({ declaration }) => declaration);
      const conclusion = { result, statement, differences, duty, corrected, mitigation, at, by };
      return { ...state, seq, conclusion };
    }
    case 'clearance.auditDutyRefused':
      return { ...state, seq };
  }
}

const openRequests = ({ requests }: AuditState) => requests.filter(({ repliedAt }) => !repliedAt);

export function statusOf(state: AuditState): AuditStatus {
  if (state.conclusion) return 'concluded';
  return openRequests(state).length > 0 ? 'awaitingEnterprise' : 'open';
}

/** The earliest day something is due, while it is the enterprise's turn. */
export const dueOnOf = (state: AuditState): LocalDate | null =>
  state.conclusion
    ? null
    : openRequests(state).reduce<LocalDate | null>(
        (first, { dueOn }) => (first === null || dueOn < first ? dueOn : first),
        null,
      );

/** The same request again is the same request. */
export function ask(state: AuditState, said: AuditRequest, today: LocalDate): NewAuditEvent[] {
  ensureOpen(state);
  const known = state.requests.find(({ id }) => id === said.id);
  if (known) {
    const isSame = known.kind === said.kind && known.items.join('\n') === said.items.join('\n');
    if (isSame) return [];
    throw refuse('clearance.audit_request_id_taken', { path: 'id', seen: said.id });
  }
  ensureToCome(said.dueOn, today);
  return [{ kind: 'clearance.auditAsked', payload: said, legalBasis: AUDIT_LAW }];
}

export function extend(
  state: AuditState,
  said: z.output<typeof AuditExtension>,
  today: LocalDate,
): NewAuditEvent[] {
  ensureOpen(state);
  requestOf(state, said.request);
  ensureToCome(said.dueOn, today);
  return [{ kind: 'clearance.auditExtended', payload: said }];
}

export function reply(state: AuditState, said: z.output<typeof AuditReply>): NewAuditEvent[] {
  const { request, statement, files } = said;
  const known = state.requests.find(({ id }) => id === request);
  if (known?.repliedAt && known.statement === statement) return [];
  ensureOpen(state);
  requestOf(state, request);
  return [{ kind: 'clearance.auditReplied', payload: { request, statement, files } }];
}

export function conclude(state: AuditState, said: AuditConclusion): NewAuditEvent[] {
  ensureOpen(state);
  const { occurredAt: _, ...conclusion } = said;
  const awaited = openRequests(state)[0];
  if (awaited) throw refuse('clearance.audit_request_open', { seen: awaited.id });
  const foreign = (['differences', 'corrections'] as const).flatMap((field) =>
    said[field].flatMap(({ declaration: seen }, index): Refusal[] =>
      state.declarations.includes(seen)
        ? []
        : [
            {
              code: 'clearance.audit_of_other_declarations',
              path: `${field}[${index}].declaration`,
              seen,
            },
          ],
    ),
  );
  if (foreign.length > 0) throw new Refused('invalid', foreign);
  if (state.origin === 'disclosure' && said.result === 'differs' && said.mitigation === 'none') {
    throw new Refused('invalid', {
      ...{ code: 'clearance.audit_disclosure_is_mitigated', path: 'mitigation' },
      legalBasis: DISCLOSURE_LAW,
    });
  }
  const { declarations, organisation } = state;
  return [
    {
      kind: 'clearance.auditConcluded',
      payload: { ...conclusion, declarations, organisation },
      legalBasis: state.origin === 'disclosure' ? DISCLOSURE_LAW : AUDIT_LAW,
    },
  ];
}

/** Tells once of every request whose last day has passed. */
export const overdueOf = (state: AuditState, today: LocalDate): NewAuditEvent[] =>
  state.conclusion
    ? []
    : openRequests(state)
        .filter(({ overdue, dueOn }) => !overdue && dueOn < today)
        .map(({ id }) => ({
          kind: 'clearance.auditOverdue',
          payload: { request: id, organisation: state.organisation },
        }));

/** Acts a role may give now; the page and the server ask the same question. */
export function actsOf(state: AuditState): {
  officer: Audit['allowed'];
  enterprise: Audit['allowed'];
} {
  if (state.conclusion) return { officer: [], enterprise: [] };
  const awaits = openRequests(state).length > 0;
  return {
    officer: awaits ? ['ask', 'extend'] : ['ask', 'conclude'],
    enterprise: awaits ? ['reply'] : [],
  };
}

/** A declaration as far as an audit asks about it. */
export interface Audited {
  readonly id: string;
  readonly organisation: string;
  readonly office: string;
  readonly releasedAt: Instant | null;
}

/** What keeps declarations from being audited together; nothing when they may be. */
export function objectionsTo(
  wanted: readonly string[],
  found: readonly Audited[],
  at: Instant,
): Refusal[] {
  const since = `${Number(at.slice(0, 4)) - AUDIT_YEARS}${at.slice(4)}`;
  const party = found[0]?.organisation;
  return wanted.flatMap((id, index): Refusal[] => {
    const path = `declarations[${index}]`;
    const declaration = found.find((each) => each.id === id);
    if (!declaration) return [{ code: 'clearance.not_found', path, seen: id }];
    const { releasedAt, organisation } = declaration;
    if (!releasedAt) return [{ code: 'clearance.audit_before_release', path, seen: id }];
    if (releasedAt < since) {
      const released = releasedAt.slice(0, 10);
      const params = { released, years: AUDIT_YEARS };
      return [{ code: 'clearance.audit_too_late', path, seen: id, params, legalBasis: AUDIT_LAW }];
    }
    if (organisation !== party) return [{ code: 'clearance.audit_of_one_party', path, seen: id }];
    return [];
  });
}

function ensureOpen(state: AuditState): void {
  if (state.conclusion) throw refuse('clearance.audit_concluded', { seen: state.id });
}

function requestOf(state: AuditState, id: string): void {
  const request = state.requests.find((each) => each.id === id);
  if (!request)
    throw new Refused('not_found', { code: 'clearance.audit_request_unknown', seen: id });
  if (request.repliedAt) throw refuse('clearance.audit_request_replied', { seen: id });
}

function ensureToCome(dueOn: LocalDate, today: LocalDate): void {
  if (dueOn > today) return;
  throw new Refused('invalid', {
    code: 'clearance.audit_day_has_passed',
    path: 'dueOn',
    seen: dueOn,
  });
}

const refuse = (code: string, more: Omit<Refusal, 'code'>): Refused =>
  new Refused('conflict', { code, ...more });
