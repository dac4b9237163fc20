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

/** Claims a part for whoever files it first; `null` when it is ours, else what was filed before. */
export async function claimPart(
  tx: Tx,
  part: ManifestPart,
): Promise<{ contentHash: string; answer: ManifestResult } | null> {
  const { rows } = await sql`
    insert into cargo.manifest (id, part, of, kind, content_hash, direction, carrier, office,
      terminal, conveyance, voyage_no, date, bills, filed_at, answer)
    values (${part.id}, ${part.part}, ${part.of}, ${part.kind}, ${part.contentHash},
      ${part.direction}, ${part.carrier}, ${part.office}, ${part.terminal}, ${part.conveyance},
      ${part.voyageNo}, ${part.date}, ${part.bills}, ${part.filedAt}, '{}')
    on conflict (id, part) do nothing returning id
  `.execute(tx);
  return rows.length > 0 ? null : findPart(tx, part.id, part.part);
}

export async function findPart(
  db: Db,
  id: string,
  part: number,
): Promise<{ contentHash: string; answer: ManifestResult } | null> {
  const { rows } = await sql<{ contentHash: string; answer: ManifestResult }>`
    select content_hash as "contentHash", answer from cargo.manifest
    where id = ${id} and part = ${part}
  `.execute(db);
  return rows[0] ?? null;
}

/** The header that the parts of a manifest share, as its first part had it. */
export async function findHeader(
  db: Db,
  id: string,
  besides: number,
): Promise<Pick<ManifestPart, 'kind' | 'of' | 'carrier' | 'voyageNo' | 'conveyance'> | null> {
  const { rows } = await sql<
    Pick<ManifestPart, 'kind' | 'of' | 'carrier' | 'voyageNo' | 'conveyance'>
  >`
    select kind, of, carrier, voyage_no as "voyageNo", conveyance from cargo.manifest
    where id = ${id} and part <> ${besides} order by part limit 1
  `.execute(db);
  return rows[0] ?? null;
}

export async function keepAnswer(tx: Tx, answer: ManifestResult): Promise<void> {
  await sql`
    update cargo.manifest set answer = ${JSON.stringify(answer)}::jsonb
    where id = ${answer.id} and part = ${answer.part}
  `.execute(tx);
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
