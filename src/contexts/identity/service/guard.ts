import type { Instant } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Actor } from '../contract.ts';
import { lockSecondsAfter } from '../lock-out.ts';
import type { Account } from '../store/accounts.ts';
import * as store from '../store/accounts.ts';
import { createTokenBuckets, forgetOldest } from '../token-buckets.ts';
import type { IdentityDeps } from './deps.ts';

/** One try to sign in. */
export interface Attempt {
  readonly account: string;
  readonly password: string;
  readonly address: string;
  /** The session the browser had before, which ends. */
  readonly previousToken: string | null;
}

/** One spelling of an account name, whatever keyboard it was typed on. */
export const accountName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/** Before anybody is known, the audit names nobody. */
export const NOBODY: Actor = {
  personId: 'unknown',
  name: '',
  postId: '',
  organisationId: '',
  roles: [],
  offices: [],
  mayBackdate: false,
  via: 'session',
};

const NAMES_MAX = 10_000;

/**
 * Stands at the door: limits tries per address and per account, shuts an account after repeated
 * failures, and treats names without an account exactly alike, so that no answer tells which exist.
 */
export function createGuard(deps: IdentityDeps) {
  const { clock, db } = deps;
  const byAddress = createTokenBuckets({ clock, capacity: 40, perSecond: 0.5 });
  const byName = createTokenBuckets({ clock, capacity: 10, perSecond: 0.2 });
  const strangers = new Map<string, { failures: number; lockedUntil: Instant | null }>();

  const limit = (retrySeconds: number): void => {
    if (retrySeconds === 0) return;
    throw new Refused('limited', {
      code: 'identity.too_many_attempts',
      params: { retrySeconds },
    });
  };
  const requireOpen = (lockedUntil: Instant | null): void => {
    const waitMs = lockedUntil === null ? 0 : Date.parse(lockedUntil) - Date.parse(clock.now());
    if (waitMs <= 0) return;
    const params = { retrySeconds: Math.ceil(waitMs / 1000) };
    throw new Refused('limited', { code: 'identity.account_locked', params });
  };
  const lockedAfter = (failures: number): Instant | null => {
    const seconds = lockSecondsAfter(failures);
    return seconds === 0 ? null : new Date(Date.parse(clock.now()) + seconds * 1000).toISOString();
  };
  const fail = async (name: string, account: Account | null): Promise<void> => {
    if (account) {
      const until = lockedAfter(await store.countFailure(db, name));
      if (until !== null) await store.lockAccount(db, name, until);
      return;
    }
    const failures = (strangers.get(name)?.failures ?? 0) + 1;
    strangers.delete(name);
    strangers.set(name, { failures, lockedUntil: lockedAfter(failures) });
    forgetOldest(strangers, NAMES_MAX);
  };

  return {
    /** The account, once name and password agree. */
    async admit(name: string, { password, address }: Attempt): Promise<Account> {
      limit(byAddress.take(address));
      limit(byName.take(name));
      const account = await store.findAccount(db, name);
      requireOpen(account ? account.lockedUntil : (strangers.get(name)?.lockedUntil ?? null));
      const isRight = await deps.passwords.verify(account?.passwordHash ?? null, password);
      if (account && isRight) return account;
      await fail(name, account);
      // An unknown name may be a password typed into the wrong field: it is not written down.
      await deps.recordRefusal(address, {
        actor: { ...NOBODY, personId: account?.personId ?? NOBODY.personId },
        operation: 'identity.session.create',
        subjects: account ? [`person:${account.personId}`] : [],
        detail: { address },
      });
      throw new Refused('unauthenticated', { code: 'identity.wrong_password' });
    },
  };
}
