/**
 * An expected "no", as a value. It names the rule broken (not the place in the code), the field,
 * the value seen, the legal basis and what to do; the sentences live in `messages.*.json`.
 * A refusal is an answer; an exception is a bug or a broken machine.
 */
export interface Refusal {
  /** `context.rule_broken`, for example `clearance.totals_disagree`. */
  readonly code: string;
  /** The field it is about, as a JSON path: `lines[2].hsCode`. Absent when it is about the whole. */
  readonly path?: string;
  /** The value that was seen, as text, shortened for display. */
  readonly seen?: string;
  /** Values the sentence speaks of; numbers and text only, so that both languages can format them. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** The law, circular or code table that the rule stands on. */
  readonly legalBasis?: string;
  /** `error` refuses; `warning` is shown and let through. Default `error`. */
  readonly severity?: 'error' | 'warning';
}

/** What kind of "no" it is; http and cli turn the kind into a status, nothing else does. */
export type RefusalKind =
  | 'invalid'
  | 'forbidden'
  | 'unauthenticated'
  | 'not_found'
  | 'conflict'
  | 'limited';

/** Carries refusals out of a use case; the only error a caller is meant to read. */
export class Refused extends Error {
  readonly kind: RefusalKind;
  readonly refusals: readonly Refusal[];

  constructor(kind: RefusalKind, refusals: Refusal | readonly Refusal[]) {
    const list = Array.isArray(refusals) ? (refusals as readonly Refusal[]) : [refusals as Refusal];
    super(list.map((r) => (r.path ? `${r.code} at ${r.path}` : r.code)).join('; '));
    this.name = 'Refused';
    this.kind = kind;
    this.refusals = list;
  }
}

const SEEN_CHARACTERS_MAX = 120;

/** Shortens a value for a refusal: enough to recognise it, never a megabyte back to the sender. */
export function seen(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length <= SEEN_CHARACTERS_MAX ? text : `${text.slice(0, SEEN_CHARACTERS_MAX)}…`;
}
