import { sql } from 'kysely';
import type { LocalDate } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor, PeoplePage, PeopleSearch, PersonInput, PostInput, Role } from '../contract.ts';

/** Writes people, their posts and the days they hold them; answers how many rows were new or different. */
export async function savePeople(tx: Tx, people: readonly PersonInput[]): Promise<number> {
  const posts = new Map(people.flatMap((person) => person.posts).map((post) => [post.id, post]));
  const holdings = people.flatMap((person) =>
    person.posts.map(({ id, from, to }) => ({ post: id, person: person.id, from, to })),
  );
  const persons = people.map(({ id, name }) => ({ id, name }));
  const written = [
    await savePersons(tx, JSON.stringify(persons)),
    await savePosts(tx, JSON.stringify([...posts.values()])),
    await saveHoldings(tx, JSON.stringify(holdings)),
  ];
  return written.reduce((total, rows) => total + rows, 0);
}

async function savePersons(tx: Tx, given: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into identity.person as known (id, name)
    select id, name from json_to_recordset(${given}::json) as given (id text, name text)
    on conflict (id) do update set name = excluded.name where known.name <> excluded.name
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

async function savePosts(tx: Tx, given: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into identity.post as known
      (id, organisation_id, title, title_en, roles, offices, may_backdate)
    select id, "organisationId", title, "titleEn",
      array(select json_array_elements_text(roles)),
      array(select json_array_elements_text(offices)), "mayBackdate"
    from json_to_recordset(${given}::json) as given
      (id text, "organisationId" text, title text, "titleEn" text, roles json, offices json,
        "mayBackdate" boolean)
    on conflict (id) do update
      set organisation_id = excluded.organisation_id, title = excluded.title,
        title_en = excluded.title_en, roles = excluded.roles, offices = excluded.offices,
        may_backdate = excluded.may_backdate
      where (known.organisation_id, known.title, known.title_en, known.roles, known.offices,
          known.may_backdate)
        is distinct from (excluded.organisation_id, excluded.title, excluded.title_en,
          excluded.roles, excluded.offices, excluded.may_backdate)
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

async function saveHoldings(tx: Tx, given: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into identity.holding as known (post_id, person_id, valid_from, valid_to)
    select post, person, "from", "to" from json_to_recordset(${given}::json)
      as given (post text, person text, "from" date, "to" date)
    on conflict (post_id, person_id, valid_from) do update set valid_to = excluded.valid_to
      where known.valid_to is distinct from excluded.valid_to
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

interface PersonRow {
  id: string;
  name: string;
  account: string | null;
  locked_until: Date | null;
  posts: PostInput[];
}

/** People by id with their posts, past ones included. */
export async function listPeople(db: Db, search: PeopleSearch): Promise<PeoplePage> {
  const like = `%${(search.q ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { rows } = await sql<PersonRow>`
    select person.id, person.name, account.name as account, account.locked_until,
      coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', post.id, 'title', post.title, 'titleEn', post.title_en,
            'organisationId', post.organisation_id,
            'roles', post.roles, 'offices', post.offices, 'mayBackdate', post.may_backdate,
            'from', holding.valid_from, 'to', holding.valid_to) order by holding.valid_from, post.id)
        from identity.holding join identity.post on post.id = holding.post_id
        where holding.person_id = person.id), '[]') as posts
    from identity.person
    left join identity.account on account.person_id = person.id
    where (${search.q ?? null}::text is null
        or person.id ilike ${like} or person.name ilike ${like} or account.name ilike ${like})
      and (${search.cursor ?? null}::text is null or person.id > ${search.cursor ?? null})
    order by person.id
    limit ${search.limit + 1}
  `.execute(db);
  const people = rows.slice(0, search.limit).map(({ locked_until, ...row }) => ({
    ...row,
    lockedUntil: locked_until?.toISOString() ?? null,
  }));
  return { people, next: rows.length > search.limit ? (people.at(-1)?.id ?? null) : null };
}

/** A post as its holder on a day sees it. */
export interface HeldPost {
  readonly id: string;
  readonly title: string;
  readonly titleEn: string | null;
  readonly organisationId: string;
  readonly roles: Role[];
}

/** The posts a person holds on a day, longest held first. */
export async function listPostsHeld(db: Db, personId: string, on: LocalDate): Promise<HeldPost[]> {
  const { rows } = await sql<HeldPost>`
    select post.id, post.title, post.title_en as "titleEn",
      post.organisation_id as "organisationId", post.roles
    from identity.holding join identity.post on post.id = holding.post_id
    where holding.person_id = ${personId}
      and holding.valid_from <= ${on} and (holding.valid_to is null or holding.valid_to > ${on})
    group by post.id
    order by min(holding.valid_from), post.id
  `.execute(db);
  return rows;
}

/** Who holds a post on a day; of several, the one who has held it longest. */
export async function findHolder(
  db: Db,
  postId: string,
  on: LocalDate,
): Promise<{ personId: string; organisationId: string } | null> {
  const { rows } = await sql<{ personId: string; organisationId: string }>`
    select holding.person_id as "personId", post.organisation_id as "organisationId"
    from identity.holding join identity.post on post.id = holding.post_id
    where holding.post_id = ${postId}
      and holding.valid_from <= ${on} and (holding.valid_to is null or holding.valid_to > ${on})
    order by holding.valid_from, holding.person_id
    limit 1
  `.execute(db);
  return rows[0] ?? null;
}

/** Who acts in a post on a day, on the platform's own account: its holder, as `findHolder` finds it. */
export async function findActor(db: Db, postId: string, on: LocalDate): Promise<Actor | null> {
  const { rows } = await sql<Omit<Actor, 'via'>>`
    select person.id as "personId", person.name, post.id as "postId",
      post.organisation_id as "organisationId", post.roles, post.offices,
      post.may_backdate as "mayBackdate"
    from identity.holding
      join identity.post on post.id = holding.post_id
      join identity.person on person.id = holding.person_id
    where holding.post_id = ${postId}
      and holding.valid_from <= ${on} and (holding.valid_to is null or holding.valid_to > ${on})
    order by holding.valid_from, holding.person_id
    limit 1
  `.execute(db);
  return rows[0] ? { ...rows[0], via: 'system' } : null;
}
