import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { SignatureAlgorithm } from '../contract.ts';

/** The identity that SM2 signatures name where parties agreed on none (GM/T 0009-2012, 10). */
const USER_ID = '1234567812345678';
const PSS = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
} as const;
/** 1.2.156.10197.1.301, the curve of SM2, as it stands in a key. */
const SM2_CURVE = Buffer.from('06082a811ccf5501822d', 'hex');
/** Shortest RSA modulus that is accepted, in bits. */
const RSA_BITS_MIN = 2048;

/**
 * Whether a signature was made over these bytes with the private half of this key. Elliptic signatures
 * may be DER or the two numbers side by side (64 bytes). What is no signature at all was made by nobody.
 */
export function verifies(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  bytes: Buffer,
  signature: Buffer,
): boolean {
  switch (algorithm) {
    case 'SM2-SM3':
      return verifiesSm2(key, bytes, signature);
    case 'ECDSA-P256-SHA256': {
      const dsaEncoding = signature.length === 64 ? 'ieee-p1363' : 'der';
      return verifyBytes('sha256', bytes, { key, dsaEncoding }, signature);
    }
    case 'RSA-PSS-SHA256':
      return verifyBytes('sha256', bytes, { key, ...PSS }, signature);
    case 'RSA-SHA256':
      return verifyBytes('sha256', bytes, key, signature);
  }
}

/** A signature over bytes; elliptic ones as DER. */
export function signs(algorithm: SignatureAlgorithm, key: KeyObject, bytes: Buffer): Buffer {
  switch (algorithm) {
    case 'SM2-SM3': {
      const publicKey = pointOf(createPublicKey(key)).toString('hex');
      const options = { hash: true, der: true, userId: USER_ID, publicKey };
      return Buffer.from(sm2.doSignature(bytes, scalarOf(key).toString('hex'), options), 'hex');
    }
    case 'RSA-PSS-SHA256':
      return signBytes('sha256', bytes, { key, ...PSS });
    case 'ECDSA-P256-SHA256':
    case 'RSA-SHA256':
      return signBytes('sha256', bytes, key);
  }
}

/** Whether a key, public or private, is one that an algorithm signs with. */
export function fits(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  switch (algorithm) {
    case 'SM2-SM3':
      return isSm2(key);
    case 'ECDSA-P256-SHA256':
      return type === 'ec' && details?.namedCurve === 'prime256v1';
    case 'RSA-PSS-SHA256':
    case 'RSA-SHA256':
      return type === 'rsa' && (details?.modulusLength ?? 0) >= RSA_BITS_MIN;
  }
}

/** An elliptic private key of 32 secret bytes; `null` for the few numbers that are none. */
export function privateKeyFrom(
  algorithm: 'SM2-SM3' | 'ECDSA-P256-SHA256',
  scalar: Buffer,
): KeyObject | null {
  const curve = algorithm === 'SM2-SM3' ? SM2_CURVE : Buffer.from('06082a8648ce3d030107', 'hex');
  // RFC 5915: version 1, the number, the curve; the point follows from both.
  const der = Buffer.concat([
    ...[Buffer.from('30310201010420', 'hex'), scalar],
    ...[Buffer.from('a00a', 'hex'), curve],
  ]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'sec1' });
  } catch {
    return null;
  }
}

const isSm2 = (key: KeyObject): boolean =>
  key.asymmetricKeyType === undefined &&
  (key.type === 'public' ? key : createPublicKey(key))
    .export({ format: 'der', type: 'spki' })
    .includes(SM2_CURVE);

/** The point of an elliptic public key, uncompressed: the last 65 bytes of its SPKI. */
const pointOf = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: 'spki' }).subarray(-65);

/** The secret number of an elliptic private key: 32 bytes behind version 1 (RFC 5915). */
function scalarOf(key: KeyObject): Buffer {
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const at = der.indexOf(Buffer.from('0201010420', 'hex')) + 5;
  return der.subarray(at, at + 32);
}

function verifiesSm2(key: KeyObject, bytes: Buffer, signature: Buffer): boolean {
  const raw = signature.length === 64 ? signature : fromDer(signature);
  if (raw === null) return false;
  try {
    return sm2.doVerifySignature(bytes, raw.toString('hex'), pointOf(key).toString('hex'), {
      ...{ hash: true, userId: USER_ID },
    });
  } catch {
    // Numbers that are none of the curve's: nobody signed with them.
    return false;
  }
}

/** Two numbers side by side, from a DER sequence that holds them and nothing else. */
function fromDer(der: Buffer): Buffer | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const numbers: Buffer[] = [];
  let at = 2;
  while (at < der.length && numbers.length < 2) {
    const length = der[at + 1] ?? 0;
    const end = at + 2 + length;
    if (der[at] !== 0x02 || length === 0 || end > der.length) return null;
    const digits = der.subarray(at + 2, end);
    const bare = digits[0] === 0 ? digits.subarray(1) : digits;
    if (bare.length > 32) return null;
    numbers.push(Buffer.concat([Buffer.alloc(32 - bare.length), bare]));
    at = end;
  }
  return numbers.length === 2 && at === der.length ? Buffer.concat(numbers) : null;
}
