import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type {
  Direction,
  ManifestKind,
  ManifestPage,
  ManifestResult,
  ManifestSearch,
} from '../contract.ts';
import { decodeCursor, encodeCursor, escapeLike } from './cursor.ts';
import type { Visibility } from './search.ts';

export interface ManifestPart {
  readonly id: string;
  readonly part: number;
  readonly of: number;
  readonly kind: ManifestKind;
  readonly contentHash: string;
  readonly direction: Direction | null;
  readonly carrier: string | null;
  readonly office: string | null;
  readonly terminal: string | null;
  readonly conveyance: string | null;
  readonly voyageNo: string | null;
  readonly date: string | null;
  readonly bills: number;
  readonly filedAt: string;
}

/** What is known of a part that is filed: what its filer was answered before, and its manifest's other parts. */
export interface KnownPart {
  readonly before: { readonly contentHash: string; readonly answer: ManifestResult } | null;
  /** The header that the parts of a manifest share, as the first of the others had it. */
  readonly header: Header | null;
}
type Header = Pick<ManifestPart, 'kind' | 'of' | 'carrier' | 'voyageNo' | 'conveyance'>;

/** What is known of some parts, each of another manifest, by the manifest's id. */
export async function findKnown(
  db: Db,
  parts: readonly Pick<ManifestPart, 'id' | 'part'>[],
): Promise<Map<string, KnownPart>> {
  const { rows } = await sql<
    Header & { id: string; isSame: boolean; contentHash: string; answer: ManifestResult | null }
  >`
    select m.id, m.part = k.part as "isSame", m.kind, m.of, m.carrier, m.voyage_no as "voyageNo",
      m.conveyance, m.content_hash as "contentHash",
      case when m.part = k.part then m.answer end as answer
    from unnest(${parts.map(({ id }) => id)}::text[], ${parts.map(({ part }) => part)}::integer[])
      as k(id, part)
    join cargo.manifest as m on m.id = k.id
    order by m.id, m.part
  `.execute(db);
  const known = new Map<string, KnownPart>();
  for (const { id, isSame, contentHash, answer, ...header } of rows) {
    const so = known.get(id) ?? { before: null, header: null };
    const before = isSame && answer ? { contentHash, answer } : so.before;
    known.set(id, { before, header: so.header ?? (isSame ? null : header) });
  }
  return known;
}

/** Keeps parts with what their filers are answered; false when somebody else has filed one of them meanwhile. */
export async function insertParts(
  tx: Tx,
  filed: readonly { readonly part: ManifestPart; readonly answer: ManifestResult }[],
): Promise<boolean> {
  if (filed.length === 0) return true;
  const rows = filed.map(({ part, answer }) => ({ ...part, answer }));
  const { numAffectedRows = 0n } = await sql`
    insert into cargo.manifest (id, part, of, kind, content_hash, direction, carrier, office,
      terminal, conveyance, voyage_no, date, bills, filed_at, answer)
    select id, part, of, kind, "contentHash", direction, carrier, office,
      terminal, conveyance, "voyageNo", date, bills, "filedAt", answer
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id text, part integer, of integer,
      kind text, "contentHash" text, direction text, carrier text, office text, terminal text,
      conveyance text, "voyageNo" text, date text, bills integer, "filedAt" timestamptz, answer jsonb)
    on conflict (id, part) do nothing
  `.execute(tx);
  return numAffectedRows === BigInt(filed.length);
}

/** Manifests, the newest first; the parts of one are one row. */
export async function listManifests(
  db: Db,
  visible: Visibility,
  wanted: ManifestSearch,
): Promise<ManifestPage> {
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const { rows } = await sql<ManifestRow & { sort_value: string }>`
    select * from (
      select id, min(kind) as kind, min(direction) as direction, min(carrier) as carrier,
        min(office) as office, min(terminal) as terminal, min(conveyance) as conveyance,
        min(voyage_no) as "voyageNo", min(date) as date, count(*)::int as parts,
        max(of) as of, sum(bills)::int as bills, min(filed_at) as filed_at,
        min(filed_at)::text as sort_value
      from cargo.manifest
      where (${visible.organisation}::text is null or carrier = ${visible.organisation})
        and (${visible.offices === null} or office = any(${[...(visible.offices ?? [])]}::text[])
          or office is null)
        and (${wanted.kind ?? null}::text is null or kind = ${wanted.kind ?? null})
        and (${wanted.q ?? null}::text is null or id = ${wanted.q ?? null}
          or voyage_no = ${wanted.q ?? null} or conveyance ilike ${`${escapeLike(wanted.q ?? '')}%`})
      group by id
    ) as manifest
    where ${after ? sql`(filed_at, id) < (${after[0]}::timestamptz, ${after[1]})` : sql`true`}
    order by filed_at desc, id desc
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ sort_value, filed_at, ...row }) => ({
      ...row,
      filedAt: filed_at.toISOString(),
    })),
    next: rows.length > page.length && last ? encodeCursor(last.sort_value, last.id) : null,
  };
}
type ManifestRow = Omit<ManifestPage['rows'][number], 'filedAt'> & { filed_at: Date };

/** What the filer of each part was answered, in the order of the parts. */
export async function listAnswers(db: Db, id: string): Promise<ManifestResult[]> {
  const { rows } = await sql<{ answer: ManifestResult }>`
    select answer from cargo.manifest where id = ${id} order by part
  `.execute(db);
  return rows.map(({ answer }) => answer);
}
