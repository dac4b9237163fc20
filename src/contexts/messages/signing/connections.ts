import { localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, reachOf, recordAudit } from '../../identity/index.ts';
import {
  type Connection,
  type ConnectionTerms,
  type KeyRegistration,
  type KeyRevocation,
  PARTNER_KEYS_MAX,
  type PortKey,
  type PortKeyRotation,
} from '../contract.ts';
import * as permission from '../permissions.ts';
import { type Signer, standingOn } from './judge.ts';
import { type ReadKey, readPublicKey } from './key.ts';
import type { PortKeys } from './port-keys.ts';
import * as store from './store.ts';

export interface ConnectionsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly portKeys: PortKeys;
}

/** A partner nothing was set for may send unsigned messages, over HTTP. */
const ORDINARY: ConnectionTerms = {
  ...{ mustSign: false, answersSignedWith: 'SM2-SM3', folderPost: null },
};

/** How messages go to and fro with partners: set by the operator, seen by the partner and by customs. */
export function createConnections({ db, clock, portKeys }: ConnectionsDeps) {
  const audit = (tx: Tx, actor: Actor, partner: string, detail: Record<string, unknown>) =>
    recordAudit(tx, {
      ...{ actor, operation: permission.setConnection.operation, detail },
      subjects: [`organisation:${partner}`],
      outcome: 'done',
      at: clock.now(),
    });
  /** Does an act on one partner at a time, and answers how its connection stands then. */
  const act = async (
    actor: Actor,
    partner: string,
    work: (tx: Tx, keys: readonly store.PartnersKey[]) => Promise<Record<string, unknown> | null>,
  ): Promise<Connection> => {
    authorise(actor, permission.setConnection);
    await inTransaction(db, async (tx) => {
      await store.lockPartner(tx, partner);
      const done = await work(tx, await store.listKeys(tx, [partner]));
      if (done) await audit(tx, actor, partner, done);
    });
    return get(partner);
  };
  const get = async (partner: string): Promise<Connection> => {
    const [terms, keys] = await Promise.all([
      store.findTerms(db, partner),
      store.listKeys(db, [partner]),
    ]);
    return shown({ ...ORDINARY, ...terms, partner }, keys);
  };
  const shown = (terms: store.KeptTerms, keys: readonly store.PartnersKey[]): Connection => {
    const today = localDateOf(clock.now());
    return {
      ...terms,
      keys: keys
        .filter(({ partner }) => partner === terms.partner)
        .map(({ pem: _, partner: __, ...key }) => ({ ...key, standing: standingOn(key, today) })),
    };
  };

  return {
    /** Connections within the reader's reach that something was set for. */
    async list(actor: Actor): Promise<Connection[]> {
      const reach = reachOf(actor, permission.read);
      const terms = await store.listTerms(db, reach.any ? null : reach.organisations);
      const keys = await store.listKeys(
        db,
        terms.map(({ partner }) => partner),
      );
      return terms.map((each) => shown(each, keys));
    },

    async get(actor: Actor, partner: string): Promise<Connection> {
      authorise(actor, permission.read, { organisations: [partner] });
      return get(partner);
    },

    set: (actor: Actor, partner: string, terms: ConnectionTerms): Promise<Connection> =>
      act(actor, partner, async (tx) => {
        await store.saveTerms(tx, { ...terms, partner }, actor.personId, clock.now());
        return { ...terms };
      }),

    /** The same key with the same dates is the same registration; other dates are refused. */
    registerKey: (actor: Actor, partner: string, said: KeyRegistration): Promise<Connection> =>
      act(actor, partner, async (tx, keys) => {
        const { id, pem, certified } = readPublicKey(said.pem, said.algorithm);
        const dates = datesOf(said, certified);
        const { algorithm } = said;
        const known = keys.find((key) => key.id === id && key.algorithm === algorithm);
        if (known) {
          if (known.validFrom === dates.validFrom && known.validTo === dates.validTo) return null;
          throw new Refused('conflict', { code: 'messages.key_known', seen: id });
        }
        if (keys.length >= PARTNER_KEYS_MAX) {
          const params = { max: PARTNER_KEYS_MAX };
          throw new Refused('conflict', { code: 'messages.too_many_keys', params });
        }
        const stamp = { registeredBy: actor.personId, registeredAt: clock.now() };
        const revoked = keys.find((key) => key.id === id && key.revokedFrom !== null);
        if (revoked) throw new Refused('conflict', { code: 'messages.key_revoked', seen: id });
        await store.insertKey(tx, {
          ...{ partner, id, algorithm, pem, ...dates, ...stamp },
          ...{ revokedFrom: null, revokedBecause: null },
        });
        await ensureTerms(tx, partner, actor);
        return { key: id, algorithm, ...dates };
      }),

    /** From a day on, past days too; a revocation may be moved to an earlier day, and never lifted. */
    revokeKey: (
      actor: Actor,
      partner: string,
      id: string,
      { from, reason }: KeyRevocation,
    ): Promise<Connection> =>
      act(actor, partner, async (tx, keys) => {
        const known = keys.find((key) => key.id === id);
        if (!known) throw new Refused('not_found', { code: 'messages.key_not_found', seen: id });
        if (known.revokedFrom !== null && known.revokedFrom <= from) return null;
        await store.revokeKey(tx, { partner, id }, from, reason);
        return { key: id, revokedFrom: from, reason };
      }),

    /** By what messages of a partner are judged. */
    async signer(partner: string): Promise<Signer> {
      const [terms, keys] = await Promise.all([
        store.findTerms(db, partner),
        store.listKeys(db, [partner]),
      ]);
      return { mustSign: terms?.mustSign ?? ORDINARY.mustSign, keys };
    },

    terms: async (partner: string): Promise<ConnectionTerms> =>
      (await store.findTerms(db, partner)) ?? ORDINARY,

    /** Partners with a folder; of one that must sign, or has keys to, a signature is waited for. */
    async folders(): Promise<{ partner: string; post: string; signs: boolean }[]> {
      const terms = await store.listFolders(db);
      const keys = await store.listKeys(
        db,
        terms.map(({ partner }) => partner),
      );
      return terms.map(({ partner, folderPost, mustSign }) => ({
        ...{ partner, post: folderPost ?? '' },
        signs: mustSign || keys.some((key) => key.partner === partner),
      }));
    },

    /** Answers are signed with another key from now on: the one before may be known to somebody. */
    async rotatePortKey(actor: Actor, { algorithm }: PortKeyRotation): Promise<PortKey[]> {
      authorise(actor, permission.setConnection);
      await inTransaction(db, async (tx) => {
        const key = await portKeys.rotate(tx, algorithm);
        await recordAudit(tx, {
          ...{ actor, operation: permission.setConnection.operation, outcome: 'done' },
          ...{ subjects: [], detail: { portKey: key, algorithm }, at: clock.now() },
        });
      });
      return this.portKeys(actor);
    },

    /** The keys our answers are signed with; anybody who may read messages may check them. */
    async portKeys(actor: Actor): Promise<PortKey[]> {
      authorise(actor, permission.read);
      return (await store.listPortKeys(db)).map(({ number: _, ...key }) => key);
    },
  };

  /** A partner with keys is listed even while nothing else was set for it. */
  async function ensureTerms(tx: Tx, partner: string, actor: Actor): Promise<void> {
    if (await store.findTerms(tx, partner)) return;
    await store.saveTerms(tx, { ...ORDINARY, partner }, actor.personId, clock.now());
  }
}
export type Connections = ReturnType<typeof createConnections>;

/** The days a key counts: those stated, within those its certificate states. */
function datesOf(
  { validFrom, validTo }: KeyRegistration,
  certified: ReadKey['certified'],
): { validFrom: string; validTo: string | null } {
  const from = certified && certified.from > validFrom ? certified.from : validFrom;
  const ends = [validTo, certified?.to ?? null].filter((day) => day !== null).sort();
  const to = ends[0] ?? null;
  if (to !== null && to <= from) {
    throw new Refused('invalid', { code: 'messages.key_never_valid', path: 'validTo', seen: to });
  }
  return { validFrom: from, validTo: to };
}
