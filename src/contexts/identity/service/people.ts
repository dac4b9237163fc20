import { canonicalJson } from '../../../kernel/canonical.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor, PeoplePage, PeopleSearch, PersonInput, Saved } from '../contract.ts';
import { authorise } from '../permission.ts';
import * as permission from '../permissions.ts';
import * as accounts from '../store/accounts.ts';
import { recordAudit } from '../store/audit.ts';
import { deleteSessionsOf } from '../store/credentials.ts';
import { findKnownOrganisations } from '../store/organisations.ts';
import * as store from '../store/people.ts';
import type { IdentityDeps } from './deps.ts';
import { accountName } from './guard.ts';
import { requireKnown } from './organisations.ts';

export interface People {
  /** Reading personal data is itself written to the audit. */
  list(actor: Actor, search: PeopleSearch): Promise<PeoplePage>;
  /** Creates or changes people, posts and accounts, all or none; the same again changes nothing. */
  save(actor: Actor, people: readonly PersonInput[]): Promise<Saved>;
}

export function createPeople(deps: IdentityDeps): People {
  const { db, clock } = deps;
  return {
    async list(actor, search) {
      authorise(actor, permission.readPeople);
      const page = await store.listPeople(db, search);
      await recordAudit(db, {
        actor,
        operation: permission.readPeople.operation,
        subjects: page.people.map(({ id }) => `person:${id}`),
        outcome: 'done',
        at: clock.now(),
      });
      return page;
    },
    async save(actor, people) {
      authorise(actor, permission.savePeople);
      requireConsistent(people);
      const changed = await changedAccounts(deps, people);
      const rowsSaved = await inTransaction(db, async (tx) => {
        const rows = await savePeopleAndPosts(tx, people);
        for (const account of changed) await accounts.saveAccount(tx, account);
        await deleteSessionsOf(
          tx,
          changed.map(({ personId }) => personId),
        );
        await recordAudit(tx, {
          actor,
          operation: permission.savePeople.operation,
          subjects: people.map(({ id }) => `person:${id}`),
          outcome: 'done',
          detail: {
            rows,
            posts: people.flatMap(({ posts }) => posts.map(({ id, roles }) => ({ id, roles }))),
            accountsChanged: changed.map(({ personId }) => personId),
          },
          at: clock.now(),
        });
        return rows + changed.length;
      });
      deps.actors.forgetAll();
      return { saved: rowsSaved };
    },
  };
}

async function savePeopleAndPosts(tx: Tx, people: readonly PersonInput[]): Promise<number> {
  const references = people.flatMap(({ posts }, i) =>
    posts.map(({ organisationId }, j) => ({
      id: organisationId,
      path: `people[${i}].posts[${j}].organisationId`,
    })),
  );
  requireKnown(
    references,
    await findKnownOrganisations(
      tx,
      references.map(({ id }) => id),
    ),
  );
  return store.savePeople(tx, people);
}

/** What one call says must agree with itself: each person, account and holding once, each post one way. */
function requireConsistent(people: readonly PersonInput[]): void {
  const refusals: Refusal[] = [];
  const once = (kind: string, id: string, path: string, seenBefore: Set<string>): void => {
    const key = `${kind}:${id}`;
    if (seenBefore.has(key)) refusals.push({ code: 'identity.given_twice', path, seen: id });
    seenBefore.add(key);
  };
  const given = new Set<string>();
  const postAsGiven = new Map<string, string>();
  people.forEach((person, i) => {
    once('person', person.id, `people[${i}].id`, given);
    if (person.account !== undefined) {
      once('account', accountName(person.account), `people[${i}].account`, given);
    }
    person.posts.forEach(({ from, to, ...post }, j) => {
      const path = `people[${i}].posts[${j}]`;
      once('holding', `${person.id} ${post.id} ${from}`, path, given);
      if (to !== null && to <= from) {
        refusals.push({ code: 'identity.ends_before_it_begins', path: `${path}.to`, seen: to });
      }
      const text = canonicalJson(post);
      if ((postAsGiven.get(post.id) ?? text) !== text) {
        refusals.push({ code: 'identity.post_given_two_ways', path, seen: post.id });
      }
      postAsGiven.set(post.id, text);
    });
  });
  if (refusals.length > 0) throw new Refused('invalid', refusals);
}

interface NewAccount {
  readonly name: string;
  readonly personId: string;
  readonly passwordHash: string;
}

/**
 * The accounts that are new, renamed or given another password. A password that is already the
 * account's is recognised by verifying it, so that the same call twice signs nobody out.
 */
async function changedAccounts(
  deps: IdentityDeps,
  people: readonly PersonInput[],
): Promise<NewAccount[]> {
  const asked = people.map((person, i) => ({ ...person, i })).filter(speaksOfAccount);
  const names = asked.flatMap(({ account }) => (account === undefined ? [] : accountName(account)));
  const known = await accounts.findAccounts(
    deps.db,
    names,
    asked.map(({ id }) => id),
  );
  const changed: NewAccount[] = [];
  const refusals: Refusal[] = [];
  for (const { id, account, password, i } of asked) {
    const before = known.find(({ personId }) => personId === id) ?? null;
    const name = account === undefined ? before?.name : accountName(account);
    const owner = known.find((other) => other.name === name);
    if (name === undefined) {
      refusals.push({ code: 'identity.account_missing', path: `people[${i}].account` });
    } else if (owner && owner.personId !== id) {
      refusals.push({ code: 'identity.account_taken', path: `people[${i}].account`, seen: name });
    } else {
      const passwordHash = await passwordHashOf(deps, before, password);
      if (passwordHash === null) {
        refusals.push({ code: 'identity.password_missing', path: `people[${i}].password` });
      } else if (passwordHash !== before?.passwordHash || name !== before.name) {
        changed.push({ name, personId: id, passwordHash });
      }
    }
  }
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return changed;
}

/** The hash an account is to have; `null` when there is none to keep and no password to make one of. */
async function passwordHashOf(
  { passwords }: IdentityDeps,
  before: accounts.Account | null,
  password: string | undefined,
): Promise<string | null> {
  if (password === undefined) return before?.passwordHash ?? null;
  const isSame = before !== null && (await passwords.verify(before.passwordHash, password));
  return isSame ? before.passwordHash : passwords.hash(password);
}

const speaksOfAccount = ({ account, password }: PersonInput): boolean =>
  account !== undefined || password !== undefined;
