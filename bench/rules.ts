import assert from 'node:assert/strict';
import type { FactSet } from '../src/contexts/facts/index.ts';
import {
  compileRules,
  type NotEvaluated,
  readRule,
  sentenceOf,
} from '../src/contexts/risk/language/index.ts';
import { alternate, type Bench, median, quantile } from './bench.ts';
import { celJs } from './rules/cel-js.ts';
import { declarations, FACTS } from './rules/declarations.ts';
import { jsonLogicEngine } from './rules/json-logic-engine.ts';
import { jsonRulesEngine } from './rules/json-rules-engine.ts';
import type { Ask, Peer } from './rules/peer.ts';
import { celOf, type Rule, rulebook } from './rules/rulebook.ts';
import { zen } from './rules/zen.ts';

const ROWS = 10_000;
const QUICK_ROWS = 500;
/** How many rows each peer is asked about before it is timed: all that it can do in a few seconds. */
const CHECKED = { jsonLogicEngine: ROWS, zen: 2_000, celJs: 300, jsonRulesEngine: 300 };
/** Of processor time. Compiled rules are fast once the machine has compiled them again, so all warm up. */
const SECONDS = { warmingUp: 6, round: 2 };
const QUICK_SECONDS: typeof SECONDS = { warmingUp: 0.2, round: 0.2 };
const CLOCK_EVERY = 20;

/**
 * One decision is asking every rule about one declaration. Ours also says why: the sentence of each
 * rule that hit, and of each rule that could not be evaluated which facts were missing. Rates are of
 * processor time, all threads of the process together: what one core does, however busy its
 * neighbours are. Latencies are of the clock on the wall.
 */
export const rules: Bench = {
  name: 'rules',
  about:
    'Decisions per second of processor time over 200 and 2,000 rules, beside four rule engines on the same rules and rows.',
  async run(options) {
    const seconds = options.quick ? QUICK_SECONDS : SECONDS;
    const warm = new Set<unknown>();
    /** The first time a contestant is asked, it is warming up. */
    const secondsFor = (contestant: unknown): number => {
      const isWarm = warm.has(contestant);
      warm.add(contestant);
      return isWarm ? seconds.round : seconds.warmingUp;
    };
    const rows = declarations(options.quick ? QUICK_ROWS : ROWS);
    const book = rulebook(200);
    const ours = jianghai(book);
    const many = jianghai(rulebook(2_000));

    const peers = {
      jsonLogicEngine: await meet(jsonLogicEngine, CHECKED.jsonLogicEngine),
      zen: await meet(zen, CHECKED.zen),
      celJs: await meet(celJs, CHECKED.celJs),
      jsonRulesEngine: await meet(jsonRulesEngine, CHECKED.jsonRulesEngine),
    };
    async function meet<Row>(peer: Peer<Row>, checked: number): Promise<() => Promise<number>> {
      const ask = peer.load(book);
      const prepared = rows.map(peer.prepare);
      await assertSameHits(ours, ask, rows.slice(0, checked), prepared);
      return () => rateOf(counting(ask), prepared, secondsFor(peer));
    }
    options.log(`the same hits on both sides; ${told(ours, rows)}`);

    const latencies: (readonly number[])[] = [];
    const rounds = await alternate(
      {
        ours: () => rateOf((facts) => sizeOf(ours(facts)), rows, secondsFor(ours)),
        ours2000: async () => {
          const { rate, micros } = latenciesOf(many, rows, secondsFor(many));
          latencies.push(micros);
          return rate;
        },
        ...peers,
      },
      options,
    );
    // `alternate` throws away the first round unless it is the only one.
    const counted = options.quick ? latencies : latencies.slice(1);
    const latency = (share: number): number =>
      median(counted.map((micros) => quantile(micros, share)));
    const rate = (name: keyof typeof peers) => ({ decisions_per_s_200: rounds.of(name) });
    return {
      figures: {
        decisions_per_s_200: rounds.of('ours'),
        decisions_per_s_2000: rounds.of('ours2000'),
        p50_us_2000: latency(0.5),
        p99_us_2000: latency(0.99),
      },
      peers: {
        'json-logic-engine': rate('jsonLogicEngine'),
        'cel-js': rate('celJs'),
        '@gorules/zen-engine': rate('zen'),
        'json-rules-engine': rate('jsonRulesEngine'),
      },
      ratios: {
        over_json_logic_engine: rounds.ratio('ours', 'jsonLogicEngine'),
        over_cel_js: rounds.ratio('ours', 'celJs'),
        over_zen: rounds.ratio('ours', 'zen'),
        over_json_rules_engine: rounds.ratio('ours', 'jsonRulesEngine'),
      },
    };
  },
};

interface Reason {
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
}
interface Answer {
  readonly reasons: readonly Reason[];
  readonly notEvaluated: readonly NotEvaluated[];
}

const sizeOf = ({ reasons, notEvaluated }: Answer): number => reasons.length + notEvaluated.length;

/** The rules in our language, read, checked and compiled as an officer's are. */
function jianghai(book: readonly Rule[]): (facts: FactSet) => Answer {
  const scope = { facts: new Map(FACTS.map((fact) => [fact.name, fact])), lists: new Map() };
  const expressions = book.map((rule) => {
    const { expression, problems } = readRule(celOf(rule), scope);
    assert(expression, `${rule.id} cannot be read: ${JSON.stringify(problems)}`);
    return expression;
  });
  const reasons = book.map(({ id }, index): Reason => {
    const expression = expressions[index];
    assert(expression);
    return { rule: id, ...sentenceOf(expression, scope) };
  });
  const program = compileRules(expressions, new Map());
  return (facts) => {
    const { hits, notEvaluated } = program.evaluate(facts);
    return { reasons: hits.flatMap((hit) => reasons[hit] ?? []), notEvaluated };
  };
}

async function assertSameHits<Row>(
  ours: (facts: FactSet) => Answer,
  theirs: Ask<Row>,
  rows: readonly FactSet[],
  prepared: readonly Row[],
): Promise<void> {
  for (const [index, facts] of rows.entries()) {
    const row = prepared[index];
    assert(row !== undefined);
    const hits = ours(facts).reasons.map(({ rule }) => rule);
    assert.deepEqual([...(await theirs(row))].sort(), hits.sort(), `Row ${index} differs.`);
  }
}

function told(ours: (facts: FactSet) => Answer, rows: readonly FactSet[]): string {
  const answers = rows.map(ours);
  const mean = (of: (answer: Answer) => number) =>
    (answers.reduce((sum, answer) => sum + of(answer), 0) / rows.length).toFixed(2);
  const hits = mean(({ reasons }) => reasons.length);
  return `${hits} hits and ${mean((answer) => answer.notEvaluated.length)} rules not evaluated a decision`;
}

/** Decisions per second. What they come to is counted, so that none can be left out as unused. */
async function rateOf<Row>(
  decide: (row: Row) => number | Promise<number>,
  rows: readonly Row[],
  seconds: number,
): Promise<number> {
  const started = processorSeconds();
  let decided = 0;
  let count = 0;
  for (;;) {
    for (const row of rows) {
      const found = decide(row);
      count += typeof found === 'number' ? found : await found;
      decided += 1;
      if (decided % CLOCK_EVERY > 0) continue;
      const passed = processorSeconds() - started;
      if (passed >= seconds) return count >= 0 ? decided / passed : Number.NaN;
    }
  }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const counting =
  <Row>(ask: Ask<Row>) =>
  (row: Row): number | Promise<number> => {
    const ids = ask(row);
    return ids instanceof Promise ? ids.then(({ length }) => length) : ids.length;
  };

/** What each decision took, in microseconds of the clock, and the rate of all of them. */
function latenciesOf(
  ask: (facts: FactSet) => Answer,
  rows: readonly FactSet[],
  seconds: number,
): { rate: number; micros: readonly number[] } {
  const micros: number[] = [];
  const started = processorSeconds();
  let count = 0;
  for (;;) {
    for (const row of rows) {
      const before = performance.now();
      count += sizeOf(ask(row));
      micros.push((performance.now() - before) * 1000);
      if (micros.length % CLOCK_EVERY > 0) continue;
      const passed = processorSeconds() - started;
      if (passed >= seconds)
        return { rate: count >= 0 ? micros.length / passed : Number.NaN, micros };
    }
  }
}
