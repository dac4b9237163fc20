import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { SignatureAlgorithm } from '../contract.ts';
import { fits } from './algorithm.ts';

/** A public key as it was handed in. */
export interface ReadKey {
  readonly key: KeyObject;
  /** PEM of the key alone. */
  readonly pem: string;
  readonly id: string;
  /** The days its certificate states, the last one not counted; `null` where it came without one. */
  readonly certified: { readonly from: LocalDate; readonly to: LocalDate } | null;
}

/** The thumbprint of a public key: SHA-256 of its SPKI in hexadecimal, the first 32 digits. */
export const thumbprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 32);

export const toPem = (key: KeyObject): string =>
  key.export({ format: 'pem', type: 'spki' }).toString();

/**
 * Reads a public key, or an X.509 certificate of one, and refuses what an algorithm cannot use. Who issued
 * the certificate is not asked: the operator who registers it answers for it.
 */
export function readPublicKey(pem: string, algorithm: SignatureAlgorithm): ReadKey {
  const { key, certified } = parsed(pem);
  if (!fits(algorithm, key)) {
    throw new Refused('invalid', {
      code: 'messages.key_unfit',
      path: 'pem',
      params: { algorithm },
    });
  }
  return { key, certified, pem: toPem(key), id: thumbprintOf(key) };
}

function parsed(pem: string): Pick<ReadKey, 'key' | 'certified'> {
  // A private key has a public half too, and whoever sends it has given it away.
  if (/PRIVATE KEY/.test(pem)) {
    throw new Refused('invalid', { code: 'messages.key_is_private', path: 'pem' });
  }
  try {
    if (!pem.includes('CERTIFICATE')) return { key: createPublicKey(pem), certified: null };
    const { publicKey, validFrom, validTo } = new X509Certificate(pem);
    const day = (text: string): LocalDate => localDateOf(new Date(text).toISOString());
    return { key: publicKey, certified: { from: day(validFrom), to: day(validTo) } };
  } catch {
    throw new Refused('invalid', { code: 'messages.key_unreadable', path: 'pem' });
  }
}
