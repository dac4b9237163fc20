// Every sentence a person reads exists in Chinese and in English: each refusal, event and operation of
// the server has its words in both, with the same blanks, and so has each text of the pages.
import { dirname } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { contexts, filesLike, read, readJson } from './tree.ts';

type Words = Readonly<Record<string, string>>;

const PLURAL = /_(zero|one|two|few|many|other)$/;
const blanksOf = (sentence: string): string[] =>
  [...new Set(sentence.match(/\{\{?\s*\w+/g)?.map((it) => it.replace(/\W/g, '')) ?? [])].sort();

const chinese = filesLike(/^src\/.*\/messages\.zh\.json$/);
const english = filesLike(/^src\/.*\/messages\.en\.json$/);
const locales = filesLike(/^web\/src\/locales\/en\/[\w-]+\.json$/);
const pairs = [
  ...english.map((file) => ({ en: file, zh: file.replace('.en.json', '.zh.json') })),
  ...locales.map((file) => ({ en: file, zh: file.replace('/en/', '/zh/') })),
];

describe.each(pairs)('$en', ({ en, zh }) => {
  const words = { en: readJson<Words>(en), zh: readJson<Words>(zh) };

  test('has the same keys in Chinese', () => {
    const keys = (all: Words) => [
      ...new Set(Object.keys(all).map((key) => key.replace(PLURAL, ''))),
    ];
    expect(keys(words.zh).sort()).toEqual(keys(words.en).sort());
  });

  test('has the same blanks in Chinese', () => {
    const blanks = (all: Words) =>
      Object.fromEntries(
        Object.entries(all)
          .filter(([key]) => key in words.en && key in words.zh)
          .map(([key, sentence]) => [key, blanksOf(sentence)]),
      );
    expect(blanks(words.zh)).toEqual(blanks(words.en));
  });

  test('is Chinese where it is Chinese, and leaves nothing empty', () => {
    const blank = Object.entries({ ...words.en, ...words.zh }).filter(
      ([, text]) => text.trim() === '',
    );
    const untranslated = Object.entries(words.zh).filter(
      ([key, text]) => text === words.en[key] && /[a-z]{2,} [a-z]{2,}/i.test(text),
    );
    expect({ blank, untranslated }).toEqual({ blank: [], untranslated: [] });
  });
});

describe('what the server says', () => {
  const said: Words = Object.assign({}, ...english.map((file) => readJson<Words>(file)));
  const literals = filesLike(/^src\/.*(?<!\.test)\.ts$/).flatMap(dottedWords);
  const tables = new Set(
    filesLike(/^src\/.*\.(sql|ts)$/).flatMap((file) =>
      [...read(file).matchAll(/create table (?:if not exists )?([a-z_]+\.[a-z_]+)/g)].map(
        ([, table]) => table,
      ),
    ),
  );

  test('is written down in both languages', () => {
    expect(chinese.map((file) => dirname(file))).toEqual(english.map((file) => dirname(file)));
  });

  test('stands in one place only', () => {
    const keys = english.flatMap((file) => Object.keys(readJson<Words>(file)));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('has a sentence for every refusal, a name for every event and operation', () => {
    const isSaid = ({ word }: DottedWord) =>
      word in said || `event.${word}` in said || `operation.${word}` in said || tables.has(word);
    expect(literals.length).toBeGreaterThan(100);
    expect(
      literals.filter((each) => !isSaid(each)).map(({ at, word }) => `${at}: ${word}`),
    ).toEqual([]);
  });

  test('says no sentence that nothing leads to', () => {
    const words = new Set(literals.map(({ word }) => word));
    const built = filesLike(/^src\/.*(?<!\.test)\.ts$/).flatMap(builtWords);
    const refusals = Object.keys(said).filter((key) => DOTTED.test(key));
    expect(refusals.length).toBeGreaterThan(50);
    const unused = refusals.filter((key) => !words.has(key) && !built.some((it) => it.test(key)));
    expect(unused).toEqual([]);
  });
});

interface DottedWord {
  readonly at: string;
  readonly word: string;
}

/**
 * `clearance.no_lines` and the like: a refusal, an event, an operation, or a table of a context. A
 * refusal's code may be spoken anywhere; without its underscores it could as well be the path of a
 * field, and counts in the speaker's own folder only.
 */
const SPEAKERS = [...contexts, 'platform', 'http', 'input'];
const DOTTED = new RegExp(`^(${SPEAKERS.join('|')})(\\.[a-z][a-zA-Z]*)*\\.[a-z][a-zA-Z0-9_]*$`);

function dottedWords(file: string): DottedWord[] {
  const source = parse(file);
  const found: DottedWord[] = [];
  visit(source, (node) => {
    if (!ts.isStringLiteralLike(node) || !DOTTED.test(node.text)) return;
    const [speaker = ''] = node.text.split('.');
    if (!node.text.includes('_') && !file.includes(`/${speaker}/`)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ at: `${file}:${line + 1}`, word: node.text });
  });
  return found;
}

/** Codes that are put together, as patterns of what can come out: `input.${measure}_too_small`. */
function builtWords(file: string): RegExp[] {
  const found: RegExp[] = [];
  visit(parse(file), (node) => {
    if (!ts.isTemplateExpression(node) || !/^[a-z]+\./.test(node.head.text)) return;
    const rest = node.templateSpans.map(({ literal }) => `\\w+${literal.text}`).join('');
    if (/^[\w.+\\]+$/.test(rest)) found.push(new RegExp(`^${node.head.text}${rest}$`));
  });
  return found;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2023, true);
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}
