import { createPublicKey } from 'node:crypto';
import type { LocalDate } from '../../../kernel/dates.ts';
import { seen } from '../../../kernel/refusal.ts';
import type { MessageProblem, PartnerKey, SignatureSeen } from '../contract.ts';
import { verifies } from './algorithm.ts';
import { readSignatureLine, type SignatureLine } from './line.ts';

/** A registered key with what it verifies by. */
export type KnownKey = Omit<PartnerKey, 'standing'> & { readonly pem: string };

/** What the port knows of the one who signs. */
export interface Signer {
  readonly mustSign: boolean;
  readonly keys: readonly KnownKey[];
}

export interface Judged {
  readonly seen: SignatureSeen;
  /** Why the message is not taken; `null` where its signature does not stand against it. */
  readonly problem: MessageProblem | null;
}

/** Whether a key counts on a day; revoked goes before expired, for it says more. */
export function standingOn(
  key: Pick<KnownKey, 'validFrom' | 'validTo' | 'revokedFrom'>,
  on: LocalDate,
): PartnerKey['standing'] {
  if (key.revokedFrom !== null && on >= key.revokedFrom) return 'revoked';
  if (on < key.validFrom) return 'notYet';
  return key.validTo !== null && on >= key.validTo ? 'expired' : 'valid';
}

const UNSIGNED: SignatureSeen = { status: 'unsigned', algorithm: null, key: null };
const REASONS = {
  notYet: 'messages.signature_key_not_yet',
  expired: 'messages.signature_key_expired',
  revoked: 'messages.signature_key_revoked',
} as const;

/**
 * Judges the detached signature of a message, `line` as it came with it. A message that is signed must be
 * signed well, whether or not its sender has to sign: a wrong signature says that somebody changed it. A key
 * counts on the day the message comes in, not on a day the message states.
 */
export function judgeSignature(
  bytes: Buffer,
  line: string | null,
  signer: Signer,
  on: LocalDate,
): Judged {
  if (line === null) {
    const problem = signer.mustSign ? problemOf('messages.signature_missing') : null;
    return { seen: UNSIGNED, problem };
  }
  const signature = readSignatureLine(line);
  if (!signature) {
    const refused: SignatureSeen = { ...UNSIGNED, status: 'refused' };
    return { seen: refused, problem: problemOf('messages.signature_unreadable', seen(line)) };
  }
  const { algorithm } = signature;
  const able = signer.keys.filter((key) => isMeant(key, signature));
  const key = able.find(({ pem }) =>
    verifies(algorithm, createPublicKey(pem), bytes, signature.value),
  );
  const refused: SignatureSeen = {
    ...{ status: 'refused', algorithm, key: key?.id ?? signature.key },
  };
  if (!key) {
    const code = able.length === 0 ? 'messages.signature_key_unknown' : 'messages.signature_wrong';
    return { seen: refused, problem: problemOf(code, signature.key ?? algorithm) };
  }
  const standing = standingOn(key, on);
  if (standing === 'valid') return { seen: { ...refused, status: 'verified' }, problem: null };
  const turns = { notYet: key.validFrom, expired: key.validTo, revoked: key.revokedFrom };
  const since = turns[standing] ?? '';
  return { seen: refused, problem: { ...problemOf(REASONS[standing], key.id), params: { since } } };
}

/** Signers need not name their key: whichever of theirs fits is meant. */
const isMeant = (key: KnownKey, { algorithm, key: named }: SignatureLine): boolean =>
  key.algorithm === algorithm && (named === null || key.id === named);

const problemOf = (code: string, value?: string): MessageProblem => ({
  ...{ code, path: 'signature', severity: 'error' },
  ...(value !== undefined && { seen: value }),
});
