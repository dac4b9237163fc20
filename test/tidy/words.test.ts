// Every sentence a person reads exists in Chinese and in English: each refusal, event and operation of
// the server has its words in both, with the same blanks, and so has each text of the pages.
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contexts, filesLike, read, readJson } from './tree.ts';

type Words = Readonly<Record<string, string>>;

const PLURAL = /_(zero|one|two|few|many|other)$/;
const blanksOf = (sentence: string): string[] =>
  [...new Set(sentence.match(/\{\{?\s*\w+/g)?.map((it) => it.replace(/\W/g, '')) ?? [])].sort();

const SERVER = /^src\/.*(?<!\.test)\.ts$/;
/** Who speaks in codes, and the folder each speaks from. */
const FOLDERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(contexts.map((context) => [context, `src/contexts/${context}/`])),
  platform: 'src/platform/',
  http: 'src/platform/',
  input: 'src/platform/',
};
const DOTTED = `(${Object.keys(FOLDERS).join('|')})(?:\\.[a-z][a-zA-Z]*)*\\.[a-z][a-zA-Z0-9_]*`;

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
  const literals = filesLike(SERVER).flatMap(dottedWords);
  const tables = new Set(
    filesLike(/^src\/.*\.(sql|ts)$/).flatMap((file) =>
      [
        ...read(file).matchAll(/create (?:table|sequence) (?:if not exists )?([a-z_]+\.[a-z_]+)/g),
      ].map(([, table]) => table),
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
    const built = filesLike(SERVER).flatMap(builtWords);
    const refusals = Object.keys(said).filter((key) => new RegExp(`^${DOTTED}$`).test(key));
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
 * `clearance.no_lines` and the like, in quotes: a refusal, an event, an operation, or a table. A refusal's
 * code may be spoken anywhere; without its underscores it could as well be the path of a field, and
 * counts in the speaker's own folder only.
 */
function dottedWords(file: string): DottedWord[] {
  return read(file)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(new RegExp(`(['"])(${DOTTED})\\1`, 'g'))]
        .filter(
          ([, , word = '', speaker = '']) =>
            word.includes('_') || file.startsWith(FOLDERS[speaker] ?? '-'),
        )
        .map(([, , word = '']) => ({ at: `${file}:${index + 1}`, word })),
    );
}

/** Codes that are put together, as patterns of what can come out: `input.${measure}_too_small`. */
function builtWords(file: string): RegExp[] {
  return [...read(file).matchAll(/`([a-z]+\.)\$\{[^}`]*\}(\w*)`/g)].map(
    ([, head = '', tail = '']) => new RegExp(`^${head.replace('.', '\\.')}\\w+${tail}$`),
  );
}
