// A signature says two things: these bytes, this key. Published examples show that we mean the same SM2 and SM3
// as everybody; whatever else comes as a signature was made by nobody.
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { sm3 } from 'sm-crypto-v2';
import { describe, expect, test } from 'vitest';
import type { SignatureAlgorithm } from '../contract.ts';
import { fits, privateKeyFrom, signs, verifies } from './algorithm.ts';
import { judgeSignature, type KnownKey, type Signer } from './judge.ts';
import { readPublicKey, thumbprintOf, toPem } from './key.ts';
import { readSignatureLine, writeSignatureLine } from './line.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s+/g, ''), 'hex');

describe('published examples', () => {
  // GM/T 0004-2012 (GB/T 32905-2016), appendix A.
  test.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('SM3 of %s', (text, digest) => {
    expect(sm3(Buffer.from(text))).toBe(digest);
  });

  // GM/T 0003.5-2012, A.2: "message digest", signed by 1234567812345678.
  const key = privateKeyFrom(
    'SM2-SM3',
    hex('3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8'),
  );
  const signature = hex(`
    F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3
    B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA`);
  const message = Buffer.from('message digest');

  test('the SM2 key pair and its signature', () => {
    const publicKey = createPublicKey(key as KeyObject);
    const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-64).toString('hex');
    expect(point).toBe(
      '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    );
    expect(verifies('SM2-SM3', publicKey, message, signature)).toBe(true);
    expect(verifies('SM2-SM3', publicKey, Buffer.from('message digesT'), signature)).toBe(false);
  });

  test('what OpenSSL signed with SM2 is what we verify', () => {
    const publicKey = createPublicKey(`-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEbTOKvgU74J/h5R53EDzvlXFP27t3
yFDARx5GC1UyGScWmypS0n7RWhGbmxrHYcPuWdCL4t0W7D0+Vwqn5m76UA==
-----END PUBLIC KEY-----`);
    const der = hex(`304502203dfcbe4172d381d4def5978332bab83760ff45b03547d5afc53f8241ed224c70
      02210097b2bdfd83de9776e056b8d9c7df4009796b56020b62a13e13993bb2cc35e59b`);
    expect(verifies('SM2-SM3', publicKey, message, der)).toBe(true);
    // Bytes behind the numbers are part of no signature.
    expect(verifies('SM2-SM3', publicKey, message, Buffer.concat([der, hex('00')]))).toBe(false);
  });
});

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const KEYS: Readonly<Record<SignatureAlgorithm, KeyObject>> = {
  'SM2-SM3': privateKeyFrom('SM2-SM3', Buffer.alloc(32, 7)) as KeyObject,
  'ECDSA-P256-SHA256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'RSA-PSS-SHA256': RSA,
  'RSA-SHA256': RSA,
};
const ALGORITHMS = Object.keys(KEYS) as SignatureAlgorithm[];

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const key = KEYS[algorithm];
  const publicKey = createPublicKey(key);

  test('verifies what it signed, and nothing that differs in a bit', () => {
    const anything = fc.uint8Array({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(anything, fc.nat(), fc.boolean(), (content, at, inMessage) => {
        const bytes = Buffer.from(content);
        const signature = signs(algorithm, key, bytes);
        expect(verifies(algorithm, publicKey, bytes, signature)).toBe(true);
        const changed = inMessage ? bytes : signature;
        const place = at % changed.length;
        changed[place] = (changed[place] ?? 0) ^ 1;
        expect(verifies(algorithm, publicKey, bytes, signature)).toBe(false);
      }),
      { numRuns: 12 },
    );
  });

  test('rubbish is no signature', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (rubbish) => {
        const isOne = verifies(algorithm, publicKey, Buffer.from('x'), Buffer.from(rubbish));
        expect(isOne).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('a key is read from PEM, named by its thumbprint, and fits its own algorithms only', () => {
    const read = readPublicKey(toPem(publicKey), algorithm);
    expect([read.id, read.certified]).toEqual([thumbprintOf(publicKey), null]);
    const own = ALGORITHMS.filter((other) => fits(other, publicKey));
    expect(own).toEqual(
      algorithm.startsWith('RSA') ? ['RSA-PSS-SHA256', 'RSA-SHA256'] : [algorithm],
    );
  });
});

test.each([
  [
    'a private key',
    KEYS['SM2-SM3'].export({ format: 'pem', type: 'pkcs8' }).toString(),
    'key_is_private',
  ],
  ['a key of another curve', toPem(createPublicKey(KEYS['ECDSA-P256-SHA256'])), 'key_unfit'],
  ['no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'key_unreadable'],
])('%s is refused as a partner’s SM2 key', (_, pem, code) => {
  expect(() => readPublicKey(pem, 'SM2-SM3')).toThrow(`messages.${code}`);
});

test.each([
  ['algorithm=SM2-SM3; value=MEUCIQDx', null, 'SM2-SM3'],
  ['value=MEUCIQDx;key=ab12;algorithm=RSA-PSS-SHA256', 'ab12', 'RSA-PSS-SHA256'],
  [' algorithm = RSA-SHA256 ;\r\n value = MEUC\r\n  IQDx\r\n', null, 'RSA-SHA256'],
])('%j is a signature line', (text, key, algorithm) => {
  const line = readSignatureLine(text);
  expect(line).toMatchObject({ key, algorithm, value: Buffer.from('MEUCIQDx', 'base64') });
  expect(line && readSignatureLine(writeSignatureLine(line))).toEqual(line);
});

test.each([
  '',
  'MEUCIQDx',
  'algorithm=SM2-SM3',
  'algorithm=MD5; value=MEUCIQDx',
  'algorithm=SM2-SM3; value=*',
  `algorithm=SM2-SM3; value=${'A'.repeat(20_000)}`,
])('%j is none', (text) => {
  expect(readSignatureLine(text)).toBeNull();
});

describe('judged on the day it comes in', () => {
  const MESSAGE = Buffer.from('<DecMessage/>');
  const known = (changes: Partial<KnownKey> = {}): KnownKey => ({
    id: thumbprintOf(createPublicKey(KEYS['SM2-SM3'])),
    algorithm: 'SM2-SM3',
    pem: toPem(createPublicKey(KEYS['SM2-SM3'])),
    ...{ validFrom: '2026-01-01', validTo: '2027-01-01', revokedFrom: null, revokedBecause: null },
    ...{ registeredBy: 'operator', registeredAt: '2026-01-01T00:00:00.000Z' },
    ...changes,
  });
  const value = signs('SM2-SM3', KEYS['SM2-SM3'], MESSAGE);
  const good = writeSignatureLine({ algorithm: 'SM2-SM3', key: null, value });
  const named = writeSignatureLine({ algorithm: 'SM2-SM3', key: known().id, value });
  const other = writeSignatureLine({
    ...{ algorithm: 'SM2-SM3', key: null },
    value: signs('SM2-SM3', KEYS['SM2-SM3'], Buffer.from('other')),
  });
  const MUST: Signer = { mustSign: true, keys: [known()] };
  const MAY: Signer = { ...MUST, mustSign: false };
  const NOBODY: Signer = { mustSign: false, keys: [] };
  const revoked: Signer = { ...MUST, keys: [known({ revokedFrom: '2026-06-01' })] };

  test.each([
    ['signed, by a valid key', MUST, good, '2026-07-01', 'verified', null],
    ['and named', MUST, named, '2026-12-31', 'verified', null],
    ['unsigned, where it must be', MUST, null, '2026-07-01', 'unsigned', 'signature_missing'],
    ['unsigned, where it need not', MAY, null, '2026-07-01', 'unsigned', null],
    ['wrongly, where it need not', MAY, other, '2026-07-01', 'refused', 'signature_wrong'],
    ['by nobody we know', NOBODY, good, '2026-07-01', 'refused', 'signature_key_unknown'],
    ['no signature at all', MAY, 'hello', '2026-07-01', 'refused', 'signature_unreadable'],
    ['the day before its key', MUST, good, '2025-12-31', 'refused', 'signature_key_not_yet'],
    ['the day its key ends', MUST, good, '2027-01-01', 'refused', 'signature_key_expired'],
    ['the day before it is revoked', revoked, good, '2026-05-31', 'verified', null],
    ['the day it is revoked', revoked, good, '2026-06-01', 'refused', 'signature_key_revoked'],
  ] as const)('%s', (_, signer, line, on, status, problem) => {
    const judged = judgeSignature(MESSAGE, line, signer, on);
    expect(judged.seen.status).toBe(status);
    expect(judged.problem?.code ?? null).toBe(problem && `messages.${problem}`);
  });
});
