import type { Instant } from '../../../kernel/dates.ts';
import { addDays } from '../../../kernel/dates.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import { billNumberOf } from '../contract.ts';
import type { Acknowledged, Release, ReleaseNotice } from './contract.ts';
import type { ReleasedGoods } from './events.ts';

/**
 * How long a notice is valid. It bounds the revocation list and what a lost notice can do; goods that
 * stand longer than this are looked at again.
 */
const VALID_DAYS = 90;

/** What is signed for released goods. Of one declaration, notices are counted: `D1-R1`, `D1-R2`. */
export function noticeOf(goods: ReleasedGoods, number: number, issuedAt: Instant): ReleaseNotice {
  return {
    id: `${goods.declaration}-R${number}`,
    declaration: goods.declaration,
    declarationNumber: goods.declarationNumber,
    bill: goods.bill === null ? null : billNumberOf(goods.bill),
    containers: [...goods.containers],
    packages: goods.packages,
    grossMassKg: goods.grossMassKg,
    office: goods.office,
    terminal: goods.terminal,
    releasedAt: goods.releasedAt,
    issuedAt,
    validUntil: validUntil(goods.releasedAt),
    conditional: goods.conditional,
  };
}

/** History that is loaded afterwards left long ago: nobody is to be told of it. */
export const isOver = (goods: ReleasedGoods, now: Instant): boolean =>
  validUntil(goods.releasedAt) <= now;

const validUntil = (releasedAt: Instant): Instant =>
  `${addDays(releasedAt.slice(0, 10), VALID_DAYS)}${releasedAt.slice(10)}`;

/** What an acknowledgement comes to: something to write, nothing new, or a refusal. */
export function acknowledge(
  release: Release | undefined,
  of: Acknowledged,
  terminal: string,
): 'new' | 'known' | Refusal {
  if (!release) return { code: 'cargo.release_not_found' };
  const answerable = release.notice.terminal ?? release.acknowledgedBy ?? terminal;
  if (answerable !== terminal) return { code: 'cargo.release_of_another_terminal' };
  if (of === 'notice') return release.acknowledgedAt ? 'known' : 'new';
  if (!release.revocation) return { code: 'cargo.release_not_revoked' };
  return release.revocationAcknowledgedAt ? 'known' : 'new';
}

/** Why a release cannot be taken back any more; `null` when it can. */
export function whyNotRevoke(release: Release, now: Instant): Refusal | null {
  const seen = release.id;
  if (release.revocation) return { code: 'cargo.release_already_revoked', seen };
  if (release.leftAt) {
    return { code: 'cargo.release_goods_left', seen, params: { at: release.leftAt } };
  }
  if (release.notice.validUntil <= now) return { code: 'cargo.release_expired', seen };
  return null;
}
