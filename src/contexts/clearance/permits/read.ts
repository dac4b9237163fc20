import { localDateOf } from '../../../kernel/dates.ts';
import { toText } from '../../../kernel/decimal.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, isPermitted, reachOf } from '../../identity/index.ts';
import { whomItConcerns } from '../concerned.ts';
import type {
  DeclarationPermits,
  Permit,
  PermitPage,
  PermitRow,
  PermitSearch,
} from './contract.ts';
import { type PermitEvent, permitStream } from './events.ts';
import { issuePermits, readPermits } from './permissions.ts';
import { fold, leftOf, standingOf, textOf } from './permit.ts';
import * as store from './store.ts';

/** Uses and events shown of one permit. */
const SHOWN_MAX = 200;

/** Reading permits, each reader within its reach: its issuer, its holder, and whoever checks goods. */
export function createPermitReads({ db, clock }: { readonly db: Db; readonly clock: Clock }) {
  const row = (permit: store.StoredPermit): PermitRow => {
    const { id, kind, number, issuer, version, terms, taken } = permit;
    const uses = taken.uses;
    return {
      ...{ id, kind, number, issuer, version, terms },
      status: standingOf(permit, localDateOf(clock.now())),
      quantityTaken: toText(taken.quantity),
      quantityLeft: textOf(leftOf(terms.quantity, taken.quantity)),
      valueTaken: toText(taken.value),
      valueLeft: textOf(leftOf(terms.value, taken.value)),
      ...{ usesTaken: uses, usesLeft: terms.uses === null ? null : terms.uses - uses },
    };
  };

  async function search(actor: Actor, wanted: PermitSearch): Promise<PermitPage> {
    const reach = reachOf(actor, readPermits);
    const { cursor, limit, ...rest } = wanted;
    const found = await store.searchPermits(
      db,
      reach.any ? null : (reach.organisations[0] ?? ''),
      rest,
      {
        on: localDateOf(clock.now()),
        after: cursor ?? null,
        limit: limit + 1,
      },
    );
    const page = found.slice(0, limit);
    return {
      rows: page.map(row),
      next: found.length > page.length ? (page.at(-1)?.id ?? null) : null,
    };
  }

  return {
    search,

    /** All rows of a search, up to a bound, for a workbook. */
    async searchAll(actor: Actor, wanted: PermitSearch, max: number): Promise<PermitRow[]> {
      const { rows } = await search(actor, { ...wanted, cursor: undefined, limit: max });
      return rows;
    },

    async get(actor: Actor, id: string): Promise<Permit> {
      const [permit] = await store.findPermits(db, [id]);
      if (!permit) throw new Refused('not_found', { code: 'clearance.permit_not_found', seen: id });
      const organisations = [permit.issuer, permit.terms.holder];
      authorise(actor, readPermits, { organisations });
      const events = (await readStream(db, permitStream(id))) as PermitEvent[];
      const uses = [...(fold(events)?.uses.values() ?? [])];
      const waiting = await store.listWaits(db, { permits: [id] });
      const own = isPermitted(actor, issuePermits, { organisations: [permit.issuer] });
      return {
        ...row(permit),
        uses: uses.slice(-SHOWN_MAX),
        waiting: waiting.map(({ declaration, reason, since }) => ({ declaration, reason, since })),
        story: events.slice(-SHOWN_MAX).map(({ kind, envelope, payload }) => ({
          kind,
          at: envelope.occurredAt,
          actor: envelope.actor,
          organisation: envelope.organisation,
          payload: payload as unknown as Record<string, unknown>,
        })),
        allowed: own && permit.revokedAt === null ? ['change', 'revoke'] : [],
      };
    },

    /** The permits of one declaration, for whom it concerns. */
    async ofDeclaration(actor: Actor, declaration: string): Promise<DeclarationPermits> {
      authorise(actor, readPermits, await whomItConcerns(db, declaration));
      const [uses, waiting] = await Promise.all([
        store.listUses(db, [declaration]),
        store.listWaits(db, { declarations: [declaration] }),
      ]);
      const permits = await store.findPermits(
        db,
        uses.map(({ permit }) => permit),
      );
      const unitOf = new Map(permits.map(({ id, terms }) => [id, terms.unit]));
      return {
        permits: [
          ...uses.map(({ permit: id, status, quantity, since }) => ({
            ...{ id, status, quantity, since, reason: null },
            unit: unitOf.get(id) ?? null,
          })),
          ...waiting.map(({ permit: id, reason, since }) => ({
            ...{ id, status: 'waiting' as const, reason, since, quantity: null, unit: null },
          })),
        ],
      };
    },
  };
}
