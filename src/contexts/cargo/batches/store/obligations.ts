import { sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { decimal, toText } from '../../../../kernel/decimal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { EntryObligation, EntryObligationSearch } from '../contract.ts';
import { daysAfter } from '../due-days.ts';
import type { Visibility } from './applications.ts';

export type StoredObligation = Omit<EntryObligation, 'daysLate'> & { readonly version: number };

interface Row {
  passport: string;
  transport_doc_no: string;
  organisation: string;
  office: string;
  zone: string;
  entered_at: Date;
  declared_entry_on: string;
  due_on: string;
  packages: number;
  gross_mass_kg: string;
  status: StoredObligation['status'];
  version: number;
  declaration: string | null;
  declared_on: string | null;
  legal_basis: string;
}

/** Writes new obligations; the passports of those that were not there yet. */
export async function insert(
  tx: Tx,
  obligations: readonly StoredObligation[],
): Promise<Set<string>> {
  if (obligations.length === 0) return new Set();
  const { rows } = await sql<{ passport: string }>`
    insert into cargo.entry_obligation (passport, transport_doc_no, organisation, office, zone,
      entered_at, declared_entry_on, due_on, packages, gross_mass_kg, status, version, legal_basis)
    select passport, "transportDocNo", organisation, office, zone, "enteredAt", "declaredEntryOn",
      "dueOn", packages, "grossMassKg", status, version, "legalBasis"
    from json_to_recordset(${JSON.stringify(obligations)}::json) as row(passport text,
      "transportDocNo" text, organisation text, office text, zone text, "enteredAt" timestamptz,
      "declaredEntryOn" date, "dueOn" date, packages int, "grossMassKg" numeric, status text,
      version int, "legalBasis" text)
    on conflict (passport) do nothing
    returning passport
  `.execute(tx);
  return new Set(rows.map((row) => row.passport));
}

export async function save(tx: Tx, obligations: readonly StoredObligation[]): Promise<void> {
  if (obligations.length === 0) return;
  await sql`
    update cargo.entry_obligation as o set status = r.status, version = r.version,
      declaration = r.declaration, declared_on = r."declaredOn"
    from json_to_recordset(${JSON.stringify(obligations)}::json) as r(passport text, status text,
      version int, declaration text, "declaredOn" date)
    where o.passport = r.passport
  `.execute(tx);
}

/** All that entered on some bills of lading, held until the end of the transaction. */
export async function lockByBills(tx: Tx, bills: readonly string[]): Promise<StoredObligation[]> {
  if (bills.length === 0) return [];
  const { rows } = await sql<Row>`
    select * from cargo.entry_obligation where transport_doc_no = any(${[...bills]}::text[])
    order by passport for update
  `.execute(tx);
  return rows.map(toStored);
}

/** What declarations stand for, held until the end of the transaction. */
export async function lockByDeclarations(
  tx: Tx,
  declarations: readonly string[],
): Promise<StoredObligation[]> {
  if (declarations.length === 0) return [];
  const { rows } = await sql<Row>`
    select * from cargo.entry_obligation where declaration = any(${[...declarations]}::text[])
    order by passport for update
  `.execute(tx);
  return rows.map(toStored);
}

/** Undeclared ones whose last day is not after a day. */
export async function lockDue(tx: Tx, by: LocalDate): Promise<StoredObligation[]> {
  const { rows } = await sql<Row>`
    select * from cargo.entry_obligation
    where status in ('open', 'dueSoon') and due_on <= ${by}
    order by passport for update
  `.execute(tx);
  return rows.map(toStored);
}

/** Whether an enterprise owes a declaration that is overdue on a day. */
export async function isInArrears(db: Db, organisation: string, on: LocalDate): Promise<boolean> {
  const { rows } = await sql`
    select 1 from cargo.entry_obligation
    where organisation = ${organisation} and status <> 'declared' and due_on < ${on}
    limit 1
  `.execute(db);
  return rows.length > 0;
}

export async function search(
  db: Db,
  visible: Visibility,
  wanted: EntryObligationSearch,
): Promise<{ rows: StoredObligation[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select * from cargo.entry_obligation
    where (${visible.organisation}::text is null or organisation = ${visible.organisation})
      and (${visible.offices === null} or office = any(${[...(visible.offices ?? [])]}::text[]))
      and (${wanted.status ?? null}::text is null or status = ${wanted.status ?? null})
      and (${wanted.bill ?? null}::text is null or transport_doc_no = ${wanted.bill ?? null})
      and (${wanted.cursor ?? null}::text is null or (due_on, passport) >
        (select due_on, passport from cargo.entry_obligation where passport = ${wanted.cursor ?? null}))
    order by due_on, passport
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map(toStored);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.passport ?? null) : null };
}

/** As it stands on a day: while it is not declared, its lateness grows. */
export function shown(obligation: StoredObligation, on: LocalDate): EntryObligation {
  const { version: _, ...rest } = obligation;
  return { ...rest, daysLate: daysAfter(rest.dueOn, rest.declaredOn ?? on) };
}

function toStored(row: Row): StoredObligation {
  return {
    passport: row.passport,
    transportDocNo: row.transport_doc_no,
    organisation: row.organisation,
    office: row.office,
    zone: row.zone,
    enteredAt: row.entered_at.toISOString(),
    declaredEntryOn: row.declared_entry_on,
    dueOn: row.due_on,
    packages: row.packages,
    grossMassKg: toText(decimal(row.gross_mass_kg)),
    status: row.status,
    version: row.version,
    declaration: row.declaration,
    declaredOn: row.declared_on,
    legalBasis: row.legal_basis,
  };
}
