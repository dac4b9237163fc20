import type pg from 'pg';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Log } from '../../../../platform/log.ts';

/** A ledger that is this process's to write, for as long as the session that took it lives. */
export interface Hold {
  readonly isHeld: boolean;
  release(): Promise<void>;
}

/** Takes ledgers for this process, all in one session of its own: PostgreSQL lets go of them with it. */
export interface Keeper {
  /**
   * @param onLost called once, should the session end before the hold is released.
   * @throws Refused `bonded.ledger_in_use` while another writer, here or elsewhere, has the ledger.
   */
  take(ledger: string, onLost: () => void): Promise<Hold>;
  /** Lets go of everything. */
  stop(): Promise<void>;
}

/** Any constant of our own: it keeps ledgers' locks apart from those of others. */
const LOCK_SEED = 5_127_330_419;
/** A network that fell silent is noticed by asking. */
const ASK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;

export function createKeeper({ pool, log }: { readonly pool: pg.Pool; readonly log: Log }): Keeper {
  const holds = new Map<string, () => void>();
  let session: Promise<pg.PoolClient> | null = null;
  let asking: NodeJS.Timeout | null = null;
  let isStopped = false;

  const open = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    let isLost = false;
    const lose = (error?: Error): void => {
      if (isLost || isStopped) return;
      isLost = true;
      end();
      client.release(true);
      log.warn({ err: error, ledgers: holds.size }, 'The session that holds the ledgers was lost.');
      const lost = [...holds.values()];
      holds.clear();
      for (const onLost of lost) onLost();
    };
    client.once('error', lose);
    client.once('end', () => lose());
    asking = setInterval(() => {
      const late = setTimeout(() => lose(new Error('No answer.')), ANSWER_WITHIN_MS);
      client.query('select 1').then(() => clearTimeout(late), lose);
    }, ASK_EVERY_MS);
    asking.unref();
    return client;
  };
  const end = (): void => {
    session = null;
    if (asking !== null) clearInterval(asking);
    asking = null;
  };
  const connected = async (): Promise<pg.PoolClient> => {
    session ??= open();
    try {
      return await session;
    } catch (error) {
      session = null;
      throw error;
    }
  };

  const take = async (ledger: string, onLost: () => void): Promise<Hold> => {
    if (holds.has(ledger)) throw inUse(ledger);
    const own = (): void => onLost();
    holds.set(ledger, own);
    const isHeld = (): boolean => holds.get(ledger) === own;
    try {
      const client = await connected();
      const isMine = await lock(client, ledger, 'pg_try_advisory_lock');
      // A session that was lost meanwhile has told so already.
      if (!isMine || !isHeld()) throw inUse(ledger);
      const release = async (): Promise<void> => {
        if (!isHeld()) return;
        holds.delete(ledger);
        await lock(client, ledger, 'pg_advisory_unlock');
      };
      return {
        get isHeld() {
          return isHeld();
        },
        release,
      };
    } catch (error) {
      if (isHeld()) holds.delete(ledger);
      throw error;
    }
  };

  return {
    take,
    stop: async () => {
      const ending = session;
      isStopped = true;
      holds.clear();
      end();
      const client = await ending?.catch(() => null);
      client?.release(true);
    },
  };
}

const inUse = (ledger: string): Refused =>
  new Refused('conflict', { code: 'bonded.ledger_in_use', params: { ledger } });

const LOCKING = {
  pg_try_advisory_lock: 'select pg_try_advisory_lock(hashtextextended($1, $2)) as mine',
  pg_advisory_unlock: 'select pg_advisory_unlock(hashtextextended($1, $2)) as mine',
} as const;

async function lock(
  client: pg.PoolClient,
  ledger: string,
  how: keyof typeof LOCKING,
): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(LOCKING[how], [ledger, LOCK_SEED]);
  return rows[0]?.mine ?? false;
}
