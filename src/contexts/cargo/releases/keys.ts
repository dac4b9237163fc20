import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { PublicKey } from './contract.ts';
import { type SigningKey, signingKeyFrom } from './jws.ts';
import * as store from './store/keys.ts';

export interface KeyRing {
  /** The key that signs, held until the end of the transaction: it is not retired meanwhile. */
  signing(tx: Tx): Promise<SigningKey>;
  /** Retires it and begins the next; what it signed stays verifiable. */
  rotate(tx: Tx): Promise<PublicKey>;
}

export interface KeyRingDeps {
  /** The installation's secret: each key is grown from it by its number, and never stored. */
  readonly secret: { keyFor(label: string): Buffer };
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The port's signing keys. Only public halves are stored. When the secret is another than the one
 * the last key was grown from (a database moved without its secret), the next key is begun, so that
 * every notice is signed with a key the port publishes.
 */
export function createKeyRing({ secret, clock, log }: KeyRingDeps): KeyRing {
  const grown = new Map<number, SigningKey>();
  const grow = (number: number): SigningKey => {
    const key = grown.get(number) ?? signingKeyFrom(secret.keyFor(`release notices ${number}`));
    grown.set(number, key);
    return key;
  };
  /** The caller holds the lock of the keys. */
  const begin = async (tx: Tx): Promise<PublicKey> => {
    const last = await store.lastKey(tx);
    const now = clock.now();
    if (last && last.signsTo === null) await store.retireKey(tx, last.number, now);
    const number = (last?.number ?? 0) + 1;
    const { kid, x } = grow(number);
    await store.insertKey(tx, { number, kid, x, signsFrom: now });
    log.info({ kid, number }, 'A new key signs release notices from now on.');
    return store.toPublicKey({ number, kid, x, signsFrom: now, signsTo: null });
  };
  const isOurs = (last: store.KeyRow | null): last is store.KeyRow =>
    last !== null && last.signsTo === null && grow(last.number).x === last.x;

  return {
    signing: async (tx) => {
      for (;;) {
        const held = await store.holdKey(tx);
        if (isOurs(held)) return grow(held.number);
        // There is none yet, or it was retired while we waited, or it is another installation's.
        await store.lockKeys(tx);
        if (!isOurs(await store.lastKey(tx))) await begin(tx);
      }
    },
    rotate: async (tx) => {
      await store.lockKeys(tx);
      return begin(tx);
    },
  };
}
