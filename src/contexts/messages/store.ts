import { sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import type {
  DocumentReceipt,
  MessagePage,
  MessageRow,
  MessageSearch,
  PartnerHealth,
  Receipt,
} from './contract.ts';
import type { Document } from './reading/table.ts';

/** A message as it is kept: what its sender is answered, what came, and what was understood. */
export interface Kept {
  readonly receipt: Receipt;
  readonly sentBy: string;
  readonly understood: readonly Document[];
}

/** Text PostgreSQL keeps: no NUL, no half of a surrogate pair. Both become the replacement character. */
const storable = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/\\u0000|\\ud[89a-f][0-9a-f]{2}/g, '\\ufffd');

/** Puts a message down, or anew where it was refused before; false where it is there and was not refused. */
export async function insertMessage(
  tx: Tx,
  { receipt, sentBy }: Kept,
  raw: Buffer,
): Promise<boolean> {
  const { rows } = await sql`
    insert into messages.message
      (id, partner, sent_by, received_at, hash, bytes, raw, standard, kind, outcome, problems)
    values (${receipt.id}, ${receipt.partner}, ${sentBy}, ${receipt.receivedAt}::timestamptz,
      ${receipt.hash}, ${receipt.bytes}, ${raw}, ${receipt.standard}, ${receipt.kind},
      ${receipt.outcome}, ${storable(receipt.problems)}::jsonb)
    on conflict (id) do update set sent_by = excluded.sent_by, received_at = excluded.received_at,
      standard = excluded.standard, kind = excluded.kind, outcome = excluded.outcome,
      problems = excluded.problems
    where message.outcome = 'refused'
    returning id
  `.execute(tx);
  return rows.length === 1;
}

/** Puts down what became of each document, in place of what was put down before; answers how many found room. */
export async function saveDocuments(tx: Tx, { receipt, understood }: Kept): Promise<number> {
  await sql`delete from messages.document where message = ${receipt.id}`.execute(tx);
  const rows = receipt.documents.map(({ record, ...document }, n) => ({
    ...document,
    ...{ n, recordKind: record?.kind ?? null, record: record?.id ?? null },
    understood: understood[n] ?? {},
  }));
  const { numAffectedRows = 0n } = await sql`
    insert into messages.document (message, n, partner, standard, kind, reference, understood, outcome,
      record_kind, record, number, problems)
    select ${receipt.id}, n, ${receipt.partner}, standard, kind, reference, understood, outcome,
      "recordKind", record, number, problems
    from jsonb_to_recordset(${storable(rows)}::jsonb) as row (n smallint, standard text, kind text,
      reference text, understood jsonb, outcome text, "recordKind" text, record text, number text,
      problems jsonb)
    on conflict (partner, kind, reference) where record is not null do nothing
  `.execute(tx);
  return Number(numAffectedRows);
}

interface MessageStored {
  readonly id: string;
  readonly partner: string;
  readonly sent_by: string;
  readonly received_at: Date;
  readonly hash: string;
  readonly bytes: number;
  readonly standard: string | null;
  readonly kind: Receipt['kind'];
  readonly outcome: Receipt['outcome'];
  readonly problems: Receipt['problems'];
}
type DocumentStored = Omit<DocumentReceipt, 'record'> & {
  readonly understood: Document;
  readonly recordKind: NonNullable<DocumentReceipt['record']>['kind'] | null;
  readonly record: string | null;
};

export async function findMessage(db: Db, id: string): Promise<Kept | null> {
  const { rows } = await sql<MessageStored>`
    select id, partner, sent_by, received_at, hash, bytes, standard, kind, outcome, problems
    from messages.message where id = ${id}
  `.execute(db);
  const [message] = rows;
  if (!message) return null;
  const documents = await sql<DocumentStored>`
    select standard, kind, reference, understood, outcome, record_kind as "recordKind", record, number,
      problems
    from messages.document where message = ${id} order by n
  `.execute(db);
  const { sent_by: sentBy, received_at: receivedAt, ...rest } = message;
  return {
    receipt: {
      ...rest,
      receivedAt: receivedAt.toISOString(),
      repeated: false,
      dryRun: false,
      documents: documents.rows.map(({ understood: _, recordKind, record, ...document }) => ({
        ...document,
        record: recordKind !== null && record !== null ? { kind: recordKind, id: record } : null,
      })),
    },
    sentBy,
    understood: documents.rows.map(({ understood }) => understood),
  };
}

export async function findRaw(db: Db, id: string): Promise<Buffer | null> {
  const { rows } = await sql<{ raw: Buffer }>`
    select raw from messages.message where id = ${id}
  `.execute(db);
  return rows[0]?.raw ?? null;
}

/** The message that used a reference of a partner first, other than the one that asks. */
export async function findUsed(
  db: Db,
  asked: { readonly partner: string; readonly kind: string; readonly reference: string },
  except: string,
): Promise<{ id: string; record: string; receivedAt: string } | null> {
  const { rows } = await sql<{ id: string; record: string; received_at: Date }>`
    select m.id, d.record, m.received_at
    from messages.document as d join messages.message as m on m.id = d.message
    where d.partner = ${asked.partner} and d.kind = ${asked.kind} and d.reference = ${asked.reference}
      and d.record is not null and d.message <> ${except}
  `.execute(db);
  const [row] = rows;
  return row ? { id: row.id, record: row.record, receivedAt: row.received_at.toISOString() } : null;
}

/** Bytes a partner has sent since an instant. */
export async function bytesSince(db: Db, partner: string, since: string): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select coalesce(sum(bytes), 0)::text as bytes from messages.message
    where partner = ${partner} and received_at >= ${since}::timestamptz
  `.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);
const Cursor = z.tuple([z.iso.datetime(), z.string()]);

function decodeCursor(cursor: string | undefined): [string, string] | null {
  try {
    const text = Buffer.from(cursor ?? '', 'base64url').toString();
    return Cursor.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Messages of some partners (of all for `null`), the newest first. */
export async function searchMessages(
  db: Db,
  partners: readonly string[] | null,
  { q, standard, outcome, cursor, limit }: MessageSearch,
): Promise<MessagePage> {
  const after = decodeCursor(cursor);
  const begins = `${escapeLike(q ?? '')}%`;
  const { rows } = await sql<
    Omit<MessageRow, 'receivedAt' | 'record'> & {
      received_at: Date;
      recordKind: DocumentStored['recordKind'];
      record: string | null;
    }
  >`
    select m.id, m.partner, m.received_at, m.bytes, m.standard, m.kind, m.outcome,
      (select count(*)::int from messages.document where message = m.id) as documents,
      d.reference, d.record_kind as "recordKind", d.record
    from messages.message as m
      left join messages.document as d on d.message = m.id and d.n = 0
    where (${partners === null} or m.partner = any(${[...(partners ?? [])]}::text[]))
      and (${standard ?? null}::text is null or m.standard = ${standard ?? null})
      and (${outcome ?? null}::text is null or m.outcome = ${outcome ?? null})
      and (${q ? null : true}::boolean or m.id = ${q ?? ''} or m.partner like ${begins}
        or exists (select from messages.document as any_of where any_of.message = m.id
          and (any_of.reference like ${begins} or any_of.record like ${begins}
            or any_of.number like ${begins})))
      and ${
        after
          ? sql`(date_trunc('milliseconds', m.received_at), m.id) < (${after[0]}::timestamptz, ${after[1]})`
          : sql`true`
      }
    order by m.received_at desc, m.id desc
    limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map(({ received_at, recordKind, record, ...row }) => ({
    ...row,
    receivedAt: received_at.toISOString(),
    record: recordKind !== null && record !== null ? { kind: recordKind, id: record } : null,
  }));
  const last = page.at(-1);
  const next =
    rows.length > page.length && last
      ? Buffer.from(JSON.stringify([last.receivedAt, last.id])).toString('base64url')
      : null;
  return { rows: page, next };
}

/** How the connections fare, the one that has been silent longest last. */
export async function healthOf(
  db: Db,
  partners: readonly string[] | null,
  { today, month }: { readonly today: string; readonly month: string },
): Promise<PartnerHealth[]> {
  const { rows } = await sql<
    Omit<PartnerHealth, 'lastReceivedAt' | 'refusedPercent'> & { last: Date }
  >`
    select partner, max(received_at) as last,
      (count(*) filter (where received_at >= ${today}::timestamptz))::int as today,
      (count(*) filter (where received_at >= ${month}::timestamptz))::int as received,
      (count(*) filter (where received_at >= ${month}::timestamptz and outcome = 'refused'))::int
        as refused
    from messages.message
    where (${partners === null} or partner = any(${[...(partners ?? [])]}::text[]))
    group by partner
    order by last desc, partner
    limit 500
  `.execute(db);
  return rows.map(({ last, ...row }) => ({
    ...row,
    lastReceivedAt: last.toISOString(),
    refusedPercent: row.received === 0 ? 0 : Math.round((row.refused * 1000) / row.received) / 10,
  }));
}
