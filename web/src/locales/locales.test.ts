import { describe, expect, it } from 'vitest';

type Words = Readonly<Record<string, string>>;
const files = import.meta.glob<Words>('./*/*.json', { eager: true, import: 'default' });
const areas = Object.keys(files)
  .filter((path) => path.startsWith('./en/'))
  .map((path) => path.slice('./en/'.length, -'.json'.length));
const words = (language: string, area: string): Words => files[`./${language}/${area}.json`] ?? {};

/** Chinese has one plural form, English two: `key_one` has no twin. */
const keysOf = (sentences: Words) =>
  Object.keys(sentences)
    .filter((key) => !key.endsWith('_one'))
    .sort();
/** `count` and `shown` choose and carry a number; a plural form may do without either. */
const placesOf = (sentence: string) =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)]
    .map(([, name]) => name)
    .filter((name) => name !== 'count' && name !== 'shown')
    .sort();

describe.each(areas)('the words of %s', (area) => {
  const zh = words('zh', area);
  const en = words('en', area);

  it('exist in both languages', () => {
    expect(keysOf(zh)).toEqual(keysOf(en));
  });

  it('speak of the same values in both languages, and are never empty', () => {
    for (const key of keysOf(en)) {
      expect(zh[key], key).not.toBe('');
      expect(en[key], key).not.toBe('');
      expect(placesOf(zh[key] ?? ''), key).toEqual(placesOf(en[key] ?? ''));
    }
  });
});
