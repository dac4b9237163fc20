import type { Instant } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import {
  type PublicKey,
  ReleaseNotice,
  RevocationList,
  SIGNED_TYPES,
  type Verification,
} from './contract.ts';
import { type ReadJws, readJws } from './jws.ts';

export interface VerifyRequest {
  /** The notice, as it was handed over. */
  readonly signed: string;
  /** The port's keys, got in a way that is trusted. */
  readonly keys: readonly PublicKey[];
  /** The signed revocation list at hand, however old; `null` for none. */
  readonly revocations: string | null;
  readonly at: Instant;
}

const UNREADABLE: Verification = {
  notice: null,
  integrity: 'unreadable',
  issuer: 'unreadable',
  status: 'unreadable',
  revocations: null,
  holds: false,
};

/**
 * Verifies a notice with nothing but what is at hand: no server, no clock but the holder's. Gives the
 * three verdicts apart (was it changed, who signed it, does it still hold), because each asks for
 * another remedy: fetch it again, fetch the keys, fetch the list.
 */
export function verifyNotice({ signed, keys, revocations, at }: VerifyRequest): Verification {
  const list = revocations === null ? null : readRevocations(revocations, keys);
  const read = readJws(signed.trim());
  const notice = read ? ReleaseNotice.safeParse(read.payload).data : undefined;
  if (!read || !notice || read.type !== SIGNED_TYPES.notice) {
    return { ...UNREADABLE, revocations: shown(list) };
  }
  const integrity = read.isIntact ? 'intact' : 'changed';
  const issuer = issuerOf(read, notice.issuedAt, keys);
  const status = statusOf(notice, list, at);
  const holds =
    integrity === 'intact' &&
    issuer === 'trusted' &&
    (status === 'inForce' || status === 'notChecked');
  return { notice, integrity, issuer, status, revocations: shown(list), holds };
}

function issuerOf(
  { kid }: ReadJws,
  issuedAt: Instant,
  keys: readonly PublicKey[],
): 'trusted' | 'unknownKey' | 'outsideKeyDates' {
  const key = keys.find((each) => each.kid === kid);
  if (!key) return 'unknownKey';
  const inUse = issuedAt >= key.signsFrom && (key.signsTo === null || issuedAt <= key.signsTo);
  return inUse ? 'trusted' : 'outsideKeyDates';
}

function statusOf(
  notice: ReleaseNotice,
  list: RevocationList | null,
  at: Instant,
): Verification['status'] {
  if (list?.entries.some(({ release }) => release === notice.id)) return 'revoked';
  if (at >= notice.validUntil) return 'expired';
  return list ? 'inForce' : 'notChecked';
}

/** A list is believed only when the port signed it: else anybody could un-revoke. */
function readRevocations(text: string, keys: readonly PublicKey[]): RevocationList {
  const read = readJws(text.trim());
  const list = read ? RevocationList.safeParse(read.payload).data : undefined;
  const isOurs =
    read?.isIntact === true &&
    read.type === SIGNED_TYPES.revocations &&
    list !== undefined &&
    issuerOf(read, list.issuedAt, keys) === 'trusted';
  if (!isOurs) throw new Refused('invalid', { code: 'cargo.release_list_not_trusted' });
  return list;
}

const shown = (list: RevocationList | null): Verification['revocations'] =>
  list && { number: list.number, issuedAt: list.issuedAt };
