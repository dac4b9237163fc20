import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical.ts';

/** An Ed25519 key that signs, named by the thumbprint of its public half. */
export interface SigningKey {
  readonly kid: string;
  readonly x: string;
  readonly privateKey: KeyObject;
}

/** The header of everything we sign. The key travels along, so that a text can be checked for itself. */
interface Header {
  readonly alg: 'EdDSA';
  readonly typ: string;
  readonly kid: string;
  readonly jwk: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };
}

/** A signed text taken apart. Nothing of it is believed yet. */
export interface ReadJws {
  readonly type: string;
  /** Computed from the key in the header, whatever name the header gives it. */
  readonly kid: string;
  readonly payload: unknown;
  readonly isIntact: boolean;
}

/** What PKCS #8 puts before the 32 bytes of an Ed25519 private key (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The signing key grown from 32 secret bytes: the same bytes are always the same key. */
export function signingKeyFrom(seed: Buffer): SigningKey {
  const der = Buffer.concat([PKCS8_ED25519, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (typeof x !== 'string') throw new Error('An Ed25519 key without a public half.');
  return { kid: thumbprintOf(x), x, privateKey };
}

/** The name of a public key (RFC 7638): the hash of its canonical form. */
export const thumbprintOf = (x: string): string =>
  createHash('sha256')
    .update(canonicalJson(jwkOf(x)))
    .digest('base64url');

const jwkOf = (x: string): Header['jwk'] => ({ kty: 'OKP', crv: 'Ed25519', x });

/** Signs a value as canonical JSON: Ed25519 is deterministic, so the same value is the same text. */
export function signJws(
  type: string,
  payload: unknown,
  { kid, x, privateKey }: SigningKey,
): string {
  const header: Header = { alg: 'EdDSA', typ: type, kid, jwk: jwkOf(x) };
  const signed = `${encode(canonicalJson(header))}.${encode(canonicalJson(payload))}`;
  return `${signed}.${signBytes(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** `null` for what is no signed text of ours at all. */
export function readJws(text: string): ReadJws | null {
  const [head, body, signature, ...more] = text.split('.');
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) {
    return null;
  }
  const header = decode(head);
  if (!isHeader(header)) return null;
  const payload = decode(body);
  if (payload === undefined) return null;
  const isIntact = verifies(header.jwk.x, `${head}.${body}`, signature);
  return { type: header.typ, kid: thumbprintOf(header.jwk.x), payload, isIntact };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { alg, typ, jwk } = value as Partial<Header>;
  return (
    alg === 'EdDSA' &&
    typeof typ === 'string' &&
    jwk?.kty === 'OKP' &&
    jwk.crv === 'Ed25519' &&
    typeof jwk.x === 'string'
  );
}

function verifies(x: string, signed: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { ...jwkOf(x) }, format: 'jwk' });
    return verifyBytes(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'));
  } catch {
    // Not a point of the curve: nobody signed with that.
    return false;
  }
}
