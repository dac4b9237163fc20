// The operational store explains itself: every table and column says what it is, and migrations are a
// row of numbers without a gap.
import { basename, dirname } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../src/platform/postgres/testing.ts';
import { filesLike, findLines, read } from './tree.ts';

const migrations = filesLike(/^src\/.*\/migrations\//);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('every table and column has a comment', async () => {
  const { rows } = await sql<{ name: string; comment: string | null }>`
    select concat_ws('.', n.nspname, c.relname, a.attname) as name,
      col_description(c.oid, a.attnum) as comment
    from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^(pg_|information_schema$|graphile_)'
    union all
    select concat_ws('.', n.nspname, c.relname), obj_description(c.oid, 'pg_class')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^(pg_|information_schema$|graphile_)'
  `.execute(database.db);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ comment }) => !comment?.trim()).map(({ name }) => name)).toEqual([]);
});

test('every constraint has a name somebody chose: it is what a refusal is recognised by', () => {
  const unnamed = migrations.flatMap((file) => {
    const others = read(file)
      .replace(/--.*$/gm, '')
      .replace(/'(?:[^']|'')*'/g, "''")
      .replace(/constraint \w+\s+(check|unique|primary key|foreign key)/g, '')
      .replace(/create unique index/g, '');
    return (others.match(/\b(check \(|unique\b|primary key)/g) ?? []).map((it) => `${file}: ${it}`);
  });
  expect(unnamed).toEqual([]);
});

test('migrations are numbered without gaps, in lower case', () => {
  for (const folder of new Set(migrations.map(dirname))) {
    const files = migrations.filter((file) => dirname(file) === folder);
    const numbers = files.map((file) => /^(\d{4})_[a-z0-9_]+\.sql$/.exec(basename(file))?.[1]);
    const wanted = files.map((_, index) => String(index + 1).padStart(4, '0'));
    expect({ folder, numbers }).toEqual({ folder, numbers: wanted });
  }
  const shouting = /^\s*(CREATE|ALTER|INSERT|COMMENT|SELECT|UPDATE|DROP)\b/;
  expect(migrations.flatMap((file) => findLines(file, shouting))).toEqual([]);
});
