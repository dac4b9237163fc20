import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import type { ConnectionTerms } from '../contract.ts';
import { privateKeyFrom, signs } from './algorithm.ts';
import { thumbprintOf, toPem } from './key.ts';
import { writeSignatureLine } from './line.ts';
import * as store from './store.ts';

type Algorithm = ConnectionTerms['answersSignedWith'];

export interface PortKeysDeps {
  readonly db: Db;
  /** The installation's secret: each key is grown from it by algorithm and number, and never stored. */
  readonly secret: { keyFor(label: string): Buffer };
  readonly clock: Clock;
  readonly log: Log;
}

/** The keys our answers are signed with. */
export interface PortKeys {
  /** The signature line of an answer, by the key that signs now; the first asking begins it. */
  sign(algorithm: Algorithm, bytes: Buffer): Promise<string>;
  /** Begins the next key, named in the answer; what the one before signed stays verifiable. */
  rotate(tx: Tx, algorithm: Algorithm): Promise<string>;
}

interface Grown {
  readonly id: string;
  readonly key: KeyObject;
  readonly pem: string;
}

/**
 * The port's keys. Only public halves are stored. When the secret is another than the one the last key was
 * grown from (a database moved without its secret), the next key is begun, so that every answer is signed
 * with a key the port publishes.
 */
export function createPortKeys({ db, secret, clock, log }: PortKeysDeps): PortKeys {
  const grown = new Map<string, Grown>();
  const grow = (algorithm: Algorithm, number: number): Grown => {
    const name = `${algorithm} ${number}`;
    const key = grown.get(name) ?? growKey(secret, algorithm, number);
    grown.set(name, key);
    return key;
  };
  const lastOf = async (tx: Tx, algorithm: Algorithm): Promise<store.PortKeyRow | undefined> =>
    (await store.listPortKeys(tx)).findLast((key) => key.algorithm === algorithm);

  const signing = async (tx: Tx, algorithm: Algorithm): Promise<Grown | null> => {
    const last = await lastOf(tx, algorithm);
    const ours = last ? grow(algorithm, last.number) : null;
    return ours && ours.id === last?.id ? ours : null;
  };
  /** The caller holds the lock of the keys. */
  const begin = async (tx: Tx, algorithm: Algorithm): Promise<Grown> => {
    const number = ((await lastOf(tx, algorithm))?.number ?? 0) + 1;
    const next = grow(algorithm, number);
    const { id, pem } = next;
    await store.insertPortKey(tx, { algorithm, number, id, pem, signsFrom: clock.now() });
    log.info({ id, algorithm, number }, 'a new key signs answers to messages');
    return next;
  };

  return {
    async sign(algorithm, bytes) {
      const known = (await signing(db, algorithm)) ?? (await inTransaction(db, first));
      const value = signs(algorithm, known.key, bytes);
      return writeSignatureLine({ algorithm, key: known.id, value });

      async function first(tx: Tx): Promise<Grown> {
        await store.lockPortKeys(tx);
        return (await signing(tx, algorithm)) ?? begin(tx, algorithm);
      }
    },

    async rotate(tx, algorithm) {
      await store.lockPortKeys(tx);
      return (await begin(tx, algorithm)).id;
    },
  };
}

/** The key of a number: the first of its row of secret bytes that is a private key of the curve at all. */
function growKey(secret: PortKeysDeps['secret'], algorithm: Algorithm, number: number): Grown {
  for (let attempt = 1; ; attempt++) {
    const scalar = secret.keyFor(`answers to messages ${algorithm} ${number} ${attempt}`);
    const key = privateKeyFrom(algorithm, scalar);
    if (!key) continue;
    const publicKey = createPublicKey(key);
    return { key, id: thumbprintOf(publicKey), pem: toPem(publicKey) };
  }
}
