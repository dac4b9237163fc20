import { hash, verify } from '@node-rs/argon2';
import { Refused } from '../../kernel/refusal.ts';

/**
 * Passwords are kept as Argon2id with 19 MiB and two passes (OWASP's least; the library's default
 * algorithm is Argon2id). The work is done on threads, at most two at once: filings go on meanwhile.
 */
const COSTS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
/** Beyond these waiting, callers are asked to come again. */
const WAITING_MAX = 64;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** With no hash to compare, the same work is done all the same: time tells nothing of accounts. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const inTurn = createTurns();
  const nobodys = hash('a password nobody has', COSTS);
  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFC'), COSTS)),
    verify: (passwordHash, password) =>
      inTurn(async () => {
        const isRight = await verify(passwordHash ?? (await nobodys), password.normalize('NFC'));
        return isRight && passwordHash !== null;
      }),
  };
}

function createTurns() {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= WAITING_MAX) {
      throw new Refused('limited', {
        code: 'identity.too_many_attempts',
        params: { retrySeconds: 5 },
      });
    }
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
