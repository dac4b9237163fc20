// STYLE.md, where a machine can hold us to it. What Biome or the compiler already refuses (consoles,
// default exports, enums, `any`, non-null assertions, unused names) is not said twice.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contexts, files, filesLike, findLines, read, root, sources } from './tree.ts';

interface Ban {
  readonly wrong: RegExp;
  readonly right: string;
  readonly where: RegExp;
  /** Files in which it is right, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}

/** This file names what it bans. */
const HERE = 'test/tidy/source.test.ts';
const isCode = (found: string): boolean => !/^\S+: (\*|\/\/|\/\*)/.test(found);

const OURS = /^(src|web|demo|bench|test|scripts|bin)\/.*\.(ts|tsx|js)$/;
const SERVER = /^src\/.*(?<!\.test)\.ts$/;
const DOMAIN = /^(src\/(kernel|contexts|apps)|demo\/generate)\/.*(?<!\.test)\.ts$/;

const BANS: readonly Ban[] = [
  { wrong: /\bparseFloat\(/, right: 'parseDecimal of kernel/decimal.ts', where: OURS },
  { wrong: /\bnew Date\(\)|\bDate\.now\(/, right: 'the Clock that was passed in', where: DOMAIN },
  {
    wrong: /\bMath\.random\(/,
    right: 'randomBytes of node:crypto for secrets, a seeded generator for everything else',
    where: OURS,
  },
  { wrong: /^export \*/, right: 'explicit names', where: OURS },
  { wrong: /\bas (any|never)\b/, right: 'a schema, or the right type', where: SERVER },
  { wrong: /@ts-(ignore|expect-error|nocheck)/, right: 'the right type', where: OURS },
  {
    wrong: /\bsql\.raw\(/,
    right: 'bound parameters, `sql.ref`, `sql.table`',
    where: SERVER,
    except: {
      'src/platform/postgres/migrate.ts': 'runs migration files, which are SQL and nothing else',
    },
  },
  {
    wrong: /\bprocess\.env\b/,
    right: 'a setting, read once in apps/',
    where: /^src\/(kernel|platform|contexts)\/.*(?<!\.test)\.ts$/,
    except: { 'src/platform/postgres/cluster.ts': 'a program it starts needs the PATH' },
  },
  {
    wrong: /\bprocess\.exit\(/,
    right: 'an exit code returned to bin/',
    where: SERVER,
    except: {
      'src/apps/cli/start.ts': 'a second Ctrl-C means at once',
      'src/contexts/pool/store/sql-process.ts':
        'a process of its own, which ends when its parent does',
    },
  },
  {
    wrong: /\.toLocale\w*\(\)|\.localeCompare\([^,()]+\)/,
    right: 'an explicit locale: bytes must not depend on the machine',
    where: SERVER,
  },
  { wrong: /dangerouslySetInnerHTML|\.innerHTML\b/, right: 'text nodes', where: /^web\/.*\.tsx?$/ },
  {
    wrong: /\bvi\.(mock|doMock|spyOn|fn)\(/,
    right: 'the real thing: nothing of ours is mocked',
    where: OURS,
  },
  {
    wrong: /\b(test|it|describe)\.(only|skip|todo)\(/,
    right: '`skipIf` with the condition',
    where: OURS,
  },
];

describe('what is banned has something better', () => {
  test.each(BANS)('$wrong → $right', ({ wrong, where, except = {} }) => {
    const found = filesLike(where).filter(
      (file) => file !== HERE && findLines(file, wrong).some(isCode),
    );
    expect(found.filter((file) => !(file in except))).toEqual([]);
    // An exception nobody needs any more is a hole.
    expect(Object.keys(except).filter((file) => !found.includes(file))).toEqual([]);
  });

  test('nothing is left for later in a comment: it belongs to the issues', () => {
    const later = /\b(TODO|FIXME|HACK|XXX)\b/;
    const texts = filesLike(/\.(ts|tsx|js|cjs|sql|css|html|md)$/).filter((file) => file !== HERE);
    expect(texts.flatMap((file) => findLines(file, later))).toEqual([]);
  });
});

describe('names and sizes', () => {
  test('a file is named by the noun or verb it holds', () => {
    const empty = /^(utils?|helpers?|common|types?|misc|shared|manager)(\.|$)/;
    expect(files.filter((file) => file.split('/').some((part) => empty.test(part)))).toEqual([]);
  });

  test('a context has one front door', () => {
    const doors = filesLike(/^src\/contexts\/[^/]+\/index\.ts$/);
    expect(doors.map((door) => door.split('/')[2])).toEqual(contexts);
    const lines = doors.flatMap((door) => findLines(door, /^(const|let|function|class|await)\b/));
    expect(lines).toEqual([]);
  });

  /** Past four hundred lines a file is asked why it is one thing; the answer stands here. */
  const LONG: Readonly<Record<string, string>> = {
    'src/contexts/cargo/gates/contract.ts': 'passports and what gates see of them, one vocabulary',
    'src/contexts/cargo/manifests/contract.ts': 'manifests, and the bills on them, one vocabulary',
    'src/contexts/clearance/contract.ts': 'the whole vocabulary of a declaration, read as one list',
  };
  test('a file of more than 400 lines says why', () => {
    const long = sources.filter((file) => read(file).split('\n').length > 401);
    expect(long.filter((file) => !(file in LONG))).toEqual([]);
    expect(Object.keys(LONG).filter((file) => !long.includes(file))).toEqual([]);
  });

  test('a test stands beside what it tests, in a file that says which story it tells', () => {
    const tests = filesLike(/\.test\.tsx?$/);
    expect(tests.filter((file) => !/^\s*(\/\/|\/\*\*)/.test(read(file)))).toEqual([]);
  });
});

test.skipIf(!existsSync(join(root, '.git')))(
  'git ignores nothing that the program is made of',
  () => {
    const ask = [
      '-c',
      'safe.directory=*',
      'ls-files',
      '--others',
      '--ignored',
      '--exclude-standard',
      '--',
    ];
    const folders = ['src', 'web/src', 'bench', 'demo', 'docs', 'bin', 'scripts'];
    expect(execFileSync('git', [...ask, ...folders], { cwd: root }).toString()).toBe('');
  },
);

describe('nothing tells where it was written', () => {
  test('no path of anybody’s machine, no place packages come from', () => {
    const machine = /(^|[\s'"`(=:])\/(home|Users|work)\/\w/;
    const place = /https?:\/\/[\w.-]*(registry|mirror|artifactory|nexus)|_authToken|"resolved":/;
    const texts = files.filter((file) => file !== HERE && !/\.(png|woff2?|ico)$/.test(file));
    expect(texts.filter((file) => basename(file) === '.npmrc')).toEqual([]);
    expect(texts.flatMap((file) => [machine, place].flatMap((it) => findLines(file, it)))).toEqual(
      [],
    );
  });
});
