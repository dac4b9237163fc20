// Documents that a reader can follow: one title each, no link to nowhere, a page for every context and
// a decision for every dependency.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settings } from '../../src/apps/settings.ts';
import { describeSettings } from '../../src/platform/config.ts';
import { contexts, files, filesLike, read, readJson, root } from './tree.ts';

const documents = filesLike(/\.md$/);

/** Code says `# comment` and `[x](y)` too; only prose has titles and links. */
const proseOf = (document: string): string =>
  read(document)
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replace(/^ {4}.*$/gm, '')
    .replace(/`[^`\n]*`/g, '');

describe.each(documents)('%s', (document) => {
  test('has one title', () => {
    expect(proseOf(document).match(/^# \S.*$/gm)).toHaveLength(1);
  });

  test('links to nothing that is not there', () => {
    const links = [...proseOf(document).matchAll(/\]\(([^)\s]+)\)|<img[^>]+src="([^"]+)"/g)]
      .map(([, link, image]) => link ?? image ?? '')
      .filter((link) => !/^(https?:|mailto:|#)/.test(link));
    const lost = links.filter((link) => {
      const [path = ''] = link.split('#');
      return !existsSync(join(root, dirname(document), path));
    });
    expect(lost).toEqual([]);
  });
});

test('every context has a page that explains it', () => {
  const pages = contexts.map((context) => `src/contexts/${context}/README.md`);
  expect(pages.filter((page) => !files.includes(page))).toEqual([]);
});

test('decisions are numbered without gaps, and each says its context, decision and consequences', () => {
  const decisions = filesLike(/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/);
  const numbers = decisions.map((file) => file.slice('docs/decisions/'.length).slice(0, 4));
  expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(4, '0')));
  const incomplete = decisions.filter((file) =>
    ['Context', 'Decision', 'Consequences'].some((part) => !read(file).includes(`\n## ${part}\n`)),
  );
  expect(incomplete).toEqual([]);
});

test('every dependency has its reason in the table of dependencies', () => {
  type Package = Readonly<Record<'dependencies' | 'devDependencies', Record<string, string>>>;
  const { dependencies, devDependencies } = readJson<Package>('package.json');
  const names = Object.keys({ ...dependencies, ...devDependencies }).sort();
  const table = read('docs/decisions/0005-dependencies.md');
  const explained = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  expect(explained.sort()).toEqual(names);
});

test('every name the glossary gives to something in the code is in the code', () => {
  const [inCode = ''] = read('GLOSSARY.md').split('## Fixed for what is to come');
  const names = [...inCode.matchAll(/^\|[^|]+\|[^|]+\|([^|]+)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  const code = filesLike(/^src\/.*\.ts$/)
    .map(read)
    .join('\n');
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

test.each(['zh', 'en'] as const)(
  'the operator’s guide has the settings as they are, in %s',
  (language) => {
    // Rows only: a formatter may widen the rule between head and rows.
    const rows = describeSettings(settings, language).split('\n').slice(2);
    const guide = read('docs/guide/operate.md').split('\n');
    expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
  },
);
