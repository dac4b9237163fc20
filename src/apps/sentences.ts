import { readdirSync, readFileSync } from 'node:fs';
import type { Vocabulary } from '../contexts/facts/index.ts';
import type { Refusal } from '../kernel/refusal.ts';

export type Language = 'zh' | 'en';
export type Sentences = Readonly<Record<Language, Readonly<Record<string, string>>>>;

const SOURCE = new URL('..', import.meta.url);

/** Every sentence of the platform and its contexts, by code. Two contexts never share a code. */
export function loadSentences(): Sentences {
  return { zh: loadLanguage('zh'), en: loadLanguage('en') };
}

function loadLanguage(language: Language): Record<string, string> {
  const contexts = readdirSync(new URL('contexts/', SOURCE), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `contexts/${entry.name}/`);
  const sentences: Record<string, string> = {};
  for (const folder of ['platform/', 'platform/http/', ...contexts]) {
    Object.assign(sentences, readMessages(new URL(`${folder}messages.${language}.json`, SOURCE)));
  }
  return sentences;
}

function readMessages(file: URL): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** The names of facts stand among the sentences, as `fact.<name>`: reasons speak of them. */
export function withFacts(sentences: Sentences, { facts }: Vocabulary): Sentences {
  const named = (language: Language) =>
    Object.fromEntries([...facts].map(([name, { label }]) => [`fact.${name}`, label[language]]));
  return {
    zh: { ...sentences.zh, ...named('zh') },
    en: { ...sentences.en, ...named('en') },
  };
}

/** A refusal in words; a code without a sentence is shown as itself, never hidden. */
export function sentenceOf(sentences: Sentences, refusal: Refusal): Record<Language, string> {
  const values: Record<string, string | number> = {
    path: refusal.path ?? '',
    seen: refusal.seen ?? '',
    ...refusal.params,
  };
  const fill = (language: Language): string =>
    (sentences[language][refusal.code] ?? refusal.code).replaceAll(/\{(\w+)\}/g, (mark, name) =>
      String(values[name as string] ?? mark),
    );
  return { zh: fill('zh'), en: fill('en') };
}
