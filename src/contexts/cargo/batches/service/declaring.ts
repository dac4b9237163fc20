import { type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import { subtract, ZERO } from '../../../../kernel/decimal.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { type BatchState, objection } from '../application.ts';
import { declare } from '../drawing.ts';
import { monthDue, monthOf, stateOn } from '../due-days.ts';
import * as applications from '../store/applications.ts';
import * as movements from '../store/movements.ts';
import { keep, load, notFound, openWork } from './applications.ts';

/*
 * What clearance needs in order to declare movements. Each is part of the caller's transaction, and
 * holds the application while it lasts.
 */

export interface Undeclared {
  readonly batch: BatchState;
  /** What crossed up to the day and stands on no declaration; goods that came back are negative. */
  readonly movements: readonly movements.StoredMovement[];
}

/** What of an application there is to declare. */
export async function readUndeclared(
  tx: Tx,
  application: string,
  through: LocalDate,
): Promise<Undeclared> {
  if (!(await applications.lock(tx, [application])).has(application)) throw notFound(application);
  const batch = await load(tx, application);
  const against = objection(batch, 'consolidate');
  if (against) throw new Refused('conflict', against);
  return { batch, movements: await movements.undeclared(tx, application, through) };
}

/** The last day on which anything of an application may be declared: the due day of its last month. */
export const lastDueOn = ({ content }: BatchState): LocalDate =>
  monthDue(content.regime, monthOf(content.validTo)).dueOn;

/** Binds movements to the declarations that will stand for them; what cancelled out is settled at once. */
export async function planDeclarations(
  tx: Tx,
  planned: {
    readonly application: string;
    readonly consolidation: string;
    readonly through: LocalDate;
    readonly declarations: readonly string[];
    /** Each movement and its declaration; `null` where it cancelled out. */
    readonly placed: readonly {
      readonly movement: movements.StoredMovement;
      readonly declaration: string | null;
    }[];
  },
  envelope: Envelope,
): Promise<void> {
  const { application, consolidation, through, declarations, placed } = planned;
  await movements.place(
    tx,
    placed.map(({ movement, declaration }) => ({
      id: movement.id,
      state: declaration === null ? ('declared' as const) : ('planned' as const),
      consolidation,
      declaration,
    })),
  );
  await count(
    tx,
    application,
    placed.map(({ movement }) => movement),
    1,
  );
  const work = await openWork(tx, application, { ...envelope, consignment: application });
  work.push({
    kind: 'cargo.batchConsolidationPlanned',
    payload: {
      consolidation,
      through,
      declarations: [...declarations],
      movements: placed.length,
    },
  });
  await keep(work);
}

/** Their declarations are accepted: these movements are declared, once. An overdue application resumes. */
export async function declareMovements(
  tx: Tx,
  declarations: readonly string[],
  envelope: Envelope,
): Promise<void> {
  for (const [application, own] of await held(tx, declarations)) {
    const planned = own.filter(({ state }) => state === 'planned');
    if (planned.length === 0) continue;
    await movements.place(
      tx,
      planned.map((movement) => ({ ...movement, state: 'declared' as const })),
    );
    const work = await openWork(tx, application, { ...envelope, consignment: application });
    work.push({
      kind: 'cargo.batchDeclared',
      payload: {
        consolidation: planned[0]?.consolidation ?? '',
        declarations: declarationsOf(planned),
      },
    });
    const month = await firstOverdue(tx, work.state, localDateOf(envelope.recordedAt));
    if (work.state.suspension && !month) {
      const last =
        planned
          .map(({ countsOn }) => monthOf(countsOn))
          .sort()
          .at(-1) ?? '';
      work.push({ kind: 'cargo.batchResumed', payload: { month: last } });
    }
    await keep(work);
  }
}

/** The declarations were not accepted, or ended: their movements are to be declared anew. */
export async function undeclareMovements(
  tx: Tx,
  declarations: readonly string[],
  reason: string,
  envelope: Envelope,
): Promise<void> {
  for (const [application, own] of await held(tx, declarations)) {
    await movements.place(
      tx,
      own.map(({ id }) => ({ id, state: 'undeclared', consolidation: null, declaration: null })),
    );
    await count(tx, application, own, -1);
    const work = await openWork(tx, application, { ...envelope, consignment: application });
    work.push({
      kind: 'cargo.batchUndeclared',
      payload: {
        consolidation: own[0]?.consolidation ?? '',
        declarations: declarationsOf(own),
        reason,
      },
    });
    await keep(work);
  }
}

/** The oldest month that is overdue on a day. */
export async function firstOverdue(
  tx: Tx,
  { id, content }: BatchState,
  on: LocalDate,
): Promise<{ month: string; dueOn: LocalDate; legalBasis: string } | null> {
  for (const { month } of await movements.openMonths(tx, [id])) {
    const due = monthDue(content.regime, month);
    if (stateOn(due.dueOn, on) === 'overdue') return { month, ...due };
  }
  return null;
}

/** The movements of declarations, by application, with the applications held. */
async function held(
  tx: Tx,
  declarations: readonly string[],
): Promise<Map<string, movements.StoredMovement[]>> {
  const before = await movements.ofDeclarations(tx, declarations);
  const batches = [...new Set(before.map(({ batch }) => batch))].sort();
  await applications.lock(tx, batches);
  const own = await movements.ofDeclarations(tx, declarations);
  return new Map(batches.map((batch) => [batch, own.filter((each) => each.batch === batch)]));
}

async function count(
  tx: Tx,
  application: string,
  moved: readonly movements.StoredMovement[],
  sign: 1 | -1,
): Promise<void> {
  const lines = (await applications.linesOf(tx, [application])).get(application) ?? new Map();
  for (const { lineNo, quantity } of moved) {
    const line = lines.get(lineNo);
    const change = sign === 1 ? quantity : subtract(ZERO, quantity);
    if (line) lines.set(lineNo, { ...line, ...declare(line, change) });
  }
  await applications.saveBalances(tx, [...lines.values()]);
}

const declarationsOf = (moved: readonly movements.StoredMovement[]): string[] =>
  [...new Set(moved.flatMap(({ declaration }) => declaration ?? []))].sort();
