import { hs2, hs6, isHsCode } from '../../kernel/codes.ts';
import { effectiveOn, isEffective, type LocalDate } from '../../kernel/dates.ts';
import type { CodeEntry } from './contract.ts';

/** Code tables in memory, for a filing asks dozens of times and may not wait for the database. */
export interface Codes {
  isInForce(table: string, code: string, on: LocalDate): boolean;
  find(table: string, code: string, on: LocalDate): CodeEntry | null;
  /** Entries in force whose code begins with, or whose names contain, `q`; in order of code. */
  search(table: string, on: LocalDate, q: string, limit: number): CodeEntry[];
}

type Table = ReadonlyMap<string, readonly CodeEntry[]>;

export function createCodes(tables: ReadonlyMap<string, readonly CodeEntry[]>): Codes {
  const byCode = new Map<string, Table>(
    [...tables].map(([name, entries]) => [name, groupByCode(entries)]),
  );
  const find = (table: string, code: string, on: LocalDate): CodeEntry | null =>
    effectiveOn(byCode.get(table)?.get(code) ?? [], on);

  /**
   * A tariff code is in force when the loaded nomenclature has it, whole or as its six digits; where
   * none is loaded, when it has the shape of one and its chapter exists.
   */
  function isTariffCode(code: string, on: LocalDate): boolean {
    if (!isHsCode(code)) return false;
    if (!byCode.has('hs')) return find('hs_chapter', hs2(code), on) !== null;
    return find('hs', code, on) !== null || find('hs', hs6(code), on) !== null;
  }

  return {
    find,
    isInForce: (table, code, on) =>
      table === 'hs' ? isTariffCode(code, on) : find(table, code, on) !== null,
    search(table, on, q, limit) {
      const wanted = q.toLowerCase();
      const found: CodeEntry[] = [];
      for (const entry of tables.get(table) ?? []) {
        if (found.length === limit) break;
        if (isEffective(entry, on) && matches(entry, wanted)) found.push(entry);
      }
      return found;
    },
  };
}

const matches = ({ code, zh, en }: CodeEntry, wanted: string): boolean =>
  code.toLowerCase().startsWith(wanted) || zh.includes(wanted) || en.toLowerCase().includes(wanted);

function groupByCode(entries: readonly CodeEntry[]): Table {
  const groups = new Map<string, CodeEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.code);
    if (group) group.push(entry);
    else groups.set(entry.code, [entry]);
  }
  return groups;
}
