import { Refused } from '../../../kernel/refusal.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import {
  type Actor,
  authorise,
  isPermitted,
  type Permission,
  reachOf,
} from '../../identity/index.ts';
import { chainOf } from '../../parties/index.ts';
import {
  type Decision,
  findDecision,
  findDecisions,
  isBlind,
  readDecision,
  readSampling,
  type ShownDecision,
  TARGETED,
  toldToDeclarant,
  veiled,
} from '../../risk/index.ts';
import { type Act, isProposer, objection } from '../acts.ts';
import type {
  DeclarationDetail,
  DeclarationPage,
  DeclarationRow,
  DeclarationSearch,
  TimelineEntry,
  WorkItem,
} from '../contract.ts';
import { fold, type State } from '../declaration.ts';
import { type ClearanceEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store.ts';
import type { ClearanceDeps } from './deps.ts';
import { present } from './perform.ts';
import { concerns } from './progress.ts';

/** Most tasks a work list shows at once; the longest waiting come first. */
const TASKS_MAX = 500;

const ACT_PERMISSIONS: Record<Act, Permission> = {
  confirmArrival: permission.confirmArrival,
  checkDocuments: permission.checkDocuments,
  orderExamination: permission.orderExamination,
  recordExamination: permission.examine,
  reportSample: permission.examine,
  dispose: permission.dispose,
  carryOut: permission.dispose,
  proposeDowngrade: permission.proposeDowngrade,
  approveDowngrade: permission.approveDowngrade,
  hold: permission.hold,
  liftHold: permission.hold,
  amend: permission.amend,
  cancel: permission.cancel,
  close: permission.close,
  complete: permission.complete,
  supplement: permission.supplement,
  startTransit: permission.transit,
  endTransit: permission.transit,
  revoke: permission.revoke,
  pauseClock: permission.pauseClocks,
  resumeClock: permission.pauseClocks,
};

/** Reading declarations, each reader within its reach. */
export function createReads(deps: ClearanceDeps) {
  async function search(
    actor: Actor,
    wanted: DeclarationSearch,
    ids: readonly string[] | null = null,
  ): Promise<DeclarationPage> {
    const reach = reachOf(actor, permission.read);
    const visible = {
      organisation: reach.any ? null : (reach.organisations[0] ?? null),
      offices: reach.any || reach.organisations.length > 0 ? null : reach.offices,
    };
    if (isPermitted(actor, readDecision)) return store.search(deps.db, visible, wanted, ids);
    // An order by score would tell the scores.
    const sort = wanted.sort === '-score' ? '-filedAt' : wanted.sort;
    const page = await store.search(deps.db, visible, { ...wanted, sort }, ids);
    return { ...page, rows: page.rows.map((row) => ({ ...row, score: null })) };
  }
  return {
    search,

    /** All pages of a search, up to a number of rows. */
    async searchAll(
      actor: Actor,
      wanted: DeclarationSearch,
      ids: readonly string[] | null,
      rowsMax: number,
    ): Promise<DeclarationRow[]> {
      const rows: DeclarationRow[] = [];
      let cursor: string | null = null;
      do {
        const page: DeclarationPage = await search(
          actor,
          { ...wanted, limit: 200, ...(cursor ? { cursor } : {}) },
          ids,
        );
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor && rows.length < rowsMax);
      return rows.slice(0, rowsMax);
    },

    async detail(actor: Actor, id: string): Promise<DeclarationDetail> {
      const events = (await readStream(deps.db, streamOf(id))) as ClearanceEvent[];
      const state = fold(events);
      if (!state) throw new Refused('not_found', { code: 'clearance.not_found', seen: id });
      const whom = concerns(state);
      authorise(actor, permission.read, whom);
      const view: View = {
        isInsider: isPermitted(actor, readDecision, whom),
        mayKnow: isLookedInto(state) || isPermitted(actor, readSampling),
      };
      const acts = Object.keys(ACT_PERMISSIONS) as Act[];
      return {
        declaration: present(deps, state),
        decision: disclosed(view, await decisionOf(deps, state)),
        chain: chainOf(state.content),
        timeline: events.map((event) => toEntry(event, view)),
        allowed: acts.filter(
          (act) =>
            isPermitted(actor, ACT_PERMISSIONS[act], whom) &&
            !objection(state, act) &&
            !(act === 'approveDowngrade' && isProposer(actor, state)),
        ),
      };
    },

    /** What officers have to do, each with the reasons it was selected for. */
    async workList(
      actor: Actor,
      wanted: { office: string | null; task: string | null },
    ): Promise<WorkItem[]> {
      const reach = reachOf(actor, permission.work);
      const offices = wanted.office ? [wanted.office] : reach.any ? null : reach.offices;
      if (wanted.office) authorise(actor, permission.work, { offices: [wanted.office] });
      const tasks = await store.listTasks(deps.db, offices, wanted.task, TASKS_MAX);
      const decisions = await findDecisions(
        deps.db,
        tasks.map((task) => task.id),
      );
      return tasks.map((task) => ({
        ...task,
        reasons: reasonsOf(decisions.get(task.id)),
      }));
    },
  };
}
export type Reads = ReturnType<typeof createReads>;

/** Why it was selected, in sentences. Whether by the draw is not told before the goods are examined. */
function reasonsOf(decision: Decision | undefined): WorkItem['reasons'] {
  const hits = (decision?.results ?? []).filter((result) => result.outcome === 'hit');
  const reasons = hits.map((result) => result.sentence);
  if (decision && isBlind(decision)) reasons.push(TARGETED);
  return reasons;
}

const decisionOf = async (deps: ClearanceDeps, { decisionId }: State): Promise<Decision | null> =>
  decisionId ? findDecision(deps.db, decisionId) : null;

/** What a reader is shown of a decision. */
interface View {
  /** Looks for what declarants hide, and so reads the reasons whole. */
  readonly isInsider: boolean;
  /** May know whether model or draw selected: by post, or because the goods have been looked into. */
  readonly mayKnow: boolean;
}

/** The examination is recorded, or will never be: from now on nothing about it can be influenced. */
const isLookedInto = (state: State): boolean =>
  state.examinations.some(({ record }) => record !== null) ||
  state.targetingClosedAt !== null ||
  state.releasedAt !== null ||
  state.endedAt !== null;

/** Declarants are told why goods are looked at; of goods that go, there is nothing to tell. */
function disclosed({ isInsider, mayKnow }: View, decision: Decision | null): ShownDecision | null {
  if (!decision) return null;
  if (isInsider) return mayKnow ? decision : veiled(decision);
  const isReleased = decision.lane === 'green' || decision.lane === 'blue';
  return isReleased ? null : toldToDeclarant(decision);
}

function toEntry(event: ClearanceEvent, view: View): TimelineEntry {
  const { id, seq, kind, envelope } = event;
  const told = payloadShown(event, view);
  return {
    id,
    seq,
    kind,
    occurredAt: envelope.occurredAt,
    recordedAt: envelope.recordedAt,
    actor: envelope.actor,
    organisation: envelope.organisation,
    onBehalfOf: envelope.onBehalfOf,
    legalBasis: envelope.legalBasis,
    payload: { ...told },
  };
}

function payloadShown(event: ClearanceEvent, { isInsider, mayKnow }: View): object {
  if (event.kind !== 'clearance.decided') return event.payload;
  if (!isInsider) return { lane: event.payload.lane };
  return isBlind(event.payload) && !mayKnow
    ? { ...event.payload, selectedBy: 'targeting' }
    : event.payload;
}
