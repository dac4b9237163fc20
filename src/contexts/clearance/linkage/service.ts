import type { z } from 'zod';
import type { Instant } from '../../../kernel/dates.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Column, type Language, rowsWorkbook } from '../../../platform/workbook.ts';
import { openCase } from '../../cases/index.ts';
import {
  type Actor,
  authorise,
  envelopeAt,
  envelopeOf,
  isPermitted,
  type Permission,
  type Resource,
  reachOf,
  recordAudit,
} from '../../identity/index.ts';
import { whomItConcerns } from '../concerned.ts';
import { streamOf } from '../events.ts';
import type {
  CheckAnswer,
  CheckPage,
  CheckPause,
  CheckSearch,
  JointOrder,
  JointVisit,
} from './contract.ts';
import { type LinkageEvent, linkageStream, type NewLinkageEvent } from './events.ts';
import { readOrders, writeOrder } from './filing.ts';
import * as order from './order.ts';
import { answerChecks, readChecks, recordVisits } from './permissions.ts';
import * as store from './store.ts';

interface LinkageDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** Orders looked at in one round of `age`. */
const ROUND = 200;
/** Most rows one workbook holds. */
const EXPORT_MAX = 10_000;
const COLUMNS: readonly Column[] = [
  { key: 'declaration', zh: '申报编号', en: 'Declaration', width: 20 },
  { key: 'number', zh: '报关单号', en: 'Number', width: 22 },
  { key: 'owner', zh: '办理单位', en: 'Owner', width: 18 },
  { key: 'reason', zh: '检查事由', en: 'Reason', width: 34 },
  { key: 'legalBasis', zh: '法律依据', en: 'Legal basis', width: 30 },
  { key: 'status', zh: '状态', en: 'Status', width: 14 },
  { key: 'dueAt', zh: '办理期限', en: 'Due', width: 24 },
  { key: 'hsCode', zh: '商品编码', en: 'Tariff code', width: 14 },
  { key: 'description', zh: '品名', en: 'Description', width: 30 },
  { key: 'originCountry', zh: '原产国', en: 'Origin', width: 8 },
  { key: 'domesticName', zh: '境内收发货人', en: 'Domestic party', width: 30 },
];

/** Answering, pausing and visiting; the work lists of authorities. */
export function createLinkage(deps: LinkageDeps) {
  const { db, clock } = deps;

  async function act(
    actor: Actor,
    declaration: string,
    needed: Permission,
    about: (state: order.OrderState) => Resource,
    occurredAt: Instant | undefined,
    decide: (state: order.OrderState, envelope: Envelope) => NewLinkageEvent[],
  ): Promise<JointOrder> {
    await inTransaction(db, async (tx) => {
      const state = (await readOrders(tx, [declaration])).get(declaration);
      if (!state) throw notFound(declaration);
      authorise(actor, needed, about(state));
      const envelope = envelopeOf(deps, actor, { occurredAt, consignment: declaration });
      const decided = decide(state, envelope);
      if (decided.length === 0) return;
      await writeDecided(tx, state, decided, envelope);
      await recordAudit(tx, {
        ...{ actor, operation: needed.operation, subjects: [linkageStream(declaration)] },
        ...{ outcome: 'done', at: envelope.recordedAt },
        detail: { events: decided.map(({ kind }) => kind) },
      });
    });
    return get(actor, declaration);
  }

  const actOnCheck = async (
    actor: Actor,
    check: string,
    occurredAt: Instant | undefined,
    decide: (state: order.OrderState, envelope: Envelope) => NewLinkageEvent[],
  ): Promise<JointOrder> => {
    const declaration = await store.findDeclarationOf(db, check);
    if (!declaration) throw notFound(check);
    return act(actor, declaration, answerChecks, ownerOf(check), occurredAt, decide);
  };

  async function get(actor: Actor, declaration: string): Promise<JointOrder> {
    const concerned = await whomItConcerns(db, declaration);
    const state = order.fold((await readStream(db, linkageStream(declaration))) as LinkageEvent[]);
    const owners = state?.checks.map((check) => check.owner) ?? [];
    authorise(actor, readChecks, {
      organisations: [...concerned.organisations, ...owners],
      offices: [...concerned.offices, ...owners],
    });
    if (!state) {
      const nothing = { checks: [], visits: [], allowed: [], examination: null };
      return { declaration, version: 0, ...nothing };
    }
    return shown(actor, state, concerned);
  }

  /** What waits for the reader's authority or office, the one due first on top. */
  async function workList(actor: Actor, wanted: CheckSearch): Promise<CheckPage> {
    const reach = reachOf(actor, readChecks);
    const owners = reach.any ? null : [...reach.organisations, ...reach.offices];
    return store.searchChecks(db, owners, wanted);
  }

  return {
    get,

    workList,

    /** The same work list as a workbook. */
    async workbook(actor: Actor, wanted: CheckSearch, language: Language): Promise<Uint8Array> {
      const { items } = await workList(actor, { ...wanted, cursor: undefined, limit: EXPORT_MAX });
      const rows = items.map((item) => ({ ...item, reason: item.reason[language] }));
      return rowsWorkbook(language === 'zh' ? '检查' : 'Checks', COLUMNS, rows, language);
    },

    answer: (actor: Actor, check: string, said: CheckAnswer): Promise<JointOrder> =>
      actOnCheck(actor, check, said.occurredAt, (state) => order.answer(state, check, said)),

    pause: (actor: Actor, check: string, said: z.output<typeof CheckPause>): Promise<JointOrder> =>
      actOnCheck(actor, check, undefined, (state) => order.pause(state, check, said)),

    resume: (actor: Actor, check: string, { note }: { note: string }): Promise<JointOrder> =>
      actOnCheck(actor, check, undefined, (state, { occurredAt }) =>
        order.resume(state, check, note, occurredAt),
      ),

    /** One record for everybody who was there; while customs examines, that examination is the record. */
    async visit(actor: Actor, declaration: string, said: JointVisit): Promise<JointOrder> {
      const concerned = await whomItConcerns(db, declaration);
      return act(
        actor,
        declaration,
        recordVisits,
        () => concerned,
        said.occurredAt,
        (state) => {
          if (state.examination !== null) {
            const joined = {
              code: 'clearance.check_joined_to_examination',
              seen: state.examination,
            };
            throw new Refused('conflict', joined);
          }
          return order.recordVisit(state, said);
        },
      );
    },

    /** Tells of checks whose day has passed. Told once; asked again with the same moment, nothing happens. */
    async age(at: Instant = clock.now()): Promise<number> {
      const late = await store.findLate(db, at, ROUND);
      if (late.length === 0) return 0;
      return inTransaction(db, async (tx) => {
        let told = 0;
        for (const [declaration, state] of await readOrders(tx, late)) {
          const decided = order.overdueOf(state, at);
          if (decided.length === 0) continue;
          const envelope = envelopeAt(at, clock.now(), declaration);
          await writeOrder(
            tx,
            state,
            place(linkageStream(declaration), state.seq, decided, envelope),
          );
          told += decided.length;
        }
        return told;
      });
    },
  };
}
export type Linkage = ReturnType<typeof createLinkage>;

/** Writes what was decided; a refusal opens a case, since customs has to dispose of the goods. */
export async function writeDecided(
  tx: Tx,
  state: order.OrderState,
  decided: readonly NewLinkageEvent[],
  envelope: Envelope,
): Promise<void> {
  const { declaration } = state;
  let now = await writeOrder(
    tx,
    state,
    place(linkageStream(declaration), state.seq, decided, envelope),
  );
  for (const { kind, payload } of decided) {
    if (kind !== 'clearance.ownerAnswered' || payload.outcome !== 'refused') continue;
    const { owner, reason: description } = payload;
    const nothing = { quantity: null, unit: null, lineNo: null };
    const caseId = await openCase(
      tx,
      {
        kind: 'discrepancy',
        title: {
          zh: `主管部门不予通过：${declaration}`,
          en: `Not cleared by its authority: ${declaration}`,
        },
        ...{ about: streamOf(declaration), consignment: declaration, owners: [owner] },
        findings: [{ kind: 'authorityRefused', severity: 'serious', description, ...nothing }],
      },
      envelope,
    );
    const told: NewLinkageEvent = {
      kind: 'clearance.checkCaseOpened',
      payload: { declaration, caseId },
    };
    now = await writeOrder(tx, now, place(linkageStream(declaration), now.seq, [told], envelope));
  }
}

const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'clearance.check_not_found', seen: id });

const ownerOf =
  (check: string) =>
  ({ checks }: order.OrderState): Resource => {
    const owner = checks.find(({ id }) => id === check)?.owner ?? null;
    return { organisations: [owner], offices: [owner] };
  };

function shown(actor: Actor, state: order.OrderState, concerned: Resource): JointOrder {
  const { declaration, seq, checks, examination, visits } = state;
  const own = checks.filter(
    ({ owner, status }) =>
      status === 'pending' &&
      isPermitted(actor, answerChecks, { organisations: [owner], offices: [owner] }),
  );
  const may = {
    answer: own.some(({ visit }) => !(visit && examination !== null)),
    pause: own.some(({ pause }) => !pause),
    resume: own.some(({ pause }) => pause),
    visit:
      examination === null &&
      checks.some(({ status, visit }) => status === 'pending' && visit) &&
      isPermitted(actor, recordVisits, concerned),
  };
  return {
    ...{ declaration, version: seq, examination, visits: [...visits] },
    checks: checks.map(({ goods: _, ...check }) => check),
    allowed: (Object.keys(may) as (keyof typeof may)[]).filter((act) => may[act]),
  };
}
