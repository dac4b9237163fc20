import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import type { DocumentReceipt, Receipt, Resent } from './contract.ts';
import type { Document } from './reading/table.ts';

/** A message as it is kept: what its sender is answered, what came, and what was understood. */
export interface Kept {
  readonly receipt: Receipt;
  readonly sentBy: string;
  readonly understood: readonly Document[];
  /** The control reference of its envelope, where it states one. */
  readonly control: string | null;
}

/** Text PostgreSQL keeps: no NUL, no half of a surrogate pair. Both become the replacement character. */
const storable = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/\\u0000|\\ud[89a-f][0-9a-f]{2}/g, '\\ufffd');

/** Puts a message down, or anew where it was refused before; false where it is there and was not refused. */
export async function insertMessage(
  tx: Tx,
  { receipt, sentBy, control }: Kept,
  raw: Buffer,
): Promise<boolean> {
  const { status, algorithm, key } = receipt.signature;
  const { rows } = await sql`
    insert into messages.message
      (id, partner, sent_by, received_at, hash, bytes, raw, standard, kind, outcome, problems,
        signature, signature_algorithm, signature_key, control)
    values (${receipt.id}, ${receipt.partner}, ${sentBy}, ${receipt.receivedAt}::timestamptz,
      ${receipt.hash}, ${receipt.bytes}, ${raw}, ${receipt.standard}, ${receipt.kind},
      ${receipt.outcome}, ${storable(receipt.problems)}::jsonb,
      ${status}, ${algorithm}, ${key}, ${control})
    on conflict (id) do update set sent_by = excluded.sent_by, received_at = excluded.received_at,
      standard = excluded.standard, kind = excluded.kind, outcome = excluded.outcome,
      problems = excluded.problems, signature = excluded.signature,
      signature_algorithm = excluded.signature_algorithm, signature_key = excluded.signature_key,
      control = excluded.control
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
  readonly status: Receipt['signature']['status'];
  readonly algorithm: Receipt['signature']['algorithm'];
  readonly key: string | null;
  readonly control: string | null;
}
type DocumentStored = Omit<DocumentReceipt, 'record'> & {
  readonly understood: Document;
  readonly recordKind: NonNullable<DocumentReceipt['record']>['kind'] | null;
  readonly record: string | null;
};

export async function findMessage(db: Db, id: string): Promise<Kept | null> {
  const { rows } = await sql<MessageStored>`
    select id, partner, sent_by, received_at, hash, bytes, standard, kind, outcome, problems,
      signature as status, signature_algorithm as algorithm, signature_key as key, control
    from messages.message where id = ${id}
  `.execute(db);
  const [message] = rows;
  if (!message) return null;
  const documents = await sql<DocumentStored>`
    select standard, kind, reference, understood, outcome, record_kind as "recordKind", record, number,
      problems
    from messages.document where message = ${id} order by n
  `.execute(db);
  const { sent_by: sentBy, received_at: receivedAt, control, ...head } = message;
  const { status, algorithm, key, ...rest } = head;
  return {
    receipt: {
      ...rest,
      receivedAt: receivedAt.toISOString(),
      repeated: false,
      dryRun: false,
      signature: { status, algorithm, key },
      documents: documents.rows.map(({ understood: _, recordKind, record, ...document }) => ({
        ...document,
        record: recordKind !== null && record !== null ? { kind: recordKind, id: record } : null,
      })),
    },
    ...{ sentBy, control },
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

/** The message of a partner that used a control reference first, other than the one that asks. */
export async function findControl(
  db: Db,
  partner: string,
  control: string,
  except: string,
): Promise<{ id: string; receivedAt: string } | null> {
  const { rows } = await sql<{ id: string; received_at: Date }>`
    select id, received_at from messages.message
    where partner = ${partner} and control = ${control} and id <> ${except}
    order by received_at limit 1
  `.execute(db);
  const [row] = rows;
  return row ? { id: row.id, receivedAt: row.received_at.toISOString() } : null;
}

/** Which of these numbers and references a partner's own documents have, or were given. */
export async function findNamed(
  db: Db,
  partner: string,
  names: readonly string[],
): Promise<boolean> {
  const wanted = sql`${[...names]}::text[]`;
  const { rows } = await sql`
    select from messages.document
    where partner = ${partner} and record is not null
      and (reference = any(${wanted}) or record = any(${wanted}) or number = any(${wanted}))
    limit 1
  `.execute(db);
  return rows.length > 0;
}

/** Bytes a partner has sent since an instant. */
export async function bytesSince(db: Db, partner: string, since: string): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select coalesce(sum(bytes), 0)::text as bytes from messages.message
    where partner = ${partner} and received_at >= ${since}::timestamptz
  `.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}

/* ---------------------------------------------------------------- answers sent again */

interface ResentStored {
  readonly id: string;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly way: Resent['to'];
  readonly sent_at: Date | null;
}

/** The sendings of one answer, the last first. */
export async function listResent(db: Db, message: string): Promise<Resent[]> {
  const { rows } = await sql<ResentStored>`
    select id, asked_by, asked_at, way, sent_at from messages.resent
    where message = ${message} order by asked_at desc, id
  `.execute(db);
  return rows.map(({ id, asked_by: by, asked_at, way: to, sent_at }) => ({
    ...{ id, by, to, at: asked_at.toISOString(), sentAt: sent_at?.toISOString() ?? null },
  }));
}

/** The same, while nobody else adds one. */
export async function lockResent(tx: Tx, message: string): Promise<Resent[]> {
  await sql`select from messages.message where id = ${message} for update`.execute(tx);
  return listResent(tx, message);
}

export async function insertResent(tx: Tx, message: string, resent: Resent): Promise<void> {
  await sql`
    insert into messages.resent (message, id, asked_by, asked_at, way, sent_at)
    values (${message}, ${resent.id}, ${resent.by}, ${resent.at}::timestamptz, ${resent.to},
      ${resent.sentAt}::timestamptz)
  `.execute(tx);
}

/** Messages whose answers wait to be put into the folders of these partners, the oldest first. */
export async function listWaiting(
  db: Db,
  partners: readonly string[],
  limit: number,
): Promise<{ message: string; id: string; partner: string }[]> {
  const { rows } = await sql<{ message: string; id: string; partner: string }>`
    select r.message, r.id, m.partner from messages.resent as r join messages.message as m on m.id = r.message
    where r.sent_at is null and m.partner = any(${[...partners]}::text[])
    order by r.asked_at limit ${limit}
  `.execute(db);
  return rows;
}

export async function markSent(
  db: Db,
  { message, id }: { readonly message: string; readonly id: string },
  at: string,
): Promise<void> {
  await sql`
    update messages.resent set sent_at = ${at}::timestamptz where message = ${message} and id = ${id}
  `.execute(db);
}

/** Has answers sent again to senders with a folder, because of what became of the passports they made. */
export async function insertNews(
  tx: Tx,
  news: readonly { readonly record: string; readonly id: string; readonly at: string }[],
): Promise<void> {
  await sql`
    insert into messages.resent (message, id, asked_by, asked_at, way)
    select d.message, news.id, 'system', news.at, 'folder'
    from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as news (record text, id text, at timestamptz)
      join messages.document as d on d.record = news.record and d.record_kind = 'gatePassport'
      join messages.connection as c on c.partner = d.partner and c.folder_post is not null
    on conflict (message, id) do nothing
  `.execute(tx);
}
