import { contentHash } from '../../../kernel/canonical.ts';
import type { Fact } from '../../facts/index.ts';
import {
  factsOf,
  LANGUAGE_VERSION,
  listsOf,
  type Problem,
  printRule,
  readRule,
  type Scope,
  sentenceOf,
} from '../language/index.ts';
import type { RuleScope } from './contract.ts';
import type { SoundReading } from './events.ts';

/** What the language made of an author's words: problems, or a sound reading; never both. */
export type Read =
  | { readonly problems: readonly Problem[]; readonly sound: null }
  | { readonly problems: readonly []; readonly sound: Omit<SoundReading, 'version'> };

/**
 * Reads a condition within its scope. The scope becomes part of the condition, so that every emitter
 * keeps to it: a declaration out of scope is no hit, and one whose office is not known is unknown.
 * Problems are told of the author's text alone.
 */
export function readContent(text: string, scope: RuleScope, words: Scope): Read {
  const { expression, problems } = readRule(text, words);
  if (!expression) return { problems, sound: null };
  const canonical = printRule(expression);
  const within = scopeTerms(scope);
  const scoped =
    within.length === 0
      ? expression
      : readRule([...within, `(${canonical})`].join(' && '), words).expression;
  if (!scoped) {
    const problem = { code: 'risk.rule_scope_too_large', from: 0, to: text.length, params: {} };
    return { problems: [problem], sound: null };
  }
  const sound = {
    language: LANGUAGE_VERSION,
    hash: contentHash(scoped),
    canonical,
    sentence: sentenceOf(expression, words),
    facts: factsOf(expression),
    lists: listsOf(expression),
    expression: scoped,
  };
  return { problems: [], sound };
}

function scopeTerms({ offices, directions, modes }: RuleScope): string[] {
  const oneOf = (fact: string, values: readonly string[]): string =>
    `${fact} in [${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  const terms: string[] = [];
  if (offices.length > 0) {
    const places = ['declaration.office', 'declaration.borderOffice'];
    terms.push(`(${places.map((place) => oneOf(place, offices)).join(' || ')})`);
  }
  if (directions.length === 1) terms.push(oneOf('declaration.ieFlag', directions));
  if (modes.length > 0) terms.push(oneOf('declaration.mode', modes));
  return terms;
}

/** The words officers' rules may use: registered facts, and lists that are published. */
export const wordsOf = (
  facts: ReadonlyMap<string, Fact>,
  lists: readonly { readonly name: string; readonly type: 'text' | 'number' }[],
): Scope => ({ facts, lists: new Map(lists.map(({ name, type }) => [name, type])) });
