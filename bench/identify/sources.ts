import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readListFile } from '../../src/contexts/chemicals/lists/folder.ts';
import type { SourceList } from '../../src/contexts/chemicals/lists/knowledge.ts';
import type { ListRow } from '../../src/contexts/chemicals/lists/read-list.ts';
import { shippedLists } from '../../src/contexts/chemicals/lists/shipped.ts';
import type { SourceName } from './withheld.ts';

/** The folder of list files to measure with; without it the lists that come along are used, which are few. */
export const DATA = 'JIANGHAI_CHEMICAL_DATA';

/** Register numbers and keys that stand among the names of a table are none. */
const NOT_A_NAME =
  /^(?:dtxsid|einecs|ec |unii|nsc|caswell|hsdb|ccris|epa |chebi|chembl|bdbm|mfcd|akos)|^[a-z]{14}-[a-z]{10}-[a-z]$|^[a-z]{0,6}[-_ ]?\d+[-_\d]*$/i;

/** Every list file below the folder that has names with CAS numbers, and ours. */
export async function readSources(folder = process.env[DATA]): Promise<SourceName[]> {
  const names = shippedLists().flatMap(({ list, rows }) => namesOf(list, rows));
  if (!folder || !existsSync(folder)) return names;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:csv|tsv)(?:\.gz)?$/.test(entry.name)) continue;
    try {
      const { list, rows } = await readListFile(join(entry.parentPath, entry.name));
      const source = list === 'names' ? entry.name.replace(/\..*/, '') : list;
      names.push(...namesOf(source, rows));
    } catch {
      // A table of the folder that is no list of names is not measured.
    }
  }
  return names;
}

const namesOf = (source: string, rows: readonly ListRow[]): SourceName[] =>
  rows
    .filter(({ cas }) => cas.length === 1)
    .flatMap(({ cas, names, zh }) =>
      [...names, ...zh].map((name) => ({ source, cas: cas[0] ?? '', name })),
    )
    .filter(({ name }) => !NOT_A_NAME.test(name));

/** The same names as lists again, a list a source. */
export function toLists(names: readonly SourceName[]): SourceList[] {
  const bySource = new Map<string, Map<string, string[]>>();
  for (const { source, cas, name } of names) {
    const rows = bySource.get(source) ?? new Map<string, string[]>();
    bySource.set(source, rows.set(cas, [...(rows.get(cas) ?? []), name]));
  }
  return [...bySource].map(([source, rows]) => ({
    ...{ list: `names_${source}`, source, version: '', from: null, to: null },
    foundation: 'official' as const,
    rows: [...rows].map(([cas, spelt], line) => ({
      ...{
        line,
        cas: [cas],
        names: spelt.filter((name) => name !== ''),
        zh: [],
        un: null,
        class: null,
        packingGroup: null,
      },
      ...{ subsidiary: [], hs: [], formula: null, statements: [], entry: null, attributes: {} },
    })),
  }));
}
