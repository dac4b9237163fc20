import { addDays, type Instant, type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { toText } from '../../../kernel/decimal.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import {
  type BatchOpenMonth,
  batchConcerns,
  concernsOf,
  consolidateBatches,
  lastDueOn,
  openMonthsOf,
  planDeclarations,
  readBatches,
  readUndeclared,
  type Undeclared,
  undeclareMovements,
} from '../../cargo/index.ts';
import { type Actor, authorise, envelopeOf, PLATFORM, recordAudit } from '../../identity/index.ts';
import type { FilingResult } from '../contract.ts';
import type { Consolidation, ConsolidationPreview, ConsolidationRequest } from './contract.ts';
import { contentOf, type Merged, merge } from './merge.ts';
import * as store from './store.ts';

export interface ConsolidationDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The ordinary filing service: filing the same again is the same filing. */
  readonly file: (actor: Actor, filings: readonly unknown[]) => Promise<FilingResult[]>;
}

/** Declaring what crossed in batches. */
export function createConsolidations(deps: ConsolidationDeps) {
  /**
   * Builds and files the declarations of what crossed up to a day. The same id is the same
   * consolidation: asking again gives its answer, or completes it where it was interrupted.
   */
  async function consolidate(
    actor: Actor,
    application: string,
    said: ConsolidationRequest,
  ): Promise<Consolidation> {
    const { id, occurredAt } = said;
    const on = localDateOf(envelopeFor(deps, actor, application, occurredAt).occurredAt);
    const through = said.through ?? on;
    if (through > on) {
      throw new Refused('invalid', {
        code: 'clearance.consolidation_of_the_future',
        path: 'through',
        seen: through,
      });
    }
    await inTransaction(deps.db, (tx) =>
      plan(deps, tx, actor, { application, id, through, occurredAt }),
    );
    return answer(deps, actor, said.id);
  }

  return {
    consolidate,

    /** What a consolidation would declare now; writes nothing. */
    async preview(
      actor: Actor,
      application: string,
      through: LocalDate | null,
    ): Promise<ConsolidationPreview> {
      const on = through ?? localDateOf(deps.clock.now());
      const found = await inTransaction(deps.db, (tx) => readUndeclared(tx, application, on));
      authorise(actor, readBatches, batchConcerns(found.batch));
      return { through: on, ...previewOf(mergeOf(found)) };
    },

    async list(actor: Actor, application: string): Promise<Consolidation[]> {
      authorise(actor, readBatches, await concernsOf(deps.db, application));
      return (await store.list(deps.db, application)).map(shown);
    },

    /**
     * Completes what was interrupted, and declares every finished month that nobody asked for. The
     * same day may be told any number of times. What is returned waits for the enterprise.
     */
    async tick(on: LocalDate): Promise<{ consolidated: number; completed: number }> {
      let completed = 0;
      for (const id of await store.unanswered(deps.db)) {
        const left = await store.find(deps.db, id);
        if (left) await answer(deps, enterpriseOf(left.organisation), id);
        completed += 1;
      }
      let consolidated = 0;
      for (const each of await finishedMonths(deps.db, on)) {
        if (await declareMonth(deps, each)) consolidated += 1;
      }
      return { consolidated, completed };
    },
  };
}
export type Consolidations = ReturnType<typeof createConsolidations>;

/** The platform, declaring for an enterprise what the enterprise's application says it will declare. */
const enterpriseOf = (organisation: string): Actor => ({
  ...PLATFORM,
  organisationId: organisation,
  roles: ['enterpriseSystem'],
});

const finishedMonths = async (db: Db, on: LocalDate): Promise<BatchOpenMonth[]> =>
  (await openMonthsOf(db)).filter(({ month }) => month < on.slice(0, 7));

const lastDayOf = (month: string): LocalDate =>
  addDays(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`, -1);

/**
 * Declares a finished month. What came to light after it was declared once goes on another; a month
 * that was returned, or is beyond the application's last due day, waits for the enterprise.
 */
async function declareMonth(
  deps: ConsolidationDeps,
  { application, organisation, month }: BatchOpenMonth,
): Promise<boolean> {
  const actor = enterpriseOf(organisation);
  const first = `${application}-${month.replace('-', '')}`;
  let id = first;
  for (let n = 2; ; n += 1) {
    const before = await store.find(deps.db, id);
    if (!before) break;
    if (before.status !== 'declared') return false;
    id = `${first}.${n}`;
  }
  try {
    const through = lastDayOf(month);
    await inTransaction(deps.db, (tx) => plan(deps, tx, actor, { application, id, through }));
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
  await answer(deps, actor, id);
  return true;
}

const mergeOf = ({ batch, movements }: Undeclared): Merged => merge(batch.content.lines, movements);

/** One consolidation to be planned: its id, of which application, and up to which day. */
interface Asked {
  readonly application: string;
  readonly id: string;
  readonly through: LocalDate;
  readonly occurredAt?: Instant | undefined;
}

/** Binds what is undeclared to declarations, and keeps what will be filed; a known id plans nothing. */
async function plan(
  deps: ConsolidationDeps,
  tx: Tx,
  actor: Actor,
  { application, id, through, occurredAt }: Asked,
): Promise<void> {
  const before = await store.find(tx, id, true);
  if (before) return requireSame(actor, before, application);
  const found = await readUndeclared(tx, application, through);
  const { batch } = found;
  authorise(actor, consolidateBatches, batchConcerns(batch));
  const envelope = envelopeFor(deps, actor, application, occurredAt);
  requireInTime(lastDueOn(batch), localDateOf(envelope.occurredAt));
  const merged = mergeOf(found);
  const declarations = merged.declarations.map((declaration, index) => ({
    id: store.declarationId(id, index + 1),
    outcome: 'planned' as const,
    number: null,
    lines: declaration.lines.length,
    currency: declaration.currency,
    totalValue: toText(declaration.totalValue),
    problems: [],
    content: contentOf(batch, declaration),
    ...(occurredAt && { occurredAt: envelope.occurredAt }),
  }));
  const isNothing = declarations.length === 0;
  const isNew = await store.insert(tx, {
    id,
    application,
    organisation: batch.organisation,
    through,
    status: isNothing ? 'nothing' : 'planned',
    movements: found.movements.length,
    declarations,
    plannedAt: envelope.occurredAt,
    answeredAt: isNothing ? envelope.occurredAt : null,
  });
  if (!isNew) throw new Refused('conflict', { code: 'clearance.consolidation_id_taken', seen: id });
  if (found.movements.length === 0) return;
  const placed = [
    ...merged.declarations.flatMap(({ lines }, index) =>
      lines.flatMap(({ movements }) =>
        movements.map((movement) => ({
          movement,
          declaration: store.declarationId(id, index + 1),
        })),
      ),
    ),
    ...merged.settled.map((movement) => ({ movement, declaration: null })),
  ];
  await planDeclarations(
    tx,
    {
      application,
      consolidation: id,
      through,
      declarations: declarations.map((declaration) => declaration.id),
      placed,
    },
    envelope,
  );
  await recordAudit(tx, {
    actor,
    operation: consolidateBatches.operation,
    subjects: [`batch:${application}`],
    outcome: 'done',
    detail: { consolidation: id, movements: found.movements.length },
    at: envelope.recordedAt,
  });
}

function requireSame(actor: Actor, before: store.StoredConsolidation, application: string): void {
  authorise(actor, consolidateBatches, { organisations: [before.organisation] });
  if (before.application === application) return;
  throw new Refused('conflict', {
    code: 'clearance.consolidation_id_taken',
    path: 'id',
    seen: before.id,
  });
}

/** After the due day of its last month an application declares nothing more: it must be extended first. */
function requireInTime(last: LocalDate, on: LocalDate): void {
  if (on <= last) return;
  throw new Refused('conflict', {
    code: 'clearance.consolidation_after_validity',
    params: { last, on },
  });
}

/**
 * Files what is planned, and keeps the answers. Movements of what is not accepted are freed. When it
 * was done was said by somebody who might say so, and holds for whoever completes it.
 */
async function answer(deps: ConsolidationDeps, actor: Actor, id: string): Promise<Consolidation> {
  const planned = await store.find(deps.db, id);
  if (!planned) throw new Error(`Consolidation ${id} is gone.`);
  if (planned.answeredAt) return shown(planned);
  const occurredAt = planned.declarations[0]?.occurredAt;
  const by = occurredAt ? { ...actor, mayBackdate: true } : actor;
  const results = await deps.file(
    by,
    planned.declarations.map((declaration) => ({
      ...{ id: declaration.id, content: declaration.content },
      ...(occurredAt && { occurredAt }),
    })),
  );
  return inTransaction(deps.db, async (tx) => {
    const current = await store.find(tx, id, true);
    if (!current || current.answeredAt) return shown(current ?? planned);
    const declarations = current.declarations.map((declaration, index) => {
      const result = results[index];
      if (!result) throw new Error(`Declaration ${declaration.id} was left without an answer.`);
      const { outcome, number, problems } = result;
      return { ...declaration, outcome, number, problems };
    });
    const failed = declarations.filter(({ outcome }) => !isAccepted(outcome));
    const envelope = envelopeFor(deps, by, current.application, occurredAt);
    const next: store.StoredConsolidation = {
      ...current,
      declarations,
      answeredAt: envelope.occurredAt,
      status:
        failed.length === 0
          ? 'declared'
          : failed.length === declarations.length
            ? 'returned'
            : 'partlyDeclared',
    };
    await store.save(tx, next);
    await undeclareMovements(
      tx,
      failed.map((declaration) => declaration.id),
      'returned',
      envelope,
    );
    return shown(next);
  });
}

const envelopeFor = (
  deps: ConsolidationDeps,
  actor: Actor,
  consignment: string,
  occurredAt?: Instant,
) =>
  envelopeOf(deps, actor, {
    consignment,
    occurredAt,
    onBehalfOf: actor.via === 'system' ? actor.organisationId : null,
  });

const isAccepted = (outcome: FilingResult['outcome']): boolean =>
  outcome !== 'returned' && outcome !== 'refused';

function shown(stored: store.StoredConsolidation): Consolidation {
  return {
    ...stored,
    declarations: stored.declarations.map(({ content: _, occurredAt: __, ...shown }) => shown),
  };
}

function previewOf({ declarations, settled }: Merged): Omit<ConsolidationPreview, 'through'> {
  return {
    settled: settled.length,
    declarations: declarations.map((declaration) => ({
      currency: declaration.currency,
      totalValue: toText(declaration.totalValue),
      grossMassKg: toText(declaration.grossMassKg),
      netMassKg: toText(declaration.netMassKg),
      packages: declaration.packages,
      lines: declaration.lines.map(({ of, quantity, value, movements }) => ({
        hsCode: of.hsCode,
        description: of.description,
        originCountry: of.originCountry,
        unit: of.unit,
        unitPrice: of.unitPrice,
        quantity: toText(quantity),
        value: toText(value),
        movements: movements.length,
      })),
    })),
  };
}
