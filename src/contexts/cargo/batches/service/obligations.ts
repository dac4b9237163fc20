import { addDays, type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import { compare, decimal, parseDecimal, sum, toText } from '../../../../kernel/decimal.ts';
import { type Envelope, type EventRecord, place } from '../../../../kernel/event.ts';
import type { Refusal } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { daysAfter, entryDue, stateOn, WARN_DAYS } from '../due-days.ts';
import { entryStream, type NewEntryEvent } from '../events.ts';
import * as store from '../store/obligations.ts';
import type { BatchDeps } from './deps.ts';

/** Goods that entered a zone by a passport of type 1. */
export interface Entry {
  readonly passport: string;
  readonly transportDocNo: string;
  readonly organisation: string;
  readonly office: string;
  readonly zone: string;
  readonly packages: number;
  readonly grossMassKg: string;
  readonly envelope: Envelope;
}

/**
 * Each entry is an obligation to declare. The days count from the declared entry of the conveyance;
 * where its manifest is not in, from the day the goods entered.
 */
export async function enterFirst(
  deps: Pick<BatchDeps, 'declaredEntryOf'>,
  tx: Tx,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const declared = await deps.declaredEntryOf(
    tx,
    entries.map(({ transportDocNo }) => transportDocNo),
  );
  const begun = entries.map(({ envelope, ...entry }) => {
    const enteredOn = localDateOf(envelope.occurredAt);
    const declaredEntryOn = declared.get(entry.transportDocNo) ?? enteredOn;
    const { dueOn, legalBasis } = entryDue(declaredEntryOn);
    const obligation: store.StoredObligation = {
      ...entry,
      enteredAt: envelope.occurredAt,
      declaredEntryOn,
      dueOn,
      status: 'open',
      version: 1,
      declaration: null,
      declaredOn: null,
      legalBasis,
    };
    return { obligation, envelope };
  });
  const fresh = await store.insert(
    tx,
    begun.map(({ obligation }) => obligation),
  );
  const events = begun
    .filter(({ obligation }) => fresh.has(obligation.passport))
    .flatMap(({ obligation, envelope }) => {
      const { passport, transportDocNo, organisation, declaredEntryOn, dueOn } = obligation;
      const { packages, grossMassKg, legalBasis } = obligation;
      return tell(
        passport,
        0,
        {
          kind: 'cargo.enteredFirst',
          legalBasis,
          payload: { transportDocNo, organisation, declaredEntryOn, dueOn, packages, grossMassKg },
        },
        envelope,
      );
    });
  await append(tx, events);
}

/** Why an enterprise may not enter goods first on a day: a declaration it owes is overdue. */
export async function arrearsOf(
  db: Db,
  organisation: string,
  on: LocalDate,
): Promise<Refusal | null> {
  if (!(await store.isInArrears(db, organisation, on))) return null;
  return {
    code: 'cargo.entry_right_suspended',
    seen: organisation,
    legalBasis: entryDue(on).legalBasis,
  };
}

/** A declaration of goods that entered first, about to be accepted. */
export interface LaterDeclaration {
  readonly declaration: string;
  readonly transportDocNo: string | null;
  readonly passportNo: string | null;
  readonly packages: number | null;
  readonly grossMassKg: string | null;
}

/** What is wrong with such declarations: they must stand for exactly what entered. Locks what they stand for. */
export async function checkLater(
  tx: Tx,
  later: readonly LaterDeclaration[],
): Promise<ReadonlyMap<string, Refusal[]>> {
  const bills = later.flatMap(({ transportDocNo }) => transportDocNo ?? []);
  const entered = await store.lockByBills(tx, bills);
  const taken = new Map<string, string>();
  return new Map(
    later.map((each) => {
      const own = entered.filter(({ transportDocNo }) => transportDocNo === each.transportDocNo);
      const problems = compareEntries(each, own, taken.get(each.transportDocNo ?? ''));
      if (problems.length === 0) taken.set(each.transportDocNo ?? '', each.declaration);
      return [each.declaration, problems];
    }),
  );
}

function compareEntries(
  later: LaterDeclaration,
  own: readonly store.StoredObligation[],
  takenBy: string | undefined,
): Refusal[] {
  const at = 'modes.passportNo';
  const named = own.find(({ passport }) => passport === later.passportNo);
  if (!named) return [{ code: 'cargo.entry_not_entered', path: at, seen: later.passportNo ?? '' }];
  const other = own.find((each) => each.declaration && each.declaration !== later.declaration);
  const declaration = other?.declaration ?? takenBy;
  if (declaration && declaration !== later.declaration)
    return [
      {
        code: 'cargo.entry_declared_already',
        path: at,
        seen: named.passport,
        params: { declaration },
      },
    ];
  const problems: Refusal[] = [];
  const packages = own.reduce((count, each) => count + each.packages, 0);
  if (packages !== later.packages)
    problems.push({
      code: 'cargo.entry_packages_differ',
      path: 'packages.count',
      seen: String(later.packages ?? ''),
      params: { entered: packages },
    });
  const gross = sum(own.map(({ grossMassKg }) => decimal(grossMassKg)));
  const declared = later.grossMassKg === null ? null : parseDecimal(later.grossMassKg);
  if (!declared || compare(gross, declared) !== 0)
    problems.push({
      code: 'cargo.entry_mass_differs',
      path: 'grossMassKg',
      seen: later.grossMassKg ?? '',
      params: { entered: toText(gross) },
    });
  return problems;
}

/** The declarations are accepted: what they stand for is declared, late or not. */
export async function declareLater(
  tx: Tx,
  accepted: readonly {
    readonly declaration: string;
    readonly transportDocNo: string | null;
    readonly envelope: Envelope;
  }[],
): Promise<void> {
  const bills = new Map(accepted.map((each) => [each.transportDocNo ?? '', each]));
  const entered = await store.lockByBills(tx, [...bills.keys()]);
  const next: store.StoredObligation[] = [];
  const events: EventRecord[] = [];
  for (const obligation of entered) {
    const by = bills.get(obligation.transportDocNo);
    if (!by || obligation.status === 'declared') continue;
    const declaredOn = localDateOf(by.envelope.occurredAt);
    const daysLate = daysAfter(obligation.dueOn, declaredOn);
    const { declaration, envelope } = by;
    const event = { kind: 'cargo.declaredLater', payload: { declaration, daysLate } } as const;
    events.push(...tell(obligation.passport, obligation.version, event, envelope));
    const version = obligation.version + 1;
    next.push({ ...obligation, status: 'declared', version, declaration, declaredOn });
  }
  await store.save(tx, next);
  await append(tx, events);
}

/** A declaration ended without clearing what it stood for: it is to be declared anew. */
export async function reopenEntries(
  tx: Tx,
  declaration: string,
  reason: string,
  envelope: Envelope,
): Promise<void> {
  const entered = await store.lockByDeclarations(tx, [declaration]);
  const on = localDateOf(envelope.recordedAt);
  const event = { kind: 'cargo.entryReopened', payload: { declaration, reason } } as const;
  await append(
    tx,
    entered.flatMap(({ passport, version }) => tell(passport, version, event, envelope)),
  );
  await store.save(
    tx,
    entered.map((obligation) => ({
      ...obligation,
      status: statusOn(obligation.dueOn, on),
      version: obligation.version + 1,
      declaration: null,
      declaredOn: null,
    })),
  );
}

/** What a day does to obligations: warns before the last day, and says when it has passed. Any day may be told again. */
export async function ageEntries(tx: Tx, on: LocalDate, envelope: Envelope): Promise<number> {
  const due = await store.lockDue(tx, addDays(on, WARN_DAYS));
  const changed = due.filter(({ status, dueOn }) => statusOn(dueOn, on) !== status);
  const events = changed.flatMap(({ passport, version, dueOn, legalBasis }) => {
    const event: NewEntryEvent =
      statusOn(dueOn, on) === 'overdue'
        ? {
            kind: 'cargo.entryOverdue',
            legalBasis,
            payload: { dueOn, feeFrom: addDays(dueOn, 1) },
          }
        : { kind: 'cargo.entryDueSoon', legalBasis, payload: { dueOn } };
    return tell(passport, version, event, envelope);
  });
  await append(tx, events);
  await store.save(
    tx,
    changed.map((obligation) => ({
      ...obligation,
      status: statusOn(obligation.dueOn, on),
      version: obligation.version + 1,
    })),
  );
  return changed.length;
}

function statusOn(dueOn: LocalDate, on: LocalDate): 'open' | 'dueSoon' | 'overdue' {
  const state = stateOn(dueOn, on);
  return state === 'running' ? 'open' : state;
}

const tell = (passport: string, after: number, event: NewEntryEvent, envelope: Envelope) =>
  place(entryStream(passport), after, [event], { ...envelope, consignment: passport });
