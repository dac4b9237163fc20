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
import { type Decision, findDecision, findDecisions } from '../../risk/index.ts';
import { type Act, objection } from '../acts.ts';
import type {
  DeclarationDetail,
  DeclarationPage,
  DeclarationRow,
  DeclarationSearch,
  TimelineEntry,
  WorkItem,
} from '../contract.ts';
import { fold } from '../declaration.ts';
import { type ClearanceEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store.ts';
import { present } from './act.ts';
import type { ClearanceDeps } from './deps.ts';
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
};

/** Reading declarations, each reader within its reach. */
export function createReads(deps: ClearanceDeps) {
  function search(
    actor: Actor,
    wanted: DeclarationSearch,
    ids: readonly string[] | null = null,
  ): Promise<DeclarationPage> {
    const reach = reachOf(actor, permission.read);
    const visible = {
      organisation: reach.any ? null : (reach.organisations[0] ?? null),
      offices: reach.any || reach.organisations.length > 0 ? null : reach.offices,
    };
    return store.search(deps.db, visible, wanted, ids);
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
      const acts = Object.keys(ACT_PERMISSIONS) as Act[];
      return {
        declaration: present(deps, state),
        decision: state.decisionId ? await findDecision(deps.db, state.decisionId) : null,
        chain: chainOf(state.content),
        timeline: events.map(toEntry),
        allowed: acts.filter(
          (act) => isPermitted(actor, ACT_PERMISSIONS[act], whom) && !objection(state, act),
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

/** Why it was selected, in sentences; the random sample is a reason like any other. */
function reasonsOf(decision: Decision | undefined): WorkItem['reasons'] {
  const hits = (decision?.results ?? []).filter((result) => result.outcome === 'hit');
  const reasons = hits.map((result) => result.sentence);
  if (decision?.selectedBy === 'sample') reasons.push(DRAWN);
  return reasons;
}
const DRAWN = { zh: '随机抽查选中。', en: 'Drawn by the random sample.' };

const toEntry = ({ id, seq, kind, envelope, payload }: ClearanceEvent): TimelineEntry => ({
  id,
  seq,
  kind,
  occurredAt: envelope.occurredAt,
  recordedAt: envelope.recordedAt,
  actor: envelope.actor,
  organisation: envelope.organisation,
  onBehalfOf: envelope.onBehalfOf,
  legalBasis: envelope.legalBasis,
  payload: { ...payload },
});
