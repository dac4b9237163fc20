import { sql } from 'kysely';
import type { LocalDate } from '../../../kernel/dates.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';

/** Substances of one report, and doubtful recognitions. */
const SUBSTANCES_MAX = 50;
const UNSURE_MAX = 20;

/** What was recognised in declarations of a period, as each was last decided about. */
const RECOGNISED = (since: LocalDate) => sql`
  select this.subject, decided_on, examined_at, found,
    facts ->> 'chemical.substance' as substance, facts ->> 'chemical.cas' as cas,
    facts ->> 'chemical.list' as list,
    (facts ->> 'chemical.likelihood')::double precision as likelihood,
    (facts ->> 'chemical.lineNo')::int as line_no,
    (facts ->> 'chemical.isControlled')::boolean as controlled,
    (facts ->> 'chemical.isLicensed')::boolean as licensed,
    (facts ->> 'chemical.hsFits')::boolean as hs_fits,
    (facts ->> 'chemical.disguises')::int as disguises
  from risk.decision as this left join risk.outcome on outcome.subject = this.subject
  where decided_on >= ${since} and facts ->> 'chemical.substance' is not null
    and not exists (
      select from risk.decision as later where later.subject = this.subject and later.seq > this.seq
    )
`;

export interface SubstanceCount {
  readonly substance: string;
  readonly cas: string | null;
  /** The control list it is on, if any. */
  readonly list: string | null;
  readonly declarations: number;
  /** Controlled, and the licence it takes is not named. */
  readonly unlicensed: number;
  /** Declared under a code that is not the substance's. */
  readonly otherCode: number;
  readonly disguised: number;
  readonly examined: number;
  readonly found: number;
}

/** The substances recognised since a day, those declared most often first. */
export async function countSubstances(db: Db, since: LocalDate): Promise<SubstanceCount[]> {
  const { rows } = await sql<SubstanceCount>`
    select substance, cas, list, count(*)::int as declarations,
      (count(*) filter (where controlled and not licensed))::int as unlicensed,
      (count(*) filter (where not hs_fits))::int as "otherCode",
      (count(*) filter (where disguises > 0))::int as disguised,
      count(examined_at)::int as examined, (count(*) filter (where found))::int as found
    from (${RECOGNISED(since)}) as recognised
    group by substance, cas, list
    order by declarations desc, substance, list
    limit ${SUBSTANCES_MAX}
  `.execute(db);
  return rows;
}

/** A declaration in which a substance was recognised, but not beyond doubt. */
export interface Unsure {
  readonly subject: string;
  readonly day: string;
  readonly substance: string;
  readonly likelihood: number;
  readonly lineNo: number;
  /** Whether its examination found anything; `null` when nobody looked. */
  readonly found: boolean | null;
}

/** Recognitions less likely than `below` since a day, the least likely first. */
export async function listUnsure(db: Db, since: LocalDate, below: number): Promise<Unsure[]> {
  const { rows } = await sql<Unsure>`
    select subject, decided_on::text as day, substance, likelihood, line_no as "lineNo", found
    from (${RECOGNISED(since)}) as recognised
    where likelihood < ${below}
    order by likelihood, subject
    limit ${UNSURE_MAX}
  `.execute(db);
  return rows;
}
