import type { Refusal, RefusalKind } from '../../kernel/refusal.ts';
import { Refused } from '../../kernel/refusal.ts';
import { isStoreAway } from '../postgres/away.ts';

/** A sentence a person reads, in both languages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** The body of every answer that is a "no" (`application/problem+json`). */
export interface Problem {
  readonly kind: RefusalKind | 'unexpected';
  /** Quote it to the operator: the log knows the request by it. */
  readonly requestId: string;
  readonly refusals: readonly (Refusal & { readonly sentence?: Sentence })[];
}

const STATUS_OF_KIND: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
};

/** Refusals of HTTP itself keep the status RFC 9110 gives them. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'http.malformed_json': 400,
  'http.not_utf8': 400,
  'http.method_not_allowed': 405,
  'http.body_too_large': 413,
  'http.not_json': 415,
  'http.wrong_charset': 415,
};

/** The database is away for a while: nothing is wrong with what was asked. */
const STORE_AWAY = 'http.store_away';
const RETRY_SECONDS = '5';

export interface Presented {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly problem: Problem;
}

/**
 * Turns whatever a use case threw into an answer. A refusal is told in full; anything else is a bug
 * or a broken machine, of which the caller learns the id the log knows it by, and whether to try again.
 */
export function present(
  error: unknown,
  requestId: string,
  sentenceOf: ((refusal: Refusal) => Sentence) | null,
): Presented {
  const broken = isStoreAway(error) ? STORE_AWAY : 'http.unexpected';
  const refused =
    error instanceof Refused
      ? { kind: error.kind, refusals: error.refusals }
      : { kind: 'unexpected' as const, refusals: [{ code: broken, params: { requestId } }] };
  const refusals = sentenceOf
    ? refused.refusals.map((refusal) => ({ ...refusal, sentence: sentenceOf(refusal) }))
    : refused.refusals;
  return {
    status: statusOf(refused.kind, refusals[0]?.code),
    headers: headersOf(refused.kind, refusals[0]),
    problem: { kind: refused.kind, requestId, refusals },
  };
}

function statusOf(kind: Problem['kind'], code: string | undefined): number {
  if (kind === 'unexpected') return code === STORE_AWAY ? 503 : 500;
  return STATUS_OF_CODE[code ?? ''] ?? STATUS_OF_KIND[kind];
}

function headersOf(kind: Problem['kind'], first: Refusal | undefined): Record<string, string> {
  if (first?.code === STORE_AWAY) return { 'retry-after': RETRY_SECONDS };
  const retry = kind === 'limited' ? first?.params?.retrySeconds : undefined;
  if (retry !== undefined) return { 'retry-after': String(retry) };
  if (kind === 'unauthenticated') return { 'www-authenticate': 'Bearer' };
  return {};
}
