import type { Envelope } from '../../../kernel/event.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { Ledger, Review } from '../../duty/index.ts';
import { dutyRequestOf } from '../providers/duty.ts';
import type { AuditConclusion, Correction } from './contract.ts';

/** How the ledger takes what an audit recomputed. */
export type DutyReviews = Pick<Ledger['reviews'], 'foresee' | 'correct'>;

/**
 * What an audit recomputed, as a review of the bill of its declaration. One audit corrects a declaration
 * once. Whether the goods came in or went out, and when they were accepted, is not for an audit to change.
 */
export const reviewOf = (
  audit: string,
  statement: string,
  { declaration, content }: Correction,
): Review => ({
  ...{ id: `audit-${audit}`, reason: statement },
  request: ({ acceptedOn, on, ieFlag }) => ({
    ...dutyRequestOf(declaration, content, acceptedOn ?? on),
    ieFlag,
  }),
});

/** Why the ledger could not take the corrections, or what of them contradicts the conclusion. */
export async function objectionsTo(
  duty: DutyReviews,
  tx: Tx,
  audit: string,
  { corrections, statement, duty: way }: AuditConclusion,
  envelope: Envelope,
): Promise<Refusal[]> {
  const objections: Refusal[] = [];
  let change = 0n;
  for (const [index, correction] of corrections.entries()) {
    const review = reviewOf(audit, statement, correction);
    const foreseen = await duty.foresee(tx, correction.declaration, review, envelope);
    change += foreseen.change;
    const at = `corrections[${index}].content`;
    for (const { path, ...refusal } of foreseen.refusals) {
      objections.push({ ...refusal, path: path ? `${at}.${path}` : at });
    }
  }
  if (corrections.length === 0 || objections.length > 0) return objections;
  const agrees = way === 'supplementary' ? change > 0n : change < 0n;
  return agrees
    ? []
    : [{ code: 'clearance.audit_duty_goes_the_other_way', path: 'duty', seen: way }];
}
