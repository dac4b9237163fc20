import type { z } from 'zod';
import { contentHash } from '../../../kernel/canonical.ts';
import { type Instant, localDateOf } from '../../../kernel/dates.ts';
import { type Envelope, place, placeAt } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { append, readStream } from '../../../platform/event-log/event-log.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Column, type Language, rowsWorkbook } from '../../../platform/workbook.ts';
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
import * as audit from './audit.ts';
import type {
  Audit,
  AuditConclusion,
  AuditExtension,
  AuditOpening,
  AuditPage,
  AuditReply,
  AuditRequest,
  AuditSearch,
  Difference,
  Disclosure,
} from './contract.ts';
import { type DutyReviews, objectionsTo } from './correction.ts';
import { type AuditEvent, auditStream, type NewAuditEvent, type Payloads } from './events.ts';
import { conductAudits, readAudits, replyToAudits } from './permissions.ts';
import * as store from './store.ts';

interface AuditDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly duty: DutyReviews;
}

/** Audits looked at in one round of `age`. */
const ROUND = 200;
/** Events shown of one audit. */
const STORY_MAX = 200;
/** Most rows one workbook holds. */
const EXPORT_MAX = 10_000;
const COLUMNS: readonly Column[] = [
  { key: 'id', zh: '稽查编号', en: 'Audit', width: 20 },
  { key: 'origin', zh: '来源', en: 'Origin', width: 12 },
  { key: 'status', zh: '状态', en: 'Status', width: 18 },
  { key: 'organisation', zh: '被稽查人', en: 'Audited party', width: 22 },
  { key: 'office', zh: '稽查海关', en: 'Office', width: 8 },
  { key: 'openedAt', zh: '立项时间', en: 'Opened', width: 24 },
  { key: 'declarations', zh: '报关单数', en: 'Declarations', width: 12 },
  { key: 'dueOn', zh: '答复期限', en: 'Reply due', width: 12 },
  { key: 'overdue', zh: '是否逾期', en: 'Overdue', width: 10 },
  { key: 'result', zh: '结论', en: 'Result', width: 12 },
];

/** Post-clearance audits: opened by officers, by disclosure and by the lane; asked, replied, concluded. */
export function createAudits(deps: AuditDeps) {
  const { db, clock } = deps;

  async function get(actor: Actor, id: string): Promise<Audit> {
    const events = (await readStream(db, auditStream(id))) as AuditEvent[];
    const state = audit.fold(events);
    if (!state) throw notFound(id);
    authorise(actor, readAudits, concerns(state));
    return shown(actor, state, events);
  }

  async function act(
    actor: Actor,
    id: string,
    needed: Permission,
    occurredAt: Instant | undefined,
    decide: (state: audit.AuditState, at: Instant) => NewAuditEvent[],
    ensure: (tx: Tx, envelope: Envelope) => Promise<void> = async () => undefined,
  ): Promise<Audit> {
    await inTransaction(db, async (tx) => {
      if (!(await store.lockAudit(tx, id))) throw notFound(id);
      const events = (await readStream(tx, auditStream(id))) as AuditEvent[];
      const state = audit.fold(events);
      if (!state) throw notFound(id);
      authorise(actor, needed, concerns(state));
      const envelope = envelopeOf(deps, actor, { occurredAt });
      const decided = decide(state, envelope.occurredAt);
      if (decided.length === 0) return;
      await ensure(tx, envelope);
      await write(tx, events, place(auditStream(id), state.seq, decided, envelope));
      await audited(tx, actor, needed, id, decided, envelope);
    });
    return get(actor, id);
  }

  /** Opening, whoever does it: the same opening again is the same audit. */
  async function open(
    actor: Actor,
    needed: Permission,
    said: Pick<AuditOpening, 'id' | 'declarations' | 'reason' | 'occurredAt'>,
    origin: 'officer' | 'disclosure',
    disclosed: Difference[],
  ): Promise<Audit> {
    const { id, declarations, reason } = said;
    await inTransaction(db, async (tx) => {
      const found = await store.findAudited(tx, declarations);
      const [first] = found;
      authorise(actor, needed);
      for (const { organisation, office } of found) {
        authorise(actor, needed, { organisations: [organisation], offices: [office] });
      }
      const envelope = envelopeOf(deps, actor, said);
      const objections = audit.objectionsTo(declarations, found, envelope.occurredAt);
      if (objections.length > 0 || !first) throw new Refused('invalid', objections);
      const { organisation, office } = first;
      const opening = { origin, organisation, office, declarations, reason, disclosed };
      const event = opened(id, opening, envelope);
      if (await begin(tx, event)) {
        if (origin === 'disclosure') await ensureVoluntary(tx, id, declarations);
        await audited(tx, actor, needed, id, [event], envelope);
        return;
      }
      const state = audit.fold((await readStream(tx, auditStream(id))) as AuditEvent[]);
      if (state?.contentHash === event.payload.contentHash) return;
      throw new Refused('conflict', { code: 'clearance.audit_id_taken', path: 'id', seen: id });
    });
    return get(actor, id);
  }

  const search = async (actor: Actor, wanted: AuditSearch): Promise<AuditPage> =>
    store.searchAudits(db, reachOf(actor, readAudits), wanted);

  return {
    get,
    open: (actor: Actor, said: AuditOpening): Promise<Audit> =>
      open(actor, conductAudits, said, 'officer', []),

    /** Voluntary only while nobody is looking: goods under audit are past disclosing. */
    disclose: (actor: Actor, said: Disclosure): Promise<Audit> => {
      const foreign = said.differences.find(
        (each) => !said.declarations.includes(each.declaration),
      );
      if (foreign) {
        const seen = foreign.declaration;
        const other = { code: 'clearance.audit_of_other_declarations', path: 'differences', seen };
        throw new Refused('invalid', other);
      }
      const opening = { ...said, reason: said.statement };
      return open(actor, replyToAudits, opening, 'disclosure', said.differences);
    },

    ask: (actor: Actor, id: string, said: AuditRequest): Promise<Audit> =>
      act(actor, id, conductAudits, undefined, (state, at) =>
        audit.ask(state, said, localDateOf(at)),
      ),

    extend: (actor: Actor, id: string, said: z.output<typeof AuditExtension>): Promise<Audit> =>
      act(actor, id, conductAudits, undefined, (state, at) =>
        audit.extend(state, said, localDateOf(at)),
      ),

    reply: (actor: Actor, id: string, said: z.output<typeof AuditReply>): Promise<Audit> =>
      act(actor, id, replyToAudits, said.occurredAt, (state) => audit.reply(state, said)),

    conclude: (actor: Actor, id: string, said: AuditConclusion): Promise<Audit> =>
      act(
        ...([actor, id, conductAudits, said.occurredAt] as const),
        (state) => audit.conclude(state, said),
        async (tx, envelope) => {
          const objections = await objectionsTo(deps.duty, tx, id, said, envelope);
          if (objections.length > 0) throw new Refused('invalid', objections);
        },
      ),

    search,

    /** The same search as a workbook. */
    async workbook(actor: Actor, wanted: AuditSearch, language: Language): Promise<Uint8Array> {
      const { rows } = await search(actor, { ...wanted, cursor: undefined, limit: EXPORT_MAX });
      return rowsWorkbook(language === 'zh' ? '稽查' : 'Audits', COLUMNS, rows, language);
    },

    /** Tells of requests whose day has passed; on the same day again, nothing happens. */
    async age(at: Instant = clock.now()): Promise<number> {
      const late = await store.findLate(db, localDateOf(at), ROUND);
      let told = 0;
      for (const id of late) {
        await inTransaction(db, async (tx) => {
          await store.lockAudit(tx, id);
          const events = (await readStream(tx, auditStream(id))) as AuditEvent[];
          const state = audit.fold(events);
          const decided = state ? audit.overdueOf(state, localDateOf(at)) : [];
          if (!state || decided.length === 0) return;
          const envelope = envelopeAt(at, clock.now(), null);
          await write(tx, events, place(auditStream(id), state.seq, decided, envelope));
          told += decided.length;
        });
      }
      return told;
    },
  };
}
export type Audits = ReturnType<typeof createAudits>;

type Opening = Omit<Payloads['clearance.auditOpened'], 'contentHash'>;

/** The event that opens an audit; equal openings have equal hashes. */
export function opened(id: string, opening: Opening, envelope: Envelope) {
  const { declarations, reason, disclosed, origin } = opening;
  const hash = contentHash({ declarations: [...declarations].sort(), reason, disclosed, origin });
  const payload = { ...opening, contentHash: hash };
  const legalBasis = audit.AUDIT_LAW;
  const event = { kind: 'clearance.auditOpened', payload, legalBasis } as const;
  return placeAt(auditStream(id), 1, event satisfies NewAuditEvent, envelope);
}

/** Opens an audit unless there is one of this id. */
export async function begin(tx: Tx, event: AuditEvent): Promise<boolean> {
  const state = audit.fold([event]);
  if (!state || !(await store.claimAudit(tx, state))) return false;
  await append(tx, [event]);
  return true;
}

async function ensureVoluntary(tx: Tx, id: string, declarations: readonly string[]): Promise<void> {
  const [other] = (await store.findOpenAbout(tx, declarations)).filter((each) => each !== id);
  if (other) throw new Refused('conflict', { code: 'clearance.audit_under_way', seen: other });
}

export async function write(
  tx: Tx,
  before: readonly AuditEvent[],
  events: AuditEvent[],
): Promise<void> {
  const state = audit.fold([...before, ...events]);
  if (!state) throw new Error('An audit is written after it was opened.');
  await append(tx, events);
  await store.saveAudit(tx, state);
}

async function audited(
  tx: Tx,
  actor: Actor,
  { operation }: Permission,
  id: string,
  events: readonly { readonly kind: string }[],
  { recordedAt }: Envelope,
): Promise<void> {
  await recordAudit(tx, {
    ...{ actor, operation, subjects: [auditStream(id)], outcome: 'done', at: recordedAt },
    detail: { events: events.map(({ kind }) => kind) },
  });
}

const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'clearance.audit_not_found', seen: id });

const concerns = ({ organisation, office }: audit.AuditState): Resource => ({
  organisations: [organisation],
  offices: [office],
});

function shown(actor: Actor, state: audit.AuditState, events: readonly AuditEvent[]): Audit {
  const { seq, contentHash: _, ...rest } = state;
  const { officer, enterprise } = audit.actsOf(state);
  const about = concerns(state);
  return {
    ...{ ...rest, version: seq, status: audit.statusOf(state) },
    allowed: [
      ...(isPermitted(actor, conductAudits, about) ? officer : []),
      ...(isPermitted(actor, replyToAudits, about) ? enterprise : []),
    ],
    story: events.slice(-STORY_MAX).map(({ kind, envelope, payload }) => ({
      ...{ kind, at: envelope.occurredAt, actor: envelope.actor },
      organisation: envelope.organisation,
      payload: payload as unknown as Record<string, unknown>,
    })),
  };
}
