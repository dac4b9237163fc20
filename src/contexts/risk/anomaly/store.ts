import { sql } from 'kysely';
import type { LocalDate } from '../../../kernel/dates.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Decided } from './ranking.ts';

/** Rows read at a time: a day of any size passes through in bounded memory. */
const PAGE = 1_000;

/** What was decided on a day, for one office or all, each declaration as it was decided last that day. */
export async function* readDecided(
  db: Db,
  day: LocalDate,
  office: string | null,
): AsyncGenerator<Decided> {
  let before: string | null = null;
  for (;;) {
    const { rows }: { rows: (Decided & { seq: string })[] } = await sql<Decided & { seq: string }>`
      select seq, subject, id as decision, lane, facts from risk.decision as this
      where decided_on = ${day} and (${before}::bigint is null or seq < ${before}::bigint)
        and (${office}::text is null
          or ${office} in (facts ->> 'declaration.office', facts ->> 'declaration.borderOffice'))
        and not exists (
          select from risk.decision as later
          where later.subject = this.subject and later.decided_on = this.decided_on
            and later.seq > this.seq
        )
      order by seq desc
      limit ${PAGE}
    `.execute(db);
    for (const { seq: _, ...row } of rows) yield row;
    const last = rows.at(-1);
    if (!last) return;
    before = last.seq;
  }
}
