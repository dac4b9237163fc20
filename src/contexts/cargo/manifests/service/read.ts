import type { EventRecord } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { readStream, readStreams } from '../../../../platform/event-log/event-log.ts';
import {
  type Actor,
  authorise,
  isPermitted,
  type Permission,
  reachOf,
} from '../../../identity/index.ts';
import { readDecision } from '../../../risk/index.ts';
import { billNumberOf, type TimelineEntry } from '../../contract.ts';
import * as acts from '../acts.ts';
import { fold, type State, whereIs } from '../bill.ts';
import type {
  Bill,
  BillContent,
  BillDetail,
  BillPage,
  BillRow,
  BillSearch,
  ManifestDetail,
  ManifestPage,
  ManifestSearch,
  StageCounts,
  WhereIs,
} from '../contract.ts';
import { type BillEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import { leftOf, toQuantity } from '../settle.ts';
import { partiesOf } from '../store/bills.ts';
import { listAnswers, listManifests } from '../store/manifests.ts';
import {
  countStages,
  type HouseRow,
  listHouses,
  search,
  type Visibility,
} from '../store/search.ts';
import { concerns, type ManifestDeps, notFound } from './deps.ts';

/** Of a declaration's events, those that everybody at the quay may know of; their contents stay its own. */
const OPEN_KINDS = new Set([
  'clearance.accepted',
  'clearance.examined',
  'clearance.released',
  'clearance.entryRefused',
  'clearance.cancelled',
]);
const SHOWN_AFTER_LEAVING_MS = 2 * 86_400_000;
/** What is told to customs only. */
const CUSTOMS_ONLY = new Set(['cargo.assessed']);

/** Reading bills and manifests, each reader within its reach. */
export function createReads({ db, clock }: Pick<ManifestDeps, 'db' | 'clock'>) {
  async function load(
    actor: Actor,
    given: string,
  ): Promise<{ state: State; events: BillEvent[]; isCustoms: boolean }> {
    const number = billNumberOf(given);
    const events = (await readStream(db, streamOf(number))) as BillEvent[];
    if (events.length === 0) throw notFound(number);
    const state = fold(number, events);
    const whom = concerns(state, partiesOf(state));
    authorise(actor, permission.readBills, whom);
    return { state, events, isCustoms: isPermitted(actor, readDecision, whom) };
  }

  async function list(actor: Actor, wanted: BillSearch): Promise<BillPage> {
    return search(db, visibilityOf(actor, permission.readBills), wanted);
  }

  return {
    search: list,

    /** All pages of a search, up to a number of rows. */
    async searchAll(actor: Actor, wanted: BillSearch, rowsMax: number): Promise<BillRow[]> {
      const rows: BillRow[] = [];
      let cursor: string | null = null;
      do {
        const page: BillPage = await list(actor, {
          ...wanted,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        });
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor && rows.length < rowsMax);
      return rows.slice(0, rowsMax);
    },

    async detail(actor: Actor, number: string): Promise<BillDetail> {
      const { state, events, isCustoms } = await load(actor, number);
      const left = leftOf(state);
      const houses = state.houses.length > 0 ? await listHouses(db, state.number) : [];
      return {
        bill: shown(state, isCustoms),
        left: left && toQuantity(left),
        houses: houses.map(toHouse),
        timeline: await timelineOf(events, state, isCustoms),
        allowed: allowedTo(actor, state),
      };
    },

    /** The whole bill with its houses as it stands: what an amendment begins from, and is compared with. */
    async content(actor: Actor, given: string): Promise<BillContent> {
      const { state } = await load(actor, given);
      const whom = concerns(state, partiesOf(state));
      const answers = isPermitted(actor, permission.answerChange, whom);
      authorise(actor, answers ? permission.answerChange : permission.amendBill, whom);
      if (!state.content) {
        throw new Refused('conflict', { code: 'cargo.bill_not_manifested', seen: state.number });
      }
      const told = await readStreams(db, state.houses.map(streamOf));
      const houses = state.houses.flatMap((number) => {
        const { content } = fold(number, (told.get(streamOf(number)) ?? []) as BillEvent[]);
        return content ? [content] : [];
      });
      return { ...state.content, houses };
    },

    async whereIs(actor: Actor, number: string): Promise<WhereIs> {
      const { state } = await load(actor, number);
      const { journey } = state;
      return { number: state.number, stage: whereIs(state)?.stage ?? null, journey };
    },

    listManifests: (actor: Actor, wanted: ManifestSearch): Promise<ManifestPage> =>
      listManifests(db, visibilityOf(actor, permission.readManifests), wanted),

    async manifest(actor: Actor, id: string): Promise<ManifestDetail> {
      const visible = visibilityOf(actor, permission.readManifests);
      const { rows } = await listManifests(db, visible, { q: id, limit: 200 });
      const manifest = rows.find((row) => row.id === id);
      if (!manifest) {
        throw new Refused('not_found', { code: 'cargo.manifest_not_found', seen: id });
      }
      return { manifest, answers: await listAnswers(db, id) };
    },

    /** Where everything is: bills by stage, those that left for two days more. */
    async stages(actor: Actor): Promise<StageCounts> {
      const leftSince = new Date(Date.parse(clock.now()) - SHOWN_AFTER_LEAVING_MS).toISOString();
      const visible = visibilityOf(actor, permission.readBills);
      return { rows: await countStages(db, visible, leftSince) };
    },
  };

  /** The bill's own story, with what happened to the declarations on it, in order of time. */
  async function timelineOf(
    events: readonly BillEvent[],
    state: State,
    isCustoms: boolean,
  ): Promise<TimelineEntry[]> {
    const own = events.filter(({ kind }) => isCustoms || !CUSTOMS_ONLY.has(kind));
    const streams = await readStreams(
      db,
      state.claims.map(({ declaration }) => `declaration:${declaration}`),
    );
    const others = [...streams.values()].flat().filter(({ kind }) => OPEN_KINDS.has(kind));
    return [
      ...own.map((event) => toEntry(event, event.payload)),
      ...others.map((event) => toEntry(event, { declaration: event.envelope.consignment })),
    ].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
  }
}

function visibilityOf(actor: Actor, needed: Permission): Visibility {
  const reach = reachOf(actor, needed);
  return {
    organisation: reach.any ? null : (reach.organisations[0] ?? null),
    offices: reach.any || reach.organisations.length > 0 ? null : reach.offices,
  };
}

/** What risk thinks of a bill is for customs; what it forbids is for whoever must obey. */
const shown = (state: State, isCustoms: boolean): Bill =>
  isCustoms ? state : { ...state, assessment: null };

const toHouse = ({ packagesLeft, grossMassLeftKg, ...house }: HouseRow) => ({
  ...house,
  left:
    packagesLeft === null || grossMassLeftKg === null
      ? null
      : { packages: packagesLeft, grossMassKg: grossMassLeftKg },
});

const toEntry = (event: EventRecord, payload: object): TimelineEntry => ({
  id: event.id,
  kind: event.kind,
  occurredAt: event.envelope.occurredAt,
  recordedAt: event.envelope.recordedAt,
  actor: event.envelope.actor,
  organisation: event.envelope.organisation,
  legalBasis: event.envelope.legalBasis,
  payload: { ...payload },
});

/** Commands the reader may give now, for the page to show or hide. */
function allowedTo(actor: Actor, state: State): string[] {
  const whom = concerns(state, partiesOf(state));
  const may = (needed: Permission): boolean => isPermitted(actor, needed, whom);
  const isManifested = state.status === 'manifested';
  const { change, doNotLoad } = state;
  const isOver = state.loaded !== null || (state.direction === 'I' && state.arrived !== null);
  const mayAmend = may(permission.amendBill) && isManifested && !change && !state.loaded;
  const commands: [string, boolean][] = [
    ['amend', mayAmend && !state.master],
    ['delete', mayAmend && !state.master],
    ['split', mayAmend && !state.master && state.houses.length === 0],
    [
      'answerChange',
      may(permission.answerChange) && change !== null && !acts.isProposer(actor, change),
    ],
    ['forbidLoading', may(permission.forbidLoading) && isManifested && !doNotLoad && !isOver],
    ['proposeLift', may(permission.allowLoading) && doNotLoad !== null && !doNotLoad.lift],
    [
      'answerLift',
      may(permission.allowLoading) &&
        doNotLoad?.lift != null &&
        !acts.isProposer(actor, doNotLoad.lift),
    ],
  ];
  return commands.flatMap(([command, isAllowed]) => (isAllowed ? command : []));
}
