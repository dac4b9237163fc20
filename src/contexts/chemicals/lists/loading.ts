import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { isRole, type Role } from './columns.ts';
import { textOf } from './folder.ts';
import { keepList, type ListLoaded, proposeList } from './kept.ts';

/** Lists of chemicals are loaded under this prefix: `chemical_clp` is the list `clp`. */
export const PREFIX = 'chemical_';

export interface ListLoadingDeps {
  readonly clock: Clock;
  keptFolder(): string;
}

/** What `jianghai reference load` asks for tables that are lists of chemicals. */
export function createListLoading({ clock, keptFolder }: ListLoadingDeps) {
  return {
    has: (table: string): boolean => table.startsWith(PREFIX),
    async load(request: {
      readonly table: string;
      readonly file: string;
      readonly source: string;
      readonly version: string;
      readonly from: string;
      readonly columns: readonly string[];
      readonly dryRun: boolean;
      /** Kept for an account to put in force, instead of being put in force at once. */
      readonly propose: boolean;
    }): Promise<{ lines: string[]; outcome: ListLoaded }> {
      const { table, file, columns, source, version, from, dryRun, propose } = request;
      const list = table.slice(PREFIX.length);
      const given = {
        text: await textOf(file),
        said: { list, source, version, from, mapping: mappingOf(columns) },
      };
      const by = { proposedBy: 'commandLine', post: null, proposedAt: clock.now() };
      const loaded =
        propose && !dryRun
          ? await proposeList(keptFolder(), given, by)
          : await keepList(keptFolder(), { ...given, dryRun }, clock);
      return {
        lines: told(
          loaded,
          dryRun ? 'would be loaded' : propose ? 'wait to be put in force' : 'were loaded',
        ),
        outcome: loaded,
      };
    },
  };
}

function mappingOf(columns: readonly string[]): Partial<Record<Role, string>> {
  const mapping: Partial<Record<Role, string>> = {};
  for (const column of columns) {
    const [role = '', heading = ''] = column.split(/=(.*)/s);
    if (!isRole(role) || heading === '')
      throw new Refused('invalid', { code: 'chemicals.column_malformed', seen: column });
    mapping[role] = heading;
  }
  return mapping;
}

function told(
  { list, rows, setAside, rejects, difference, isKnown }: ListLoaded,
  done: string,
): string[] {
  if (isKnown) return [`${list}: this file is loaded already; nothing has changed.`];
  const { added, removed, changed, unchanged, shown } = difference;
  return [
    ...rejects
      .slice(0, 20)
      .map(({ code, path = '', seen = '' }) => `set aside ${path}: ${code} ${seen}`),
    ...shown.slice(0, 20).map(({ change, row, fields }) => {
      const which = change === 'changed' ? ` (${fields.map(({ field }) => field).join(', ')})` : '';
      return `${change}: ${row}${which}`;
    }),
    `${list}: ${rows} rows ${done}, ${setAside} set aside; ${added} added, ${removed} removed, ${changed} changed, ${unchanged} unchanged.`,
  ];
}
