import { addDays, localDateOf } from '../../../../kernel/dates.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { readStream } from '../../../../platform/event-log/event-log.ts';
import { type Actor, authorise, isPermitted } from '../../../identity/index.ts';
import { evaluateRule, explain, readRule, type Step } from '../../language/index.ts';
import { readLiveRules, readRules } from '../../permissions.ts';
import { findDecisions } from '../../store.ts';
import type { RuleBook } from '../book.ts';
import type {
  Rule,
  RuleHead,
  RuleList,
  RuleReading,
  TextProblem,
  TryResult,
  TryStep,
  Vocabulary,
} from '../contract.ts';
import { type RuleEvent, ruleStream } from '../events.ts';
import { listsOn } from '../judge.ts';
import { type Read, readContent, wordsOf } from '../reading.ts';
import { foldRule, type RuleState } from '../rule.ts';
import * as store from '../store.ts';
import type { RuleDeps } from './deps.ts';
import { actShown, allowedActs, headOf, outcomesOf, versionsShown } from './shown.ts';

/** Outcomes are told of the last year: what a rule caught before that, it caught in another world. */
const OUTCOME_DAYS = 365;
const EVERYWHERE = { offices: [], directions: [], modes: [] };

/** Reading rules, each reader as far as they may. */
export function createRuleReads(deps: RuleDeps) {
  const { db, clock, books, policy } = deps;
  const { retireAfterExaminations } = policy.rules;

  const countOutcomes = () =>
    store.countOutcomes(db, addDays(localDateOf(clock.now()), -OUTCOME_DAYS));

  const words = async () =>
    wordsOf(
      deps.facts,
      (await store.listLists(db)).filter(({ published }) => published !== null),
    );

  function shown(
    actor: Actor,
    state: RuleState,
    events: readonly RuleEvent[],
  ): Omit<Rule, 'outcomes'> {
    return {
      ...headOf(state),
      versions: versionsShown(state),
      retired: state.retired,
      story: events.map(actShown),
      allowed: allowedActs(actor, state),
    };
  }

  /** Officers read what is looked for today: the live version, without its story or its figures. */
  function liveOnly(rule: Omit<Rule, 'outcomes'>): Omit<Rule, 'outcomes'> | null {
    const version = rule.versions.find(({ version }) => version === rule.live?.version);
    if (!version) return null;
    const { label, points, mandatory, origin } = version.content;
    return {
      ...rule,
      ...{ label, points, mandatory, origin, author: '', working: version.version },
      ...{ status: 'live', shadow: null, proposal: null, story: [], allowed: [] },
      versions: [{ ...version, report: null, author: '' }],
    };
  }

  async function get(actor: Actor, id: string): Promise<Rule> {
    authorise(actor, readLiveRules);
    const events = (await readStream(db, ruleStream(id))) as RuleEvent[];
    const state = foldRule(events);
    const isInsider = isPermitted(actor, readRules);
    const whole = state && shown(actor, state, events);
    const told = whole && (isInsider ? whole : liveOnly(whole));
    if (!told) throw new Refused('not_found', { code: 'risk.rule_not_found', seen: id });
    const counts = isInsider ? await countOutcomes() : [];
    return { ...told, outcomes: outcomesOf(told, counts, retireAfterExaminations) };
  }

  return {
    get,
    /** The rule as an act left it. */
    after: (actor: Actor, { id }: RuleState): Promise<Rule> => get(actor, id),

    async list(actor: Actor): Promise<RuleList> {
      authorise(actor, readLiveRules);
      const isInsider = isPermitted(actor, readRules);
      const heads = await store.listRules(db);
      const counts = isInsider ? await countOutcomes() : [];
      const mayRead = isInsider ? heads : liveHeads(heads, books.current);
      return {
        rules: mayRead.map((head) => ({
          ...head,
          outcomes: outcomesOf(head, counts, retireAfterExaminations),
        })),
        nextId: nextId(heads),
        book: books.current.version,
      };
    },

    async vocabulary(actor: Actor): Promise<Vocabulary> {
      authorise(actor, readRules);
      const lists = (await store.listLists(db)).filter(({ published }) => published !== null);
      return {
        facts: [...deps.facts.values()],
        lists: lists.map(({ name, type, label }) => ({ name, type, label })),
      };
    },

    /** A reading as it is shown: problems in words, and no compiled condition. */
    reading: (read: Read): RuleReading => readingShown(deps, read),

    /** Judges a declaration by a text, step by step, with the values seen. Nothing is kept. */
    async try(
      actor: Actor,
      { text, subject }: { text: string; subject: string },
    ): Promise<TryResult> {
      authorise(actor, readRules);
      const decision = (await findDecisions(db, [subject])).get(subject);
      if (!decision) {
        throw new Refused('not_found', { code: 'risk.rule_nothing_to_try_on', seen: subject });
      }
      const scope = await words();
      const read = readContent(text, EVERYWHERE, scope);
      const reading = readingShown(deps, read);
      const { expression } = readRule(text, scope);
      if (!expression || !read.sound) return { reading, outcome: null, missing: [], steps: [] };
      const lists = listsOn(await books.withLists(read.sound.lists), decision.decidedOn);
      const { outcome, missing } = evaluateRule(expression, decision.facts, lists);
      return {
        reading,
        outcome: outcome === null ? 'notEvaluated' : outcome ? 'hit' : 'noHit',
        missing: [...missing],
        steps: stepsOf(explain(expression, decision.facts, lists, scope)),
      };
    },
  };
}

function readingShown({ say }: RuleDeps, { problems, sound }: Read): RuleReading {
  const told = problems.map(({ code, from, to, params }): TextProblem => {
    return { code, from, to, params: { ...params }, sentence: say({ code, params }) };
  });
  return {
    problems: told,
    canonical: sound?.canonical ?? null,
    sentence: sound?.sentence ?? null,
    facts: [...(sound?.facts ?? [])],
    lists: [...(sound?.lists ?? [])],
    hash: sound?.hash ?? null,
  };
}

/** Live rules as officers read them: in the words of the version that is live, and nothing of its drafts. */
function liveHeads(heads: readonly RuleHead[], { rules }: RuleBook): RuleHead[] {
  const live = new Map(
    rules.flatMap((rule) => (rule.standing === 'live' ? [[rule.id, rule]] : [])),
  );
  return heads.flatMap((head) => {
    const rule = live.get(head.id);
    if (!rule) return [];
    const { label, points, mandatory, origin, version } = rule;
    return [
      {
        ...head,
        ...{ label, points, mandatory, origin, working: version, author: '' },
        ...{ status: 'live', shadow: null, proposal: null },
        changedAt: head.live?.since ?? head.changedAt,
      },
    ];
  });
}

/** `R-0008` after `R-0007`; ids of another shape do not count. */
function nextId(heads: readonly { readonly id: string }[]): string {
  const numbers = heads.map(({ id }) => Number(/^R-(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return `R-${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}`;
}

/** A tree of steps as a list: each after the one it belongs to. */
const stepsOf = ({ children, seen, ...step }: Step, depth = 0): TryStep[] => [
  { ...step, seen: [...seen], depth },
  ...children.flatMap((child) => stepsOf(child, depth + 1)),
];
