import { declaredFacts } from '../../facts/index.ts';
import type { Actor, Role } from '../../identity/index.ts';
import type { BacktestReport } from '../backtest/contract.ts';
import { riskFacts } from '../facts.ts';
import { shareOf } from '../share.ts';
import { type BookList, type BookRule, createBookList, type RuleBook } from './book.ts';
import type { RuleContent } from './contract.ts';
import { readContent, wordsOf } from './reading.ts';

/** Makers for tests: people, a rule about cheap bananas, books, and what a back-test would say. */

export const vocabulary = new Map(
  [...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]),
);

export const person = (personId: string, ...roles: Role[]): Actor => ({
  ...{ personId, name: personId, postId: `${personId}-post`, organisationId: '2200', roles },
  ...{ offices: ['2225'], mayBackdate: false, via: 'session' },
});

export function contentOf(changes: Partial<RuleContent> = {}): RuleContent {
  return {
    text: 'goods.hs6 == "080390" && price.perKg < 0.9',
    label: { zh: '低价香蕉', en: 'cheap bananas' },
    sentence: null,
    advice: { zh: '核对合同与发票。', en: 'Compare contract and invoice.' },
    legalBasis: null,
    points: 40,
    mandatory: null,
    effective: { from: '2026-01-01', to: null },
    origin: 'measure 12 of the price programme',
    scope: { offices: [], directions: [], modes: [] },
    ...changes,
  };
}

/** A rule as a book holds it, straight from its text. */
export function bookRule(
  id: string,
  changes: Partial<RuleContent> = {},
  stands: Partial<Pick<BookRule, 'standing' | 'snoozes' | 'version'>> = {},
  lists: readonly BookList[] = [],
): BookRule {
  const content = contentOf(changes);
  const { sound, problems } = readContent(content.text, content.scope, wordsOf(vocabulary, lists));
  if (!sound) throw new Error(JSON.stringify(problems));
  const { text: _, scope: __, ...says } = content;
  return {
    ...{ id, version: 1, standing: 'live', snoozes: [] },
    ...says,
    sentence: content.sentence ?? sound.sentence,
    ...{ expression: sound.expression, facts: sound.facts, lists: sound.lists },
    ...stands,
  };
}

export function bookOf(rules: readonly BookRule[], lists: readonly BookList[] = []): RuleBook {
  const version = `book of ${rules.map(({ id, version }) => `${id}@${version}`).join(' ')}`;
  return { version, rules, lists: new Map(lists.map((list) => [list.name, list])) };
}

export const textList = (
  name: string,
  values: readonly string[],
  { until = null as string | null, untils = new Map<string, string>() } = {},
): BookList =>
  createBookList({
    name,
    version: 1,
    hash: name,
    type: 'text',
    until,
    values: new Set(values),
    untils,
  });

/** A back-test of one condition: so many hits among so many rows. */
export function reportOf(hash: string, hits: number, rows: number): BacktestReport {
  const none = shareOf(0, 0);
  return {
    id: crypto.randomUUID(),
    ...{ dataset: null, rows, period: { from: '2026-01-01', to: '2026-06-30' } },
    ...{ examined: 0, found: 0, baseRate: none, sampleRate: none },
    rules: [
      {
        rule: {
          id: null,
          version: null,
          text: '',
          hash,
          sentence: { zh: '条件', en: 'condition' },
        },
        ...{ hits, traffic: shareOf(hits, rows), precision: shareOf(3, 4), recall: none },
        ...{ recallOfSample: none, notEvaluated: { rows: 2, missing: [] }, offices: [], days: [] },
        ...{ overlap: [], onlyThis: hits, examples: [] },
      },
    ],
    ...{ liveRules: 0, lists: [], notes: [], asOf: '2026-07-01T00:00:00.000Z' },
    ...{ poolState: '', elapsedMs: 1, hash: '' },
  };
}
