import assert from 'node:assert/strict';
import { isHsCode, isUscc } from '../../../kernel/codes.ts';
import type { LocalDate } from '../../../kernel/dates.ts';
import { compare, decimal, isNegative, isZero, parseDecimal } from '../../../kernel/decimal.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { Batch, BatchContent, BatchStatus } from './contract.ts';
import { type BatchEvent, batchStream } from './events.ts';

/** An application as its events say it. */
export type BatchState = Batch & {
  readonly contentHash: string;
  /** What duty calls the deposit that is held for it. */
  readonly depositId: string | null;
  /** Months whose due day everybody was warned of. */
  readonly warnedMonths: readonly string[];
};

/** Folds a whole life; `null` for an application that never was. */
export function fold(events: readonly BatchEvent[]): BatchState | null {
  let state: BatchState | null = null;
  for (const event of events) state = apply(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function apply(before: BatchState | null, event: BatchEvent): BatchState {
  const at = event.envelope.occurredAt;
  if (event.kind === 'cargo.batchApplied') return begin(event);
  assert(before, `${event.kind} before anything was applied for in ${event.stream}.`);
  const state: BatchState = { ...before, version: event.seq };
  switch (event.kind) {
    case 'cargo.batchApproved':
      return {
        ...state,
        status: 'open',
        approvedAt: at,
        deposit: event.payload.deposit,
        depositId: event.payload.depositId,
      };
    case 'cargo.batchRejected':
      return { ...state, status: 'rejected', endedAt: at };
    case 'cargo.batchChangeAsked': {
      const { content, reason } = event.payload;
      return { ...state, change: { content, reason, askedBy: event.envelope.actor, at } };
    }
    case 'cargo.batchChangeRejected':
      return { ...state, change: null };
    case 'cargo.batchChanged':
      return {
        ...state,
        content: event.payload.content,
        deposit: event.payload.deposit,
        depositId: event.payload.depositId,
        change: null,
        status: state.suspension ? 'suspended' : 'open',
      };
    case 'cargo.batchSuspended':
      return {
        ...state,
        status: state.status === 'open' ? 'suspended' : state.status,
        suspension: { reason: event.payload.reason, since: at },
      };
    case 'cargo.batchResumed':
      return {
        ...state,
        status: state.status === 'suspended' ? 'open' : state.status,
        suspension: null,
      };
    case 'cargo.batchExpired':
      return { ...state, status: 'expired' };
    case 'cargo.batchClosed':
      return {
        ...state,
        status: 'closed',
        endedAt: at,
        deposit: '0',
        depositId: null,
        change: null,
      };
    case 'cargo.batchDueSoon':
      return { ...state, warnedMonths: [...state.warnedMonths, event.payload.month] };
    case 'cargo.batchLimitNear':
    case 'cargo.batchConsolidationPlanned':
    case 'cargo.batchDeclared':
      return state;
    case 'cargo.batchUndeclared':
      // What is to be declared anew lives again, though nothing more may be drawn from it.
      return state.status === 'closed' ? { ...state, status: 'expired', endedAt: null } : state;
  }
}

function begin(event: Extract<BatchEvent, { kind: 'cargo.batchApplied' }>): BatchState {
  const { content, contentHash } = event.payload;
  return {
    id: event.stream.slice(batchStream('').length),
    organisation: ownerOf(content, event.envelope.onBehalfOf ?? event.envelope.organisation),
    status: 'applied',
    version: event.seq,
    content,
    contentHash,
    change: null,
    appliedBy: event.envelope.actor,
    appliedAt: event.envelope.occurredAt,
    approvedAt: null,
    deposit: '0',
    depositId: null,
    warnedMonths: [],
    suspension: null,
    endedAt: null,
  };
}

/** Who will declare owns the application: the declarant of its head, else whoever sent it. */
export const ownerOf = (content: BatchContent, sender: string | null): string =>
  content.head.declarant?.uscc ?? sender ?? '';

/** Statuses in which goods that are on stock bills may still pass, and what moved may be declared. */
export const isAlive = (status: BatchStatus): boolean =>
  status === 'open' || status === 'suspended' || status === 'expired';

/** Whether something new may be drawn on a day, and if not, why. */
export function drawingObjection(
  state: Pick<BatchState, 'status'> & { validFrom: LocalDate; validTo: LocalDate },
  on: LocalDate,
): Refusal | null {
  const { status, validFrom, validTo } = state;
  if (on > validTo) {
    return { code: 'cargo.batch_validity_over', path: 'application', params: { validTo, on } };
  }
  if (status === 'suspended') return { code: 'cargo.batch_suspended', path: 'application' };
  if (status !== 'open') {
    return { code: 'cargo.batch_not_open', path: 'application', params: { status } };
  }
  if (on < validFrom) {
    return { code: 'cargo.batch_not_yet_valid', path: 'application', params: { validFrom, on } };
  }
  return null;
}

export type InForce = (table: string, code: string, on: LocalDate) => boolean;

/** Everything wrong with what is applied for, at once. */
export function checkContent(content: BatchContent, on: LocalDate, inForce: InForce): Refusal[] {
  const problems: Refusal[] = [];
  const say = (code: string, path: string, value: string, params?: Refusal['params']): void => {
    problems.push({ code, path, seen: seen(value), ...(params && { params }) });
  };
  const coded = (table: string, path: string, code: string | null): void => {
    if (code && !inForce(table, code, on))
      say('cargo.batch_code_not_in_force', path, code, { table, on });
  };
  if (content.validTo < content.validFrom) say('cargo.batch_validity', 'validTo', content.validTo);
  if (content.validTo < on) say('cargo.batch_validity', 'validTo', content.validTo);
  const deposit = parseDecimal(content.deposit);
  if (!deposit || isNegative(deposit) || deposit.scale > 2)
    say('cargo.batch_amount', 'deposit', content.deposit);
  const { head } = content;
  coded('customs_office', 'office', content.office);
  coded('customs_office', 'head.declarationOffice', head.declarationOffice);
  coded('customs_office', 'head.borderOffice', head.borderOffice);
  coded('supervision_mode', 'head.supervisionMode', head.supervisionMode);
  coded('levy_nature', 'head.levyNature', head.levyNature);
  coded('trade_terms', 'head.tradeTerms', head.tradeTerms);
  coded('transport_mode', 'head.transportMode', head.transportMode);
  coded('country', 'head.partnerCountry', head.partnerCountry);
  coded('package_kind', 'head.packageKind', head.packageKind);
  for (const who of ['declarant', 'domestic'] as const) {
    const party = head[who];
    if (party && !(party.uscc && isUscc(party.uscc)))
      say('cargo.batch_uscc', `head.${who}.uscc`, party.uscc ?? '');
  }
  const numbers = new Set<number>();
  content.lines.forEach((line, index) => {
    const path = `lines[${index}]`;
    if (numbers.has(line.lineNo))
      say('cargo.batch_line_repeated', `${path}.lineNo`, String(line.lineNo));
    numbers.add(line.lineNo);
    if (!isHsCode(line.hsCode) || line.hsCode.length !== 10)
      say('cargo.batch_hs_code', `${path}.hsCode`, line.hsCode);
    else coded('hs', `${path}.hsCode`, line.hsCode);
    coded('country', `${path}.originCountry`, line.originCountry);
    coded('unit', `${path}.unit`, line.unit);
    coded('currency', `${path}.currency`, line.currency);
    for (const field of ['unitPrice', 'cap'] as const) {
      const value = parseDecimal(line[field]);
      if (!value || isNegative(value) || isZero(value))
        say('cargo.batch_amount', `${path}.${field}`, line[field]);
    }
    const security = line.securityPerUnit === null ? null : parseDecimal(line.securityPerUnit);
    if (line.securityPerUnit !== null && (!security || isNegative(security)))
      say('cargo.batch_amount', `${path}.securityPerUnit`, line.securityPerUnit);
  });
  return problems;
}

/** What a line already has in use, when its application is to be changed. */
export interface LineUse {
  readonly lineNo: number;
  readonly used: string;
}

/** A change keeps what has been used: no line goes, no cap falls below it, and the goods stay the goods. */
export function checkChange(
  before: BatchContent,
  after: BatchContent,
  uses: readonly LineUse[],
): Refusal[] {
  const problems: Refusal[] = [];
  const fixed = ['zone', 'direction', 'office', 'regime'] as const;
  for (const field of fixed) {
    if (before[field] !== after[field])
      problems.push({ code: 'cargo.batch_cannot_change', path: field, seen: after[field] });
  }
  if ((before.head.declarant?.uscc ?? null) !== (after.head.declarant?.uscc ?? null))
    problems.push({ code: 'cargo.batch_cannot_change', path: 'head.declarant.uscc' });
  for (const { lineNo, used } of uses) {
    if (isZero(decimal(used))) continue;
    const index = after.lines.findIndex((line) => line.lineNo === lineNo);
    const line = after.lines[index];
    const earlier = before.lines.find((each) => each.lineNo === lineNo);
    if (!line || !earlier) {
      problems.push({ code: 'cargo.batch_line_in_use', path: 'lines', params: { lineNo, used } });
      continue;
    }
    const path = `lines[${index}]`;
    const cap = parseDecimal(line.cap);
    if (cap && compare(cap, decimal(used)) < 0)
      problems.push({
        code: 'cargo.batch_cap_below_use',
        path: `${path}.cap`,
        seen: line.cap,
        params: { used },
      });
    for (const field of ['partNo', 'unit'] as const) {
      if (line[field] !== earlier[field])
        problems.push({
          code: 'cargo.batch_cannot_change',
          path: `${path}.${field}`,
          seen: line[field],
        });
    }
  }
  return problems;
}

/** The acts on an application and the statuses they are allowed in. */
export const ALLOWED = {
  answer: ['applied', 'open', 'suspended', 'expired'],
  change: ['open', 'suspended', 'expired'],
  draw: ['open'],
  consolidate: ['open', 'suspended', 'expired'],
  close: ['open', 'suspended', 'expired'],
} as const satisfies Record<string, readonly BatchStatus[]>;
export type BatchAct = keyof typeof ALLOWED;

export function objection(state: BatchState, act: BatchAct): Refusal | null {
  if (!(ALLOWED[act] as readonly BatchStatus[]).includes(state.status)) {
    return {
      code: 'cargo.batch_not_in_this_state',
      seen: state.status,
      params: { act, status: state.status },
    };
  }
  if (act === 'answer' && state.status !== 'applied' && !state.change)
    return { code: 'cargo.batch_nothing_to_answer' };
  if (act === 'change' && state.change) return { code: 'cargo.batch_change_pending' };
  return null;
}

/** Four eyes: whoever asked does not answer. */
export const isAsker = (personId: string, state: BatchState): boolean =>
  (state.change?.askedBy ?? state.appliedBy) === personId;
