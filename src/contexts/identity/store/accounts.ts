import { sql } from 'kysely';
import type { Instant } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';

export interface Account {
  readonly name: string;
  readonly personId: string;
  readonly passwordHash: string;
  readonly failures: number;
  readonly lockedUntil: Instant | null;
}

interface AccountRow {
  name: string;
  person_id: string;
  password_hash: string;
  failures: number;
  locked_until: Date | null;
}

const toAccount = (row: AccountRow): Account => ({
  name: row.name,
  personId: row.person_id,
  passwordHash: row.password_hash,
  failures: row.failures,
  lockedUntil: row.locked_until?.toISOString() ?? null,
});

export async function findAccount(db: Db, name: string): Promise<Account | null> {
  const { rows } = await sql<AccountRow>`
    select * from identity.account where name = ${name}
  `.execute(db);
  return rows[0] ? toAccount(rows[0]) : null;
}

/** Accounts with one of these names, or of one of these people. */
export async function findAccounts(
  db: Db,
  names: readonly string[],
  personIds: readonly string[],
): Promise<Account[]> {
  const { rows } = await sql<AccountRow>`
    select * from identity.account
    where name = any(${names}::text[]) or person_id = any(${personIds}::text[])
  `.execute(db);
  return rows.map(toAccount);
}

export async function hasAccounts(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from identity.account) as found
  `.execute(db);
  return rows[0]?.found ?? false;
}

/** Gives a person an account, or a new name or password to the one it has; a lock is lifted. */
export async function saveAccount(
  tx: Tx,
  account: { readonly name: string; readonly personId: string; readonly passwordHash: string },
): Promise<void> {
  await sql`
    insert into identity.account (name, person_id, password_hash)
    values (${account.name}, ${account.personId}, ${account.passwordHash})
    on conflict (person_id) do update
      set name = excluded.name, password_hash = excluded.password_hash,
        failures = 0, locked_until = null
  `.execute(tx);
}

/** Counts a wrong password; answers how many in a row that makes. */
export async function countFailure(db: Db, name: string): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    update identity.account set failures = failures + 1 where name = ${name} returning failures
  `.execute(db);
  return rows[0]?.failures ?? 0;
}

export async function lockAccount(db: Db, name: string, until: Instant): Promise<void> {
  await sql`
    update identity.account set locked_until = ${until} where name = ${name}
  `.execute(db);
}

export async function clearFailures(tx: Tx, name: string): Promise<void> {
  await sql`
    update identity.account set failures = 0, locked_until = null
    where name = ${name} and (failures > 0 or locked_until is not null)
  `.execute(tx);
}
