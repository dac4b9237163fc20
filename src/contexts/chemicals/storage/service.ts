import { contentHash } from '../../../kernel/canonical.ts';
import type { Instant } from '../../../kernel/dates.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import { parseInput } from '../../../platform/input.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { closeCase, openCase } from '../../cases/index.ts';
import {
  type Actor,
  authorise,
  envelopeAt,
  envelopeOf,
  reachOf,
  recordAudit,
} from '../../identity/index.ts';
import { YardBook } from './book.ts';
import {
  SLOTS_MAX,
  type StoredContainer,
  type YardConflict,
  YardEvent,
  type YardEventAnswer,
  YardInput,
  type YardRow,
  type YardState,
} from './contract.ts';
import { type NewYardEvent, toldOf, yardStream } from './events.ts';
import { defineYard, postYardEvents, readYards } from './permissions.ts';
import { slotOf, slotsOf } from './slot.ts';
import * as store from './store.ts';
import table from './yard-rules.json' with { type: 'json' };

export interface YardDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Called after a yard has changed, for live views. */
  readonly changed?: () => void;
}

/** A book, and the version of the yard it is of. */
interface Open {
  readonly version: number;
  readonly book: YardBook;
}

/**
 * Yards: their layout, what stands in them, and what may not. Books are kept in memory, each of one
 * version of its yard; one whose change was not committed is read again.
 */
export function createYards(deps: YardDeps) {
  const { db, clock } = deps;
  const books = new Map<string, Open>();

  async function bookOf(tx: Tx, { layout, version }: store.KeptYard, now: Instant) {
    const open = books.get(layout.id);
    if (open?.version === version) return open.book;
    return new YardBook(layout, await store.listContainers(tx, layout.id), now);
  }

  /** A book that is about to change is nobody else's until the change is committed. */
  async function takeBook(tx: Tx, kept: store.KeptYard, now: Instant) {
    const book = await bookOf(tx, kept, now);
    books.delete(kept.layout.id);
    return book;
  }

  /** What was told in one transaction; the version moves on with every event. */
  async function commit(id: string, work: (tx: Tx, kept: store.KeptYard) => Promise<Written>) {
    const { book, version } = await inTransaction(db, async (tx) => {
      const kept = await store.lockYard(tx, id);
      if (!kept) throw notFound(id);
      const written = await work(tx, kept);
      const next = { ...kept, version: kept.version + written.told };
      await store.saveYard(tx, next);
      return { book: written.book, version: next.version };
    });
    books.set(id, { book, version });
    deps.changed?.();
  }

  return {
    /** Describes a yard, or describes it anew; never so that a container there would have no slot. The same again is the same. */
    async define(actor: Actor, input: unknown): Promise<YardInput> {
      const layout = parseInput(YardInput, input);
      authorise(actor, defineYard, { organisations: [layout.terminal] });
      refuseLayout(layout);
      const envelope = envelopeOf(deps, actor, { consignment: null });
      await inTransaction(db, async (tx) => {
        const kept = await store.lockYard(tx, layout.id);
        if (kept) authorise(actor, defineYard, { organisations: [kept.layout.terminal] });
        if (kept && contentHash(kept.layout) === contentHash(layout)) return;
        const blocks = new Map(layout.blocks.map((block) => [block.id, block]));
        const homeless = (await store.listContainers(tx, layout.id)).filter(
          ({ slot }) => slotOf(blocks, slot) === null,
        );
        if (homeless.length > 0) throw new Refused('conflict', homeless.map(withoutSlot));
        const version = (kept?.version ?? 0) + 1;
        const told = [{ kind: 'chemicals.yardDefined', payload: { layout } } as const];
        await append(tx, place(yardStream(layout.id), version - 1, told, envelope));
        await store.saveYard(tx, { version, layout });
        await audit(tx, actor, defineYard.operation, layout.id, envelope.recordedAt, {});
      });
      books.delete(layout.id);
      await this.look(layout.id);
      return layout;
    },

    /** Takes up position changes in their order; each is answered for itself, and a repeat as before. */
    async post(actor: Actor, id: string, given: readonly unknown[]): Promise<YardEventAnswer[]> {
      const known = await store.findYard(db, id);
      if (!known) throw notFound(id);
      authorise(actor, postYardEvents, { organisations: [known.layout.terminal] });
      const answers: YardEventAnswer[] = [];
      await commit(id, async (tx, kept) => {
        const now = clock.now();
        const round = new Round(tx, kept, await takeBook(tx, kept, now));
        await round.open();
        const ids = given.map((each) => idOf(each));
        const before = await store.findAnswers(tx, id, ids);
        for (const [index, each] of given.entries()) {
          answers.push(await round.take(deps, actor, each, before.get(ids[index] ?? '')));
        }
        await round.close();
        const refused = answers.filter(({ outcome }) => outcome === 'refused').length;
        const detail = { events: answers.length, refused };
        await audit(tx, actor, postYardEvents.operation, id, now, detail);
        return round.written();
      });
      return answers;
    },

    /** Looks at the whole yard again: hours pass without anything being moved. */
    async look(id: string): Promise<void> {
      await commit(id, async (tx, kept) => {
        const now = clock.now();
        const book = await takeBook(tx, kept, now);
        book.recheck(undefined, now);
        const round = new Round(tx, kept, book);
        await round.open();
        await round.settle(envelopeAt(now, now, null));
        await round.close();
        return round.written();
      });
    },

    /** What the coming of a day does. */
    async lookAtAll(): Promise<void> {
      const all = await store.listYards(db, { any: true, organisations: [], offices: [] });
      for (const { id } of all) await this.look(id);
    },

    async list(actor: Actor): Promise<YardRow[]> {
      const found = await store.listYards(db, reachOf(actor, readYards));
      return Promise.all(
        found.map(async ({ id, name, terminal, office, ...layout }) => {
          const { containers, conflicts, load } = await this.state(actor, id);
          const counts = { containers: containers.length, conflicts: conflicts.length };
          return { id, name, terminal, office, slots: slotsOf(layout), ...counts, load };
        }),
      );
    },

    /** Names under which the goods of a consignment stand in yards; whoever asks has authorised its reader. */
    goodsOf: (papers: { readonly declaration: string; readonly bill: string | null }) =>
      store.listGoodsOf(db, papers),

    async state(actor: Actor, id: string): Promise<YardState> {
      const kept = await store.findYard(db, id);
      if (!kept) throw notFound(id);
      const { terminal, office } = kept.layout;
      authorise(actor, readYards, { organisations: [terminal], offices: [office] });
      const asOf = clock.now();
      const book = await bookOf(db, kept, asOf);
      const conflicts = [...(await store.listConflicts(db, id)).values()];
      return {
        ...{ ...kept.layout, version: kept.version, asOf },
        containers: book.containers(),
        conflicts: conflicts.map(({ conflict, since, caseId }) => ({ ...conflict, since, caseId })),
        ...{ load: book.load(), loads: book.loads() },
      };
    },
  };
}
export type Yards = ReturnType<typeof createYards>;

interface Written {
  readonly book: YardBook;
  readonly told: number;
}

/** One transaction's worth of changes to one yard. */
class Round {
  private readonly tx: Tx;
  private readonly kept: store.KeptYard;
  private readonly book: YardBook;
  private readonly answered: { hash: string; answer: YardEventAnswer }[] = [];
  private conflicts = new Map<string, store.KeptConflict>();
  private told = 0;

  constructor(tx: Tx, kept: store.KeptYard, book: YardBook) {
    this.tx = tx;
    this.kept = kept;
    this.book = book;
  }

  async open(): Promise<void> {
    this.conflicts = await store.listConflicts(this.tx, this.id);
  }

  private get id(): string {
    return this.kept.layout.id;
  }

  async take(
    deps: YardDeps,
    actor: Actor,
    given: unknown,
    stored: { hash: string; answer: YardEventAnswer } | undefined,
  ): Promise<YardEventAnswer> {
    const hash = contentHash(given);
    const before = stored ?? this.answered.find(({ answer }) => answer.id === idOf(given));
    if (before?.hash === hash) return { ...before.answer, isRepeat: true };
    if (before) return refused(idOf(given), [otherContent(idOf(given))]);
    try {
      const event = parseInput(YardEvent, given);
      const envelope = envelopeOf(deps, actor, {
        occurredAt: event.occurredAt,
        consignment: consignmentOf(event, this.book.find(event.container)),
      });
      const objections = this.book.objections(event);
      if (objections.length > 0) return refused(event.id, objections);
      const answer = await this.make(event, envelope);
      this.answered.push({ hash, answer });
      return answer;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refused(idOf(given), error.refusals);
    }
  }

  private async make(event: YardEvent, envelope: Envelope): Promise<YardEventAnswer> {
    const { blocks } = this.book.apply(event, envelope.occurredAt);
    await this.tell(toldOf(event), envelope);
    const unit = this.book.find(event.container);
    if (unit) await store.saveContainer(this.tx, this.id, unit);
    else await store.dropContainer(this.tx, this.id, event.container);
    const { began, ended } = await this.settle(envelope, blocks);
    return { id: event.id, outcome: 'done', isRepeat: false, problems: [], began, ended };
  }

  /** Opens what began, closes what ended, keeps what changed in between: in all blocks, or in some. */
  async settle(
    envelope: Envelope,
    blocks: ReadonlySet<string> | null = null,
  ): Promise<{ began: string[]; ended: string[] }> {
    const isUntouched = ({ block }: YardConflict): boolean =>
      blocks !== null && block !== null && !blocks.has(block);
    const standing = new Map(this.book.conflicts().map((each) => [each.key, each]));
    const began: string[] = [];
    const ended: string[] = [];
    for (const conflict of standing.values()) {
      const known = this.conflicts.get(conflict.key);
      if (known && isUntouched(conflict)) continue;
      if (known && contentHash(known.conflict) === contentHash(conflict)) continue;
      const kept = known
        ? { ...known, conflict }
        : { conflict, since: envelope.occurredAt, caseId: await this.openCase(conflict, envelope) };
      this.conflicts.set(conflict.key, kept);
      await store.saveConflict(this.tx, this.id, kept);
      if (!known) began.push(conflict.key);
    }
    for (const [key, { caseId }] of this.conflicts) {
      if (standing.has(key)) continue;
      this.conflicts.delete(key);
      ended.push(key);
      await store.dropConflict(this.tx, this.id, key);
      await this.tell({ kind: 'chemicals.conflictEnded', payload: { key, caseId } }, envelope);
      if (caseId) await closeCase(this.tx, caseId, 'resolved', envelope);
    }
    return { began, ended };
  }

  private async openCase(conflict: YardConflict, envelope: Envelope): Promise<string> {
    const { terminal, office, authorities = [] } = this.kept.layout;
    const papers = conflict.containers.flatMap((it) => this.book.find(it)?.papers ?? []);
    const linked = papers.map((its) => its.declaration ?? its.bill ?? its.booking).find(Boolean);
    const { label } = table.rules[conflict.rule];
    const caseId = await openCase(
      this.tx,
      {
        kind: 'storageConflict',
        title: label,
        about: yardStream(this.id),
        consignment: linked ?? conflict.containers[0] ?? this.id,
        owners: [office, terminal, ...authorities],
        findings: [findingOf(conflict)],
      },
      envelope,
    );
    await this.tell({ kind: 'chemicals.conflictBegan', payload: { conflict, caseId } }, envelope);
    return caseId;
  }

  private async tell(event: NewYardEvent, envelope: Envelope): Promise<void> {
    const after = this.kept.version + this.told;
    await append(this.tx, place(yardStream(this.id), after, [event], envelope));
    this.told += 1;
  }

  close = (): Promise<void> => store.saveAnswers(this.tx, this.id, this.answered);
  written = (): Written => ({ book: this.book, told: this.told });
}

/** Where, what, and by which words of law: the title of the case says in both languages what is wrong. */
const findingOf = ({ containers, block, basis }: YardConflict) => ({
  kind: 'storageConflict',
  severity: 'serious' as const,
  description: [block, containers.slice(0, 20).join(', '), basis].filter(Boolean).join(' · '),
  quantity: null,
  unit: null,
  lineNo: null,
});

function consignmentOf(event: YardEvent, unit: StoredContainer | null): string {
  const papers = event.kind === 'stored' ? event.papers : unit?.papers;
  return papers?.declaration ?? papers?.bill ?? papers?.booking ?? event.container;
}

const idOf = (given: unknown): string => {
  const id = (given as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.trim().slice(0, 80) : '';
};

const refused = (id: string, refusals: readonly Refusal[]): YardEventAnswer => ({
  ...{ id, outcome: 'refused', isRepeat: false, began: [], ended: [] },
  problems: refusals.map(({ code, path, seen, params, legalBasis }) => ({
    code,
    ...(path !== undefined && { path }),
    ...(seen !== undefined && { seen }),
    ...(params !== undefined && { params: { ...params } }),
    ...(legalBasis !== undefined && { legalBasis }),
  })),
});

const otherContent = (id: string): Refusal => ({
  code: 'chemicals.event_has_other_content',
  path: 'id',
  seen: id,
});
const withoutSlot = ({ container, slot }: StoredContainer): Refusal => ({
  code: 'chemicals.layout_leaves_container',
  seen: container,
  params: { at: slot },
});
const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'chemicals.yard_unknown', seen: id });

function refuseLayout(layout: YardInput): void {
  const problems: Refusal[] = [];
  const ids = layout.blocks.map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index)
      problems.push({ code: 'chemicals.block_twice', path: `blocks[${index}].id`, seen: id });
  }
  const slots = slotsOf(layout);
  if (slots > SLOTS_MAX) {
    const params = { slots, max: SLOTS_MAX };
    problems.push({ code: 'chemicals.yard_too_large', path: 'blocks', params });
  }
  if (problems.length > 0) throw new Refused('invalid', problems);
}

const audit = (
  tx: Tx,
  actor: Actor,
  operation: string,
  yard: string,
  at: Instant,
  detail: Record<string, unknown>,
): Promise<void> =>
  recordAudit(tx, { actor, operation, subjects: [yardStream(yard)], outcome: 'done', at, detail });
