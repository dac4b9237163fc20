import { contentHash } from '../../../kernel/canonical.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import { type ActDeps, actOn, ledgerFor } from '../ledgers/service/act.ts';
import { load } from '../ledgers/service/registration.ts';
import { quantity, quantityText } from '../quantity.ts';
import { compare } from './compare.ts';
import type { DutyRateOf } from './compared.ts';
import {
  type CountLine,
  type DifferencePage,
  type DifferenceRow,
  type DifferenceSearch,
  type PositionAtAsked,
  type Stocktake,
  type StocktakeInput,
  type StocktakeSearch,
  TAGS_MAX,
  type TagSearch,
  type TagsOutcome,
} from './contract.ts';
import { type NewStocktakeEvent, stocktakeStream } from './events.ts';
import { takeStock } from './permissions.ts';
import { positionAt } from './position-at.ts';
import * as differences from './store/differences.ts';
import * as store from './store/stocktakes.ts';
import * as tagStore from './store/tags.ts';

interface StocktakeDeps extends ActDeps {
  readonly dutyRateOf: DutyRateOf;
}

/** Counts: begun, told tag by tag, closed and compared with the book; every step is an event. */
export function createStocktakes(deps: StocktakeDeps) {
  const { db } = deps;
  const get = async (ledger: string, id: string): Promise<store.KeptStocktake> =>
    known(await store.find(db, ledger, id), id);
  const reading = async (actor: Actor, ledger: string, id: string) => {
    await ledgerFor(db, actor, ledger, readBooks);
    return get(ledger, id);
  };

  return {
    /** The same id with the same content is the same count; with other content it is refused. */
    open(actor: Actor, ledger: string, content: StocktakeInput): Promise<Stocktake> {
      return actOn(deps, actor, ledger, takeStock, async (tx, envelope) => {
        const hash = contentHash(content);
        const { sites } = (await load(tx, ledger)).content;
        requireSites(content.scope.sites ?? [], sites, 'scope.sites');
        const before = await store.find(tx, ledger, content.id);
        if (before && before.contentHash !== hash)
          throw new Refused('conflict', {
            ...{ code: 'bonded.stocktake_id_has_other_content', path: 'id', seen: content.id },
          });
        if (!before) {
          const { recordedAt: at, actor: by } = envelope;
          await store.insert(tx, ledger, content, { hash, at, by });
          const payload = { ledger, content, contentHash: hash };
          await tell(tx, ledger, content.id, 0, envelope, {
            kind: 'bonded.stocktakeOpened',
            payload,
          });
        }
        const { stocktake } = known(await store.find(tx, ledger, content.id), content.id);
        return done(stocktake, { opened: before === null });
      });
    },

    /** Adds tags, all or none. One that is known is the same again, or is refused with other content. */
    takeTags(
      actor: Actor,
      ledger: string,
      id: string,
      tags: readonly CountLine[],
    ): Promise<TagsOutcome> {
      return actOn(deps, actor, ledger, takeStock, async (tx, envelope) => {
        const { stocktake, version } = await openOne(tx, ledger, id);
        const names = tags.map(({ tag }) => tag);
        const before = await tagStore.findTags(tx, ledger, id, names);
        const { content } = await load(tx, ledger);
        const problems = tags.flatMap((tag, index) =>
          problemsOf(tag, `tags[${index}]`, content, before.get(tag.tag), envelope),
        );
        problems.push(...twice(names));
        if (problems.length > 0) throw new Refused('invalid', problems);
        const fresh = tags.filter(({ tag }) => !before.has(tag));
        const total = stocktake.tags + fresh.length;
        if (total > TAGS_MAX)
          throw new Refused('limited', {
            code: 'bonded.stocktake_too_large',
            params: { max: TAGS_MAX },
          });
        if (fresh.length > 0) {
          await tagStore.addTags(tx, ledger, id, stocktake.tags, fresh);
          const payload = { taken: fresh.length, tags: total };
          await tell(tx, ledger, id, version, envelope, { kind: 'bonded.tagsTaken', payload });
          await store.save(tx, { stocktake: { ...stocktake, tags: total }, version: version + 1 });
        }
        const same = tags.length - fresh.length;
        const answer = { taken: fresh.length, same, tags: total };
        return { answer, subject: stocktakeStream(ledger, id), detail: answer };
      });
    },

    /** Closes a count: what it is compared with is fixed, and so is what it came to. Again it is the same. */
    async close(actor: Actor, ledger: string, id: string): Promise<Stocktake> {
      await ledgerFor(db, actor, ledger, takeStock);
      const { stocktake: before } = await get(ledger, id);
      if (before.status === 'closed') return before;
      const compared = await compare(db, before, deps.dutyRateOf);
      return actOn(deps, actor, ledger, takeStock, async (tx, envelope) => {
        const { stocktake, version } = known(await store.find(tx, ledger, id), id);
        if (stocktake.status === 'closed') return done(stocktake, { closed: false });
        if (stocktake.tags !== compared.tags) throw changed(id);
        const { asOf, figures } = compared;
        const closed: Stocktake = {
          ...{ ...stocktake, status: 'closed', asOf, figures },
          ...{ closedAt: envelope.recordedAt, closedBy: envelope.actor },
        };
        await tagStore.saveEnds(tx, ledger, id, compared.ends);
        await differences.insert(tx, ledger, id, compared.rows, compared.notCounted);
        const payload = { asOf, figures };
        await tell(tx, ledger, id, version, envelope, { kind: 'bonded.stocktakeClosed', payload });
        await store.save(tx, { stocktake: closed, version: version + 1 });
        return done(closed, { asOf, differing: figures.differing });
      });
    },

    /** The book at any moment, which is what a count of that moment is compared with. */
    async positionAt(actor: Actor, ledger: string, asked: PositionAtAsked) {
      await ledgerFor(db, actor, ledger, readBooks);
      return positionAt(db, ledger, asked);
    },
    async list(actor: Actor, ledger: string, wanted: StocktakeSearch) {
      await ledgerFor(db, actor, ledger, readBooks);
      return store.list(db, ledger, wanted);
    },
    async find(actor: Actor, ledger: string, id: string): Promise<Stocktake> {
      return (await reading(actor, ledger, id)).stocktake;
    },
    async tags(actor: Actor, ledger: string, id: string, wanted: TagSearch) {
      await reading(actor, ledger, id);
      return tagStore.listTags(db, ledger, id, wanted);
    },
    async notCounted(
      actor: Actor,
      ledger: string,
      id: string,
      page: { cursor?: number | undefined; limit: number },
    ) {
      requireClosed((await reading(actor, ledger, id)).stocktake);
      return differences.listNotCounted(db, ledger, id, page);
    },
    /** What lies between count and book; of a count that is still open, by the journal of this moment. */
    async differences(
      actor: Actor,
      ledger: string,
      id: string,
      wanted: DifferenceSearch,
    ): Promise<DifferencePage> {
      const { stocktake } = await reading(actor, ledger, id);
      if (stocktake.status === 'closed')
        return { stocktake, ...(await differences.list(db, stocktake, wanted)) };
      const { rows, partOf } = await compare(db, stocktake, deps.dutyRateOf);
      const shown = rows
        .filter((row) => isWanted(row, wanted))
        .map((row): DifferenceRow => {
          const { kind, description, unit } = partOf(row.part);
          return { ...row, kind, description, unit, rateBase: stocktake.rateBase };
        });
      const page = shown.slice(0, wanted.limit);
      return {
        ...{ stocktake, rows: page },
        next: shown.length > page.length ? (page.at(-1)?.number ?? null) : null,
      };
    },
  };
}
export type Stocktakes = ReturnType<typeof createStocktakes>;

const isWanted = (
  row: Pick<DifferenceRow, 'number' | 'part' | 'difference'>,
  { show, q, cursor }: DifferenceSearch,
): boolean =>
  row.number > (cursor ?? 0) &&
  (show === 'all' || row.difference !== '0') &&
  (q === undefined || row.part.toLowerCase().startsWith(q.toLowerCase()));

export function known(found: store.KeptStocktake | null, id: string): store.KeptStocktake {
  if (found) return found;
  throw new Refused('not_found', { code: 'bonded.stocktake_not_found', seen: seen(id) });
}

export function requireClosed({ status, id }: Stocktake): void {
  if (status !== 'closed')
    throw new Refused('conflict', { code: 'bonded.stocktake_still_open', seen: id });
}

const changed = (id: string): Refused =>
  new Refused('conflict', { code: 'bonded.stocktake_changed_meanwhile', seen: id });

async function openOne(tx: Tx, ledger: string, id: string): Promise<store.KeptStocktake> {
  const found = known(await store.find(tx, ledger, id), id);
  if (found.stocktake.status === 'open') return found;
  throw new Refused('conflict', { code: 'bonded.stocktake_closed', seen: id });
}

const done = (stocktake: Stocktake, detail: object) => ({
  ...{ answer: stocktake, detail },
  subject: stocktakeStream(stocktake.ledger, stocktake.id),
});

/** Writes what happened to a count behind the `after` events that are there. */
export async function tell(
  tx: Tx,
  ledger: string,
  id: string,
  after: number,
  envelope: Envelope,
  event: NewStocktakeEvent,
): Promise<void> {
  await append(tx, place(stocktakeStream(ledger, id), after, [event], envelope));
}

function requireSites(sites: readonly string[], known: readonly string[], path: string): void {
  const problems = sites.flatMap((site, index) =>
    known.includes(site)
      ? []
      : [{ code: 'bonded.site_unknown', path: `${path}[${index}]`, seen: site }],
  );
  if (problems.length > 0) throw new Refused('invalid', problems);
}

/** Clocks of two machines differ; more than this is not a clock's fault. */
const CLOCK_SKEW_MS = 15 * 60_000;

function problemsOf(
  tag: CountLine,
  path: string,
  { sites, opensOn }: { readonly sites: readonly string[]; readonly opensOn: string },
  before: CountLine | undefined,
  { recordedAt }: Envelope,
): Refusal[] {
  const problems: Refusal[] = [];
  const at = Date.parse(tag.countedAt);
  if (!sites.includes(tag.site))
    problems.push({ code: 'bonded.site_unknown', path: `${path}.site`, seen: seen(tag.site) });
  if (at > Date.parse(recordedAt) + CLOCK_SKEW_MS)
    problems.push({
      ...{ code: 'bonded.count_from_the_future', path: `${path}.countedAt` },
      ...{ seen: tag.countedAt, params: { now: recordedAt } },
    });
  if (at < Date.parse(`${opensOn}T00:00:00+08:00`))
    problems.push({
      ...{ code: 'bonded.count_before_ledger', path: `${path}.countedAt` },
      ...{ seen: tag.countedAt, params: { opensOn } },
    });
  if (before && !isSame(before, tag))
    problems.push({ code: 'bonded.tag_has_other_content', path: `${path}.tag`, seen: tag.tag });
  return problems;
}

const isSame = (a: CountLine, b: CountLine): boolean =>
  (['part', 'stock', 'site', 'lot', 'bin'] as const).every((field) => a[field] === b[field]) &&
  quantityText(quantity(a.quantity)) === quantityText(quantity(b.quantity)) &&
  Date.parse(a.countedAt) === Date.parse(b.countedAt);

function twice(names: readonly string[]): Refusal[] {
  const known = new Set<string>();
  return names.flatMap((tag, index) => {
    if (known.has(tag))
      return [{ code: 'bonded.tag_twice', path: `tags[${index}].tag`, seen: seen(tag) }];
    known.add(tag);
    return [];
  });
}
