import { localDateOf } from '../../../../kernel/dates.ts';
import { place } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  isPermitted,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import { approveRules, readRules, writeRules } from '../../permissions.ts';
import { withList } from '../book.ts';
import type { ListEntriesPage, ListEntry, ListHead, ListUpload, RiskList } from '../contract.ts';
import { packEntries, readEntries, unpackEntries } from '../entries.ts';
import { type ListEvent, listStream, type NewListEvent } from '../events.ts';
import * as list from '../list.ts';
import * as store from '../store.ts';
import { audited, type RuleDeps } from './deps.ts';

/** Entries of a page on the screen. */
const PAGE = 200;

/** Watch lists, price ranges, commodities: what rules ask, versioned and approved like rules. */
export function createLists(deps: RuleDeps) {
  const { db, books, clock } = deps;
  const today = () => localDateOf(clock.now());

  async function write(
    tx: Tx,
    actor: Actor,
    needed: Permission,
    name: string,
    state: list.ListState | null,
    told: readonly NewListEvent[],
  ): Promise<list.ListState | null> {
    if (told.length === 0) return state;
    const envelope = envelopeOf(deps, actor);
    const events = place(listStream(name), state?.seq ?? 0, told, envelope) as ListEvent[];
    const next = events.reduce<list.ListState | null>(list.applyToList, state);
    if (!next) return null;
    await append(tx, events);
    await store.saveList(tx, next.seq, list.headOfList(next));
    await recordAudit(tx, {
      actor,
      operation: needed.operation,
      subjects: [listStream(name)],
      outcome: 'done',
      detail: { events: told.map(({ kind }) => kind) },
      at: envelope.recordedAt,
    });
    return next;
  }

  async function shown(actor: Actor, state: list.ListState): Promise<RiskList> {
    const head = await withUse(list.headOfList(state));
    const answers =
      head.proposed !== null && isPermitted(actor, approveRules) && !list.isOwnList(state, actor);
    const acts = { upload: isPermitted(actor, writeRules), approve: answers, reject: answers };
    return {
      ...head,
      versions: list.versionsOf(state),
      allowed: Object.entries(acts).flatMap(([act, may]) => (may ? [act] : [])),
    };
  }

  async function withUse(head: store.StoredListHead): Promise<ListHead> {
    const until = head.published?.until ?? null;
    const usedBy = books.current.rules.filter(({ lists }) => lists.includes(head.name));
    return {
      ...head,
      isExpired: until !== null && until <= today(),
      usedBy: [...new Set(usedBy.map(({ id }) => id))],
    };
  }

  const get = async (name: string): Promise<list.ListState> => {
    const state = await loadList(db, name);
    if (!state) throw new Refused('not_found', { code: 'risk.list_not_found', seen: name });
    return state;
  };

  async function entriesOf(name: string, version: number | null): Promise<ListEntry[]> {
    const state = await get(name);
    const chosen = version ?? list.publishedOf(state)?.version ?? state.versions.length;
    const kept = await store.findList(db, name, chosen);
    if (!kept) {
      throw new Refused('not_found', { code: 'risk.list_version_not_found', seen: String(chosen) });
    }
    return unpackEntries(kept.entries);
  }

  return {
    async list(actor: Actor): Promise<ListHead[]> {
      authorise(actor, readRules);
      return Promise.all((await store.listLists(db)).map(withUse));
    },

    async get(actor: Actor, name: string): Promise<RiskList> {
      authorise(actor, readRules);
      return shown(actor, await get(name));
    },

    /** Entries of a version (the published one if none is named), a page at a time. */
    async entries(
      actor: Actor,
      name: string,
      { version = null, from = 0 }: { version?: number | null; from?: number },
    ): Promise<ListEntriesPage> {
      authorise(actor, readRules);
      const entries = await entriesOf(name, version);
      const page = entries.slice(from, from + PAGE);
      const next = from + page.length < entries.length ? from + page.length : null;
      return { entries: page, total: entries.length, next };
    },

    async allEntries(actor: Actor, name: string, version: number | null): Promise<ListEntry[]> {
      authorise(actor, readRules);
      return entriesOf(name, version);
    },

    /** Proposes the next version of a list from a table; every problem of the table at once. */
    async upload(
      actor: Actor,
      name: string,
      said: ListUpload,
      bytes: Buffer,
    ): Promise<{ entries: number; list: RiskList | null }> {
      authorise(actor, writeRules);
      return audited(deps, actor, writeRules, listStream(name), async () => {
        const entries = await readEntries(bytes, said.type);
        if (said.dryRun === 'true') return { entries: entries.length, list: null };
        const { packed, hash } = await packEntries(entries);
        const until = said.until ?? null;
        const state = await inTransaction(db, async (tx) => {
          await store.claimList(tx, name);
          const before = await loadList(tx, name);
          const told = list.proposeList(
            before,
            {
              ...{ version: 0, hash, entries: entries.length, type: said.type, until },
              label: { zh: said.labelZh, en: said.labelEn },
              origin: said.origin,
            },
            said.basedOn,
          );
          const after = await write(tx, actor, writeRules, name, before, told);
          const version = after?.versions.length ?? 0;
          if (told.length > 0) {
            const kept = { ...{ name, version, hash, type: said.type, until }, entries: packed };
            await store.keepList(tx, kept);
          }
          return after;
        });
        return { entries: entries.length, list: state && (await shown(actor, state)) };
      });
    },

    /** Another account's answer. Approved, the version stands in the next book the same moment. */
    async answer(
      actor: Actor,
      name: string,
      { version, approve, note }: { version: number; approve: boolean; note: string },
    ): Promise<RiskList> {
      authorise(actor, approveRules);
      const state = await audited(deps, actor, approveRules, listStream(name), () =>
        inTransaction(db, async (tx) => {
          const isThere = await store.lockList(tx, name);
          const before = isThere ? await loadList(tx, name) : null;
          if (!before) throw new Refused('not_found', { code: 'risk.list_not_found', seen: name });
          const { hash, until } = list.proposedList(before, version, actor);
          if (!approve) {
            const told = [{ kind: 'risk.listRejected' as const, payload: { version, note } }];
            return write(tx, actor, approveRules, name, before, told);
          }
          if (until !== null && until <= today()) {
            throw new Refused('conflict', { code: 'risk.list_expired', params: { until } });
          }
          const { version: book } = await books.change(tx, actor.personId, (index) =>
            withList(index, name, { version, hash }),
          );
          const payload = { version, note, book };
          return write(tx, actor, approveRules, name, before, [
            { kind: 'risk.listPublished', payload },
          ]);
        }),
      );
      await books.refresh();
      if (!state) throw new Refused('not_found', { code: 'risk.list_not_found', seen: name });
      return shown(actor, state);
    },
  };
}

async function loadList(tx: Tx, name: string): Promise<list.ListState | null> {
  return list.foldList((await readStream(tx, listStream(name))) as ListEvent[]);
}
