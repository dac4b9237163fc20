import type pg from 'pg';

export interface Table {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const nameOf = ({ schema, table }: Table): string => `${quoted(schema)}.${quoted(table)}`;
export const columnsOf = ({ columns }: Table): string => columns.map(quoted).join(', ');

/**
 * The tables of the schemas our migrations made, each after those it refers to. Columns the database
 * computes are left out, and so is the ledger of migrations: the manifest carries it.
 */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<Table & { oid: string }>(`
    select c.oid::text as oid, n.nspname as schema, c.relname as table,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum
      ) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (select schema from platform.migration)
      and (n.nspname, c.relname) <> ('platform', 'migration')
    order by n.nspname, c.relname
  `);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    select conrelid::oid::text as from, confrelid::oid::text as to
    from pg_constraint where contype = 'f' and conrelid <> confrelid
  `);
  return inOrderOfReference(tables, references).map(({ schema, table, columns }) => ({
    schema,
    table,
    columns,
  }));
}

/** Depth first; of tables that refer to each other in a ring, the first by name comes first. */
function inOrderOfReference<T extends { oid: string }>(
  tables: readonly T[],
  references: readonly { from: string; to: string }[],
): T[] {
  const byOid = new Map(tables.map((table) => [table.oid, table]));
  const ordered = new Set<T>();
  const visiting = new Set<T>();
  const visit = (table: T): void => {
    if (ordered.has(table) || visiting.has(table)) return;
    visiting.add(table);
    for (const { from, to } of references) {
      const target = byOid.get(to);
      if (from === table.oid && target) visit(target);
    }
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}

export interface Sequence {
  readonly schema: string;
  readonly name: string;
  readonly lastValue: string;
  readonly isCalled: boolean;
}

/** Where each sequence stands. Sequences know no snapshot: read last, they are never behind the rows. */
export async function listSequences(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname in (select schema from platform.migration)
      and (n.nspname, c.relname) <> ('platform', 'migration_position_seq')
    order by n.nspname, c.relname
  `);
  const sequences: Sequence[] = [];
  for (const { schema, name } of rows) {
    const found = await client.query<{ lastValue: string; isCalled: boolean }>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted(schema)}.${quoted(name)}`,
    );
    const [at] = found.rows;
    if (at) sequences.push({ schema, name, ...at });
  }
  return sequences;
}
