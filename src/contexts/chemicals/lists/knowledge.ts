import type { LocalDate } from '../../../kernel/dates.ts';
import type { Foundation, Hazard, ListEntry, Substance } from '../contract.ts';
import type { IndexedName } from '../index/name-index.ts';
import { hasHan } from '../reading/normalise.ts';
import type { ListRow } from './read-list.ts';

/** A list as it was read, and whose it is. */
export interface SourceList {
  /** `clp`, `cn_hazardous`, `ec_inventory`, `names` …: see the guide. */
  readonly list: string;
  /** Who publishes it, and which version. */
  readonly source: string;
  readonly version: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly foundation: Foundation;
  readonly rows: readonly ListRow[];
}

/** A substance with all that the lists say of it. */
export interface Known extends Substance {
  readonly formulae: readonly string[];
  readonly hazards: readonly Hazard[];
  readonly entries: readonly ListEntry[];
  /** How many lists have it: of two that are spelt alike, the one more lists have is meant. */
  readonly lists: number;
}

/** A proper shipping name and what belongs to it. */
export interface ShippingName extends Omit<Hazard, 'score'> {
  readonly un: string;
}

export interface Knowledge {
  readonly substances: readonly Known[];
  readonly names: readonly IndexedName[];
  readonly shipping: readonly ShippingName[];
  /** Names of the tariff and their codes: they are joined to substances once the names are indexed. */
  readonly tariff: readonly { readonly name: string; readonly hs6: string }[];
}

/** Lists that only name substances: being in them is no legal fact about the goods. */
const REGISTERS = new Set(['ec_inventory', 'cus', 'tariff', 'un_dangerous_goods', 'substances']);
const isRegister = (list: string): boolean => REGISTERS.has(list) || list.startsWith('names');
const MAX_NAME = 600;

interface Draft {
  id: string;
  cas: string | null;
  name: string;
  zh: string | null;
  readonly un: Set<string>;
  readonly hs6: Set<string>;
  readonly formulae: Set<string>;
  readonly hazards: Hazard[];
  readonly entries: ListEntry[];
  readonly spelt: Set<string>;
  readonly lists: Set<string>;
}

/**
 * Joins lists into substances. The order of the lists is the order of trust: the first that names a
 * substance gives the name it is shown by.
 */
export function joinLists(lists: readonly SourceList[]): Knowledge {
  const drafts = new Map<string, Draft>();
  const shipping: ShippingName[] = [];
  const tariff: { name: string; hs6: string }[] = [];
  for (const list of lists) {
    for (const row of list.rows) {
      const named = pairs(row);
      for (const { cas, names, zh } of named) {
        const id = cas ?? (isRegister(list.list) ? null : `list:${zh[0] ?? names[0]}`);
        if (id) enrich(draftOf(drafts, id, cas), list, row, names, zh);
      }
      if (row.cas.length > 0) continue;
      for (const name of [...row.names, ...row.zh]) {
        if (row.un) shipping.push(shippingName(name, row.un, row, list));
        for (const code of row.hs) tariff.push({ name, hs6: code.slice(0, 6) });
      }
    }
  }
  const substances: Known[] = [];
  const names: IndexedName[] = [];
  for (const draft of drafts.values()) {
    for (const text of draft.spelt) names.push({ text, substance: substances.length });
    substances.push(finished(draft));
  }
  return { substances, names, shipping, tariff };
}

function draftOf(drafts: Map<string, Draft>, id: string, cas: string | null): Draft {
  const known = drafts.get(id);
  if (known) return known;
  const draft: Draft = {
    ...{ id, cas, name: '', zh: null, hazards: [], entries: [] },
    ...{ un: new Set(), hs6: new Set(), formulae: new Set(), spelt: new Set(), lists: new Set() },
  };
  drafts.set(id, draft);
  return draft;
}

interface Named {
  readonly cas: string | null;
  readonly names: readonly string[];
  readonly zh: readonly string[];
}

/** Where a row numbers its names and its CAS numbers alike (`o-xylene [1]; m-xylene [2]`), each goes with its own. */
function pairs({ cas, names, zh }: ListRow): Named[] {
  if (cas.length < 2) return [{ cas: cas[0] ?? null, names, zh }];
  const own = names.length - cas.length;
  if (own < 0 || own > 1) return cas.map((each) => ({ cas: each, names: [], zh: [] }));
  return cas.map((each, i) => ({
    cas: each,
    names: [names[i + own] ?? ''].filter(Boolean),
    zh: [],
  }));
}

function enrich(
  draft: Draft,
  list: SourceList,
  row: ListRow,
  names: readonly string[],
  zh: readonly string[],
): void {
  for (const name of [...names, ...zh]) if (name.length <= MAX_NAME) draft.spelt.add(name);
  draft.name ||= names[0] ?? '';
  draft.zh ??= zh[0] ?? names.find(hasHan) ?? null;
  draft.lists.add(list.list);
  if (row.un) draft.un.add(row.un);
  for (const code of row.hs) draft.hs6.add(code.slice(0, 6));
  if (row.formula) draft.formulae.add(row.formula);
  if (row.un || row.statements.length > 0) draft.hazards.push(hazardOf(row, list, draft.name));
  if (!isRegister(list.list)) draft.entries.push(entryOf(list, row, draft.cas, names, zh));
}

function entryOf(
  list: SourceList,
  row: ListRow,
  cas: string | null,
  names: readonly string[],
  zh: readonly string[],
): ListEntry {
  const { list: ownList, salts, basis, from, to, foundation, ...attributes } = row.attributes;
  return {
    list: ownList ?? list.list,
    entry: row.entry ?? cas ?? names[0] ?? zh[0] ?? '',
    cas,
    names: { zh: zh[0] ?? '', en: names[0] ?? '' },
    class: row.class ?? '',
    salts: salts === 'yes',
    basis: basis ?? `${list.source}, ${list.version}`,
    from: from || list.from,
    to: to || list.to,
    foundation: (foundation as Foundation | undefined) ?? list.foundation,
    attributes: {
      ...attributes,
      ...(row.statements.length > 0 && { statements: row.statements.join(' ') }),
    },
  };
}

const isTransportClass = (text: string | null): text is string =>
  text !== null && /^[1-9](?:\.[1-6])?[A-S]?$/.test(text);

function hazardOf(row: ListRow, list: SourceList, name: string): Hazard {
  return {
    un: row.un,
    class: isTransportClass(row.class) ? row.class : null,
    subsidiary: [...row.subsidiary],
    packingGroups: (row.packingGroup ?? '').match(/I{1,3}/g) ?? [],
    name,
    statements: [...row.statements],
    source: `${list.source}, ${list.version}`,
    score: 1,
  };
}

function shippingName(name: string, un: string, row: ListRow, list: SourceList): ShippingName {
  const { score: _, ...hazard } = hazardOf(row, list, name);
  return { ...hazard, un };
}

function finished({ un, hs6, formulae, spelt, lists, name, zh, ...draft }: Draft): Known {
  return {
    ...draft,
    name: name || zh || [...spelt][0] || draft.id,
    zh,
    un: [...un],
    hs6: [...hs6],
    formulae: [...formulae],
    lists: lists.size,
  };
}
