import { contentHash } from '../../../../kernel/canonical.ts';
import { addDays, type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import { type Envelope, place } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import type { BacktestReport } from '../../backtest/contract.ts';
import { approveRules, writeRules } from '../../permissions.ts';
import { type BookEntry, withRule } from '../book.ts';
import {
  type RuleContent,
  type RuleReport,
  SNOOZE_DAYS_MAX,
  type Snooze,
  type Standing,
} from '../contract.ts';
import { type NewRuleEvent, type RuleEvent, ruleStream } from '../events.ts';
import { type Read, readContent, wordsOf } from '../reading.ts';
import * as rule from '../rule.ts';
import * as store from '../store.ts';
import { audited, type RuleDeps } from './deps.ts';
import { headOf } from './shown.ts';

/** An act under way: what it stands on, and who does it. */
interface Act {
  readonly tx: Tx;
  readonly state: rule.RuleState;
  readonly actor: Actor;
  readonly envelope: Envelope;
  readonly today: LocalDate;
}
type Decide = (act: Act) => Promise<readonly NewRuleEvent[]> | readonly NewRuleEvent[];
type Told = readonly NewRuleEvent[];

/** The life of rules: every act authorises, locks, decides, and writes events, row and audit at once. */
export function createRuleActs(deps: RuleDeps) {
  const { db, books } = deps;

  /** Writes what was decided; the state that follows is the answer. */
  async function write(
    { tx, state, actor, envelope }: Act,
    needed: Permission,
    told: Told,
  ): Promise<rule.RuleState> {
    if (told.length === 0) return state;
    const events = place(ruleStream(state.id), state.seq, told, envelope) as RuleEvent[];
    const next = events.reduce<rule.RuleState>(rule.applyToRule, state);
    await append(tx, events);
    await store.saveRule(tx, next.seq, headOf(next));
    await recordAudit(tx, {
      actor,
      operation: needed.operation,
      subjects: [ruleStream(state.id)],
      outcome: 'done',
      detail: { events: told.map(({ kind }) => kind) },
      at: envelope.recordedAt,
    });
    return next;
  }

  async function perform(
    actor: Actor,
    needed: Permission,
    id: string,
    decide: Decide,
  ): Promise<rule.RuleState> {
    authorise(actor, needed);
    const done = await audited(deps, actor, needed, ruleStream(id), () =>
      inTransaction(db, async (tx) => {
        const act = await begin(tx, actor, id);
        return write(act, needed, await decide(act));
      }),
    );
    await books.refresh();
    return done;
  }

  async function begin(tx: Tx, actor: Actor, id: string): Promise<Act> {
    const isThere = await store.lockRule(tx, id);
    const state = isThere ? await loadRule(tx, id) : null;
    if (!state) throw new Refused('not_found', { code: 'risk.rule_not_found', seen: id });
    return actOf(tx, actor, state);
  }

  function actOf(tx: Tx, actor: Actor, state: rule.RuleState): Act {
    const envelope = envelopeOf(deps, actor);
    return { tx, state, actor, envelope, today: localDateOf(envelope.occurredAt) };
  }

  /** Puts what follows from an event in the next book, and says so in the event itself. */
  async function publish(
    { tx, state, actor, envelope, today }: Act,
    eventWith: (book: string) => NewRuleEvent,
  ): Promise<NewRuleEvent> {
    const [event] = place(ruleStream(state.id), state.seq, [eventWith('')], envelope);
    const next = rule.applyToRule(state, event as RuleEvent);
    const entries: BookEntry[] = [];
    for (const [standing, inForce] of [
      ['live', next.live],
      ['shadow', next.shadow],
    ] as const) {
      if (inForce) entries.push(await entryOf(tx, next, inForce.version, standing, today));
    }
    const { version } = await books.change(tx, actor.personId, (index) =>
      withRule(index, state.id, entries),
    );
    return eventWith(version);
  }

  async function read(tx: Tx, content: RuleContent): Promise<Read> {
    const lists = (await store.listLists(tx)).filter(({ published }) => published !== null);
    return readContent(content.text, content.scope, wordsOf(deps.facts, lists));
  }

  /** Saving reads the text too: a version whose text is sound is checked from the first. */
  async function saved(act: Act, events: Told, content: RuleContent): Promise<Told> {
    if (events.length === 0) return [];
    const { sound } = await read(act.tx, content);
    if (!sound) return events;
    const version = act.state.versions.length + 1;
    return [...events, { kind: 'risk.ruleChecked', payload: { version, ...sound } }];
  }

  /** Lists a version asks must be published and not expired on the day it goes into force. */
  async function ensureLists({ tx, today }: Act, { lists }: rule.SavedVersion): Promise<void> {
    const known = new Map((await store.listLists(tx)).map((list) => [list.name, list.published]));
    const refusals = lists.flatMap((name) => {
      const published = known.get(name);
      if (!published) return { code: 'risk.rule_list_not_published', params: { list: name } };
      const { until } = published;
      if (until === null || today < until) return [];
      return { code: 'risk.rule_list_expired', params: { list: name, until } };
    });
    if (refusals.length > 0) throw new Refused('conflict', refusals);
  }

  const ready = async (act: Act, version: number, to: Standing): Promise<rule.SavedVersion> => {
    const found = rule.versionOf(act.state, version);
    const objection = rule.objectionTo(found, to, deps.policy.rules.selectShareMax);
    if (objection) throw objection;
    await ensureLists(act, found);
    return found;
  };

  return {
    /** Reads a text as it is being written; nothing is kept. */
    check: async (actor: Actor, content: Pick<RuleContent, 'text' | 'scope'>): Promise<Read> => {
      authorise(actor, writeRules);
      const lists = (await store.listLists(db)).filter(({ published }) => published !== null);
      return readContent(content.text, content.scope, wordsOf(deps.facts, lists));
    },

    /** Saves what the author wrote, problems and all: a draft with a mistake is still a draft. */
    async save(
      actor: Actor,
      id: string,
      { content, basedOn }: { content: RuleContent; basedOn: number },
    ): Promise<rule.RuleState> {
      authorise(actor, writeRules);
      return audited(deps, actor, writeRules, ruleStream(id), () =>
        inTransaction(db, async (tx) => {
          await store.claimRule(tx, id);
          const known = await loadRule(tx, id);
          const act = actOf(tx, actor, known ?? rule.unborn(ruleStream(id)));
          const isSame = (a: RuleContent, b: RuleContent) => contentHash(a) === contentHash(b);
          const events = rule.save(known, content, basedOn, isSame);
          return write(act, writeRules, await saved(act, events, content));
        }),
      );
    },

    /** Takes an earlier version up again. What was back-tested stays so, since it catches the same. */
    revert: (actor: Actor, id: string, said: { to: number; basedOn: number; reason: string }) =>
      perform(actor, writeRules, id, (act) => {
        const { content } = rule.versionOf(act.state, said.to);
        return saved(act, rule.revert(act.state, said), content);
      }),

    /** Puts a finished back-test into the rule's story; it must have been about what the rule catches. */
    takeBacktest: (actor: Actor, id: string, backtest: string) =>
      perform(actor, writeRules, id, async ({ state }) => {
        const report = await deps.findBacktest(backtest);
        if (!report) {
          throw new Refused('not_found', { code: 'risk.rule_backtest_not_found', seen: backtest });
        }
        const mine = reportOf(report, state);
        const known = state.versions.findLast(({ hash }) => hash === mine.hash)?.report;
        if (known?.backtest === mine.backtest) return [];
        return [{ kind: 'risk.ruleBackTested', payload: { report: mine } }];
      }),

    propose: (actor: Actor, id: string, said: { version: number; to: Standing; note: string }) =>
      perform(actor, writeRules, id, async (act) => {
        const events = rule.propose(act.state, said);
        await ready(act, said.version, said.to);
        return events;
      }),

    /** Another account's answer. Approved, the version stands in the next book the same moment. */
    answer: (
      actor: Actor,
      id: string,
      { version, approve, note }: { version: number; approve: boolean; note: string },
    ) =>
      perform(actor, approveRules, id, async (act) => {
        const to = rule.proposalFor(act.state, version, actor);
        if (!approve) return [{ kind: 'risk.ruleRejected', payload: { version, note } }];
        await ready(act, version, to);
        const kind = to === 'live' ? 'risk.rulePublished' : 'risk.ruleShadowed';
        return [await publish(act, (book) => ({ kind, payload: { version, note, book } }))];
      }),

    snooze: (actor: Actor, id: string, said: Pick<Snooze, 'id' | 'until' | 'only' | 'reason'>) =>
      perform(actor, writeRules, id, async (act) => {
        if (rule.hasSnooze(act.state, said)) return [];
        rule.ensureMaySnooze(act.state, said, act.today, addDays(act.today, SNOOZE_DAYS_MAX));
        if (said.only && !deps.facts.has(said.only.fact)) {
          throw new Refused('invalid', {
            code: 'risk.rule_snooze_unknown_fact',
            path: 'only.fact',
            seen: said.only.fact,
          });
        }
        return [
          await publish(act, (book) => ({
            kind: 'risk.ruleSnoozed',
            payload: { snooze: said, book },
          })),
        ];
      }),

    wake: (actor: Actor, id: string, { id: snooze, reason }: { id: string; reason: string }) =>
      perform(actor, writeRules, id, async (act) => {
        if (!act.state.snoozes.some((each) => each.id === snooze)) return [];
        return [
          await publish(act, (book) => ({
            kind: 'risk.ruleWoken',
            payload: { snooze, reason, book },
          })),
        ];
      }),

    retire: (actor: Actor, id: string, { reason }: { reason: string }) =>
      perform(actor, writeRules, id, async (act) => {
        if (act.state.retired) return [];
        return [
          await publish(act, (book) => ({ kind: 'risk.ruleRetired', payload: { reason, book } })),
        ];
      }),
  };
}

export async function loadRule(tx: Tx, id: string): Promise<rule.RuleState | null> {
  return rule.foldRule((await readStream(tx, ruleStream(id))) as RuleEvent[]);
}

/** The entry of a version in a book; what the version says is kept for every replay to come. */
async function entryOf(
  tx: Tx,
  { id, versions, snoozes }: rule.RuleState,
  version: number,
  standing: Standing,
  today: LocalDate,
): Promise<BookEntry> {
  const saved = versions[version - 1];
  if (!saved?.expression || !saved.sentence) {
    throw new Error(`Version ${version} of rule ${id} stands in force unchecked.`);
  }
  const { text: _, scope: __, sentence, ...says } = saved.content;
  const kept: store.KeptVersion = {
    ...says,
    sentence: sentence ?? saved.sentence,
    expression: saved.expression,
    facts: saved.facts,
    lists: saved.lists,
  };
  await store.keepVersion(tx, id, version, kept);
  return {
    id,
    version,
    standing,
    content: contentHash(kept),
    snoozes: snoozes
      .filter(({ until }) => today < until)
      .map(({ until, only }) => ({ until, only })),
  };
}

/** The part of a back-test that is about what a rule catches; refused when there is none. */
function reportOf(report: BacktestReport, { versions }: rule.RuleState): RuleReport {
  const hashes = new Set(versions.map(({ hash }) => hash));
  const mine = report.rules.find(({ rule: { hash } }) => hashes.has(hash));
  if (!mine) {
    throw new Refused('conflict', { code: 'risk.rule_backtest_of_another', seen: report.id });
  }
  return {
    backtest: report.id,
    hash: mine.rule.hash,
    asOf: report.asOf,
    period: report.period,
    traffic: mine.traffic,
    notEvaluated: mine.notEvaluated.rows,
    precision: mine.precision,
    recall: mine.recall,
    baseRate: report.baseRate,
  };
}
