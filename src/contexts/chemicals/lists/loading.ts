import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { isRole, type Role } from './columns.ts';
import { keepList, type ListLoaded } from './kept.ts';

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
    }): Promise<{ lines: string[]; outcome: ListLoaded }> {
      const { table, columns, ...rest } = request;
      const list = table.slice(PREFIX.length);
      const loaded = await keepList(
        keptFolder(),
        { list, mapping: mappingOf(columns), ...rest },
        clock,
      );
      return { lines: told(loaded, request.dryRun), outcome: loaded };
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
  dryRun: boolean,
): string[] {
  if (isKnown) return [`${list}: this file is loaded already; nothing has changed.`];
  const { added, removed, changed, unchanged, shown } = difference;
  return [
    ...rejects
      .slice(0, 20)
      .map(({ code, path = '', seen = '' }) => `set aside ${path}: ${code} ${seen}`),
    ...shown.slice(0, 20).map(({ change, row }) => `${change}: ${row}`),
    `${list}: ${rows} rows ${dryRun ? 'would be' : 'were'} loaded, ${setAside} set aside; ${added} added, ${removed} removed, ${changed} changed, ${unchanged} unchanged.`,
  ];
}
