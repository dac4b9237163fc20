// A notice verified by somebody who has nothing but files: what was changed, forged, mistaken for
// something else, expired or taken back is told apart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { type PublicKey, type RevocationList, SIGNED_TYPES } from './contract.ts';
import { type SigningKey, signingKeyFrom, signJws, thumbprintOf } from './jws.ts';
import { noticeOf } from './release.ts';
import { released, START } from './testing.ts';
import { verifyNotice } from './verify.ts';

const key = signingKeyFrom(Buffer.alloc(32, 1));
const forger = signingKeyFrom(Buffer.alloc(32, 2));
const NOON = '2026-07-01T12:00:00.000Z';

const published = ({ kid, x }: SigningKey, changes: Partial<PublicKey> = {}): PublicKey => ({
  ...{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA', kid, x },
  ...{ signsFrom: '2026-01-01T00:00:00.000Z', signsTo: null },
  ...changes,
});
const notice = noticeOf(released('D1'), 1, START);
const sign = (value: unknown = notice, type: string = SIGNED_TYPES.notice, by = key): string =>
  signJws(type, value, by);
const listOf = (release: string | null, by = key): string => {
  const entries = release === null ? [] : [{ release, revokedAt: NOON }];
  const list: RevocationList = { number: entries.length, issuedAt: NOON, entries };
  return sign(list, SIGNED_TYPES.revocations, by);
};
const verify = (signed: string, changes: Partial<Parameters<typeof verifyNotice>[0]> = {}) =>
  verifyNotice({ signed, keys: [published(key)], revocations: listOf(null), at: NOON, ...changes });

/** The same text with other words in it, and the old signature. */
const altered = (signed: string, part: 0 | 1, change: (value: object) => object): string => {
  const parts = signed.split('.');
  const value = JSON.parse(Buffer.from(parts[part] ?? '', 'base64url').toString()) as object;
  parts[part] = Buffer.from(JSON.stringify(change(value))).toString('base64url');
  return parts.join('.');
};

describe('the three verdicts', () => {
  test('all speak for a notice as it was issued', () => {
    expect(verify(sign())).toEqual({
      notice,
      integrity: 'intact',
      issuer: 'trusted',
      status: 'inForce',
      revocations: { number: 0, issuedAt: NOON },
      holds: true,
    });
  });

  test('more packages than were released: changed, whoever signed it', () => {
    const more = altered(sign(), 1, (value) => ({ ...value, packages: 1200 }));
    expect(verify(more)).toMatchObject({ integrity: 'changed', issuer: 'trusted', holds: false });
  });

  test('signed by a forger with a key of his own: intact, and not ours', () => {
    const forged = sign(notice, SIGNED_TYPES.notice, forger);
    expect(verify(forged)).toMatchObject({
      integrity: 'intact',
      issuer: 'unknownKey',
      holds: false,
    });
  });

  test('a forger who gives his key the name of ours is still not ours', () => {
    const { kid } = key;
    const forged = sign(notice, SIGNED_TYPES.notice, { ...forger, kid });
    expect(verify(forged)).toMatchObject({ issuer: 'unknownKey', holds: false });
  });

  test('signed with a key after its days', () => {
    const keys = [published(key, { signsTo: '2026-06-30T00:00:00.000Z' })];
    expect(verify(sign(), { keys, revocations: null })).toMatchObject({
      issuer: 'outsideKeyDates',
      holds: false,
    });
  });

  test('revoked, expired, and not checked are three things', () => {
    expect(verify(sign(), { revocations: listOf('D1-R1') })).toMatchObject({
      ...{ integrity: 'intact', issuer: 'trusted', status: 'revoked', holds: false },
    });
    expect(verify(sign(), { at: '2026-09-29T01:00:00.000Z' })).toMatchObject({
      ...{ integrity: 'intact', issuer: 'trusted', status: 'expired', holds: false },
    });
    expect(verify(sign(), { revocations: null })).toMatchObject({
      ...{ status: 'notChecked', revocations: null, holds: true },
    });
  });
});

describe('what is not a notice', () => {
  test.each([
    ['nothing', ''],
    ['prose', 'let the goods go'],
    ['two dots', '..'],
    ['a revocation list', listOf(null)],
    [
      'an offline list',
      sign({ issuedAt: NOON, terminal: null, entries: [] }, SIGNED_TYPES.offline),
    ],
    ['a notice called something else', sign(notice, SIGNED_TYPES.revocation)],
    ['a notice without its goods', sign({ id: 'D1-R1' })],
    ['another algorithm', altered(sign(), 0, (value) => ({ ...value, alg: 'none' }))],
    ['a key that is no key', altered(sign(), 0, (value) => ({ ...value, jwk: { kty: 'oct' } }))],
  ])('%s', (_, text) => {
    expect(verify(text)).toMatchObject({ notice: null, integrity: 'unreadable', holds: false });
  });

  test('whatever character of it is exchanged, it does not hold', () => {
    const signed = sign();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(fc.nat(signed.length - 3), fc.constantFrom(...letters), (place, letter) => {
        fc.pre(signed[place] !== letter);
        const other = signed.slice(0, place) + letter + signed.slice(place + 1);
        expect(verify(other).holds).toBe(false);
      }),
    );
  });
});

test('a revocation list that the port did not sign is not believed', () => {
  for (const revocations of [
    listOf(null, forger),
    altered(listOf('D1-R1'), 1, (value) => ({ ...value, entries: [] })),
    sign(),
    'no list',
  ]) {
    expect(() => verify(sign(), { revocations })).toThrow(Refused);
  }
});

test('the same notice is always the same text, and fits a QR code', () => {
  expect(sign()).toBe(sign(JSON.parse(JSON.stringify(notice))));
  // A QR code of version 40 holds 2,331 bytes at error correction level M (ISO/IEC 18004).
  expect(sign().length).toBeLessThan(2_331);
});

test('a key is named by its thumbprint, as RFC 8037 has it', () => {
  // RFC 8037, appendix A.3.
  expect(thumbprintOf('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')).toBe(
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  );
});

test('a text is signed as RFC 8037 has it', () => {
  // RFC 8037, appendix A.1: the private key; its public half follows from it.
  const seed = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url');
  expect(signingKeyFrom(seed).x).toBe('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
});
