import { SignatureAlgorithm } from '../contract.ts';

/** A detached signature as it travels: in a header of HTTP, or in a file beside the message. */
export interface SignatureLine {
  readonly algorithm: SignatureAlgorithm;
  /** The thumbprint of the key, where the signer names it. */
  readonly key: string | null;
  readonly value: Buffer;
}

/** The header that carries it, and what the name of its file ends in. */
export const SIGNATURE_HEADER = 'message-signature';
export const SIGNATURE_ENDING = '.sig';
/** Longest line there is: RSA with 16,384 bits is a sixth of it. */
export const SIGNATURE_LINE_MAX = 16_384;

const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/;

/** Reads `algorithm=SM2-SM3; key=…; value=…`, in any order; `null` for anything else. */
export function readSignatureLine(text: string): SignatureLine | null {
  if (text.length > SIGNATURE_LINE_MAX) return null;
  const parts = new Map<string, string>();
  for (const part of text.replaceAll(/\s+/g, '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) parts.set(part.slice(0, at).toLowerCase(), part.slice(at + 1));
  }
  const algorithm = SignatureAlgorithm.safeParse(parts.get('algorithm')).data;
  const value = parts.get('value') ?? '';
  if (algorithm === undefined || !BASE64.test(value)) return null;
  return { algorithm, key: parts.get('key') ?? null, value: Buffer.from(value, 'base64') };
}

export const writeSignatureLine = ({ algorithm, key, value }: SignatureLine): string =>
  `algorithm=${algorithm}; ${key === null ? '' : `key=${key}; `}value=${value.toString('base64')}`;
