import type { z } from 'zod';
import type { Instant } from '../../../../kernel/dates.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, reachOf } from '../../../identity/index.ts';
import {
  type OfflineReleases,
  type PublicKeys,
  type Release,
  type ReleaseFeed,
  type ReleaseFeedQuery,
  type ReleaseSearch,
  type RevocationList,
  SIGNED_TYPES,
  type Verification,
} from '../contract.ts';
import { signJws } from '../jws.ts';
import * as permission from '../permissions.ts';
import { listKeys } from '../store/keys.ts';
import * as store from '../store/reading.ts';
import { verifyNotice } from '../verify.ts';
import { notFound } from './answer.ts';
import type { ReleasesDeps } from './deps.ts';

/** A signed value together with itself, for those who only want to look. */
export interface SignedList<T> {
  readonly list: T;
  readonly signed: string;
}

/** Reuse of a signed list that nothing was added to: anybody may ask for it, as often as they like. */
const FRESH_MS = 60_000;
const LIST_OF_DECLARATION_MAX = 50;

export function createReads({ db, clock, keys }: Pick<ReleasesDeps, 'db' | 'clock' | 'keys'>) {
  let last: SignedList<RevocationList> | null = null;

  const sign = (type: string, value: unknown): Promise<string> =>
    inTransaction(db, async (tx) => signJws(type, value, await keys.signing(tx)));

  const revocations = async (): Promise<SignedList<RevocationList>> => {
    const now = clock.now();
    if (
      last &&
      isFresh(last.list.issuedAt, now) &&
      (await store.countRevoked(db)) === last.list.number
    ) {
      return last;
    }
    const list = await store.readRevocations(db, now);
    last = { list, signed: await sign(SIGNED_TYPES.revocations, list) };
    return last;
  };

  /** Before the first notice there is no key yet: whoever asks is given the one that will sign it. */
  const publicKeys = async (): Promise<PublicKeys> => {
    const known = await listKeys(db);
    if (known.length > 0) return { keys: known };
    await inTransaction(db, (tx) => keys.signing(tx));
    return { keys: await listKeys(db) };
  };

  return {
    publicKeys,
    revocations,

    /** As anybody can do for themselves, with the keys and the list of this moment. */
    async verify(signed: string): Promise<Verification> {
      const list = await revocations();
      const { keys: known } = await publicKeys();
      return verifyNotice({ signed, keys: known, revocations: list.signed, at: clock.now() });
    },

    async get(actor: Actor, id: string): Promise<Release> {
      const release = await store.findRelease(db, id);
      if (!release) throw notFound(id);
      const { terminal, office } = release.notice;
      authorise(actor, permission.readReleases, {
        organisations: [release.organisation, terminal ?? terminalItself(actor)],
        offices: [office],
      });
      return release;
    },

    search(actor: Actor, wanted: ReleaseSearch) {
      return store.searchReleases(db, visibleTo(actor), wanted);
    },

    async ofDeclaration(actor: Actor, declaration: string): Promise<Release[]> {
      const wanted = { declaration, awaiting: 'false', limit: LIST_OF_DECLARATION_MAX } as const;
      return (await store.searchReleases(db, visibleTo(actor), wanted)).releases;
    },

    /** What a terminal has still to acknowledge, in the order it was sent. */
    feed(actor: Actor, query: z.output<typeof ReleaseFeedQuery>): Promise<ReleaseFeed> {
      authorise(actor, permission.acknowledgeReleases);
      return store.readFeed(db, actor.organisationId, query);
    },

    /** Every release in force now, signed: a terminal gets its own, customs gets all. */
    async offlineList(actor: Actor): Promise<SignedList<OfflineReleases>> {
      const reach = reachOf(actor, permission.takeOfflineReleases);
      const terminal = reach.any ? null : actor.organisationId;
      const issuedAt = clock.now();
      const entries = await store.listOffline(db, terminal, issuedAt);
      const list: OfflineReleases = { issuedAt, terminal, entries };
      return { list, signed: await sign(SIGNED_TYPES.offline, list) };
    },
  };
}

function isFresh(issuedAt: Instant, now: Instant): boolean {
  const ageMs = Date.parse(now) - Date.parse(issuedAt);
  return ageMs >= 0 && ageMs < FRESH_MS;
}

const terminalItself = (actor: Actor): string | null =>
  actor.roles.includes('terminal') ? actor.organisationId : null;

function visibleTo(actor: Actor): store.Visibility {
  const reach = reachOf(actor, permission.readReleases);
  return { ...reach, isTerminal: actor.roles.includes('terminal') };
}
