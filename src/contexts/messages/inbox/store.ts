import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { DocumentReceipt } from '../contract.ts';
import type { MessagePage, MessageRow, MessageSearch, PartnerHealth } from './contract.ts';

/** Whose messages: those of some partners, or of all for `null`. */
export type Partners = readonly string[] | null;

const within = (partners: Partners) =>
  partners === null ? sql`true` : sql`partner = any(${[...partners]}::text[])`;

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

/** Messages within reach, the newest first. */
export async function searchMessages(
  db: Db,
  partners: Partners,
  { q, partner, standard, kind, outcome, cursor, limit }: MessageSearch,
): Promise<MessagePage> {
  const after = decodeCursor(cursor);
  const begins = `${escapeLike(q ?? '')}%`;
  const { rows } = await sql<
    Omit<MessageRow, 'receivedAt' | 'record'> & {
      received_at: Date;
      record_kind: NonNullable<DocumentReceipt['record']>['kind'] | null;
      record: string | null;
    }
  >`
    select m.id, m.partner, m.received_at, m.bytes, m.standard, m.kind, m.outcome, m.signature,
      (select count(*)::integer from messages.resent where message = m.id) as resent,
      all_of.documents, all_of.problems + jsonb_array_length(m.problems) as problems,
      d.reference, d.record_kind, d.record
    from messages.message as m
      left join messages.document as d on d.message = m.id and d.n = 0
      cross join lateral (
        select count(*)::integer as documents,
          coalesce(sum(jsonb_array_length(problems)), 0)::integer as problems
        from messages.document where message = m.id
      ) as all_of
    where (${partners === null} or m.partner = any(${[...(partners ?? [])]}::text[]))
      and (${partner ?? null}::text is null or m.partner = ${partner ?? null})
      and (${standard ?? null}::text is null or m.standard = ${standard ?? null})
      and (${kind ?? null}::text is null or m.kind = ${kind ?? null})
      and (${outcome ?? null}::text is null or m.outcome = ${outcome ?? null})
      and (${q ? null : true}::boolean or m.id = ${q ?? ''} or m.partner like ${begins}
        or m.id in (select message from messages.document
          where reference like ${begins} or record like ${begins} or number like ${begins}))
      and ${
        after
          ? sql`(date_trunc('milliseconds', m.received_at), m.id) < (${after[0]}::timestamptz, ${after[1]})`
          : sql`true`
      }
    order by m.received_at desc, m.id desc
    limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map(({ received_at, record_kind: of, record, ...row }) => ({
    ...row,
    receivedAt: received_at.toISOString(),
    record: of !== null && record !== null ? { kind: of, id: record } : null,
  }));
  const last = page.at(-1);
  const next =
    rows.length > page.length && last
      ? Buffer.from(JSON.stringify([last.receivedAt, last.id])).toString('base64url')
      : null;
  return { rows: page, next };
}

/** The days a connection is told by, and the longer time its habit is learnt from; days begin in port time. */
interface HealthSpan {
  readonly today: string;
  readonly month: string;
  readonly habit: string;
}

/** What is counted of a connection; whether it is silent is for others to say. */
interface Sending
  extends Omit<PartnerHealth, 'days' | 'isSilent' | 'refusedPercent' | 'longestPauseHours'> {
  /** On how many days of the longer time it sent something. */
  readonly sendingDays: number;
  readonly longestPauseMs: number | null;
}

/** Most partners told of at once, those heard last. */
const PARTNERS_MAX = 500;

/** How the connections fare, the one heard last first. */
export async function sendingOf(
  db: Db,
  partners: Partners,
  { today, month, habit }: HealthSpan,
): Promise<Sending[]> {
  const { rows } = await sql<{
    partner: string;
    last: Date;
    today: number;
    received: number;
    refused: number;
    days: number;
    pause: number | null;
    unmended: string | null;
    unmended_at: Date | null;
    waiting: string | null;
    waiting_since: Date | null;
  }>`
    with known as (
      select partner, max(received_at) as last from messages.message
      where ${within(partners)} group by partner order by last desc, partner limit ${PARTNERS_MAX}
    ), sent as (
      select message.partner, received_at, outcome,
        received_at - lag(received_at) over (partition by message.partner order by received_at) as pause
      from messages.message join known on known.partner = message.partner
      where received_at >= ${habit}::timestamptz
    ), counted as (
      select partner,
        (count(*) filter (where received_at >= ${today}::timestamptz))::integer as today,
        (count(*) filter (where received_at >= ${month}::timestamptz))::integer as received,
        (count(*) filter (where received_at >= ${month}::timestamptz and outcome = 'refused'))::integer
          as refused,
        count(distinct (received_at at time zone 'Asia/Shanghai')::date)::integer as days,
        extract(epoch from max(pause))::float8 as pause
      from sent group by partner
    )
    select known.partner, known.last, coalesce(today, 0) as today, coalesce(received, 0) as received,
      coalesce(refused, 0) as refused, coalesce(days, 0) as days, pause,
      unmended.id as unmended, unmended.received_at as unmended_at,
      waiting.message as waiting, waiting.asked_at as waiting_since
    from known left join counted on counted.partner = known.partner
      left join lateral (
        select m.id, m.received_at
        from messages.message as m join messages.document as d on d.message = m.id
        where m.partner = known.partner and m.received_at >= ${month}::timestamptz
          and d.outcome = 'refused' and d.reference is not null
          and not exists (select from messages.document as mended
            where mended.partner = d.partner and mended.kind = d.kind
              and mended.reference = d.reference and mended.record is not null)
        order by m.received_at limit 1
      ) as unmended on true
      left join lateral (
        select message, asked_at from messages.resent join messages.message as m on m.id = message
        where m.partner = known.partner and sent_at is null
        order by asked_at limit 1
      ) as waiting on true
    order by known.last desc, known.partner
  `.execute(db);
  return rows.map(({ last, days, pause, unmended, unmended_at: at, ...rest }) => {
    const { waiting, waiting_since: since, ...row } = rest;
    return {
      ...row,
      lastReceivedAt: last.toISOString(),
      sendingDays: days,
      longestPauseMs: pause === null ? null : pause * 1000,
      oldestUnmended:
        unmended === null || at === null ? null : { id: unmended, receivedAt: at.toISOString() },
      oldestUnanswered:
        waiting === null || since === null ? null : { id: waiting, askedAt: since.toISOString() },
    };
  });
}

type DayOfPartner = PartnerHealth['days'][number] & { readonly partner: string };

/** What each partner sent on each day since one on which it sent anything; days as the port counts them. */
export async function daysOf(db: Db, partners: Partners, since: string): Promise<DayOfPartner[]> {
  const { rows } = await sql<DayOfPartner>`
    select partner, to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
      count(*)::integer as received,
      (count(*) filter (where outcome = 'refused'))::integer as refused
    from messages.message
    where received_at >= ${since}::timestamptz and ${within(partners)}
    group by 1, 2
  `.execute(db);
  return rows;
}
