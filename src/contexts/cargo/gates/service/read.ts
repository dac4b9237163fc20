import { localDateOf } from '../../../../kernel/dates.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { readStream } from '../../../../platform/event-log/event-log.ts';
import { type Actor, authorise, isPermitted, reachOf } from '../../../identity/index.ts';
import type { ZoneOnDay } from '../../zones/contract.ts';
import { keyOf } from '../application.ts';
import type {
  GateBoard,
  GateWork,
  Passport,
  PassportDetail,
  PassportPage,
  PassportSearch,
  ReadingRow,
  Vehicle,
} from '../contract.ts';
import { type PassportEvent, streamOf } from '../events.ts';
import { hasCrossed, type State } from '../passport.ts';
import * as permission from '../permissions.ts';
import * as papersStore from '../store/papers.ts';
import * as passports from '../store/passports.ts';
import * as readings from '../store/readings.ts';
import { notFound } from './apply.ts';
import type { GateDeps } from './deps.ts';

const LATEST = 50;
const WAITING = 200;

/** Reading passports, gates and zones, each reader within its reach. */
export function createGateReads(deps: GateDeps) {
  const { db } = deps;
  return {
    async detail(actor: Actor, number: string): Promise<PassportDetail> {
      const state = await passports.find(db, number);
      if (!state) throw notFound(number);
      authorise(actor, permission.readPassport, concerns(state));
      const [papers, seen, events] = await Promise.all([
        papersOf(deps, state),
        readings.listOfPassport(db, number),
        readStream(db, streamOf(number)),
      ]);
      return {
        passport: present(state),
        papers,
        readings: seen.map(toReadingRow),
        timeline: (events as PassportEvent[]).map(({ id, kind, envelope, payload }) => ({
          ...{ id, kind, at: envelope.occurredAt, actor: envelope.actor },
          detail: { ...payload },
        })),
        acts: actsOf(actor, state),
      };
    },

    async search(actor: Actor, wanted: PassportSearch): Promise<PassportPage> {
      return passports.search(db, reachOf(actor, permission.readPassport), wanted);
    },

    /** The live board: who waits, the longest first, and what passed last. */
    async board(actor: Actor, gate: string | null): Promise<GateBoard> {
      const reach = reachOf(actor, permission.watchGates);
      const [waiting, latest] = await Promise.all([
        readings.listWaiting(db, reach, gate, WAITING),
        readings.listLatest(db, reach, gate, LATEST),
      ]);
      return { waiting: waiting.map(toReadingRow), latest: latest.map(toReadingRow) };
    },

    async work(actor: Actor): Promise<GateWork> {
      const reach = reachOf(actor, permission.decidePassport);
      const [atPost, waiting] = await Promise.all([
        passports.listAtManualPost(db, reach, WAITING),
        readings.listWaiting(db, reach, null, WAITING),
      ]);
      return { passports: atPost, readings: waiting.map(toReadingRow) };
    },

    /** Zones with the regime and the gates of a day; today unless another is asked for. */
    zones(_actor: Actor, on: string | null): ZoneOnDay[] {
      const day = on ?? localDateOf(deps.clock.now());
      return deps.zones.ids.flatMap((id) => deps.zones.zoneOn(id, day) ?? []);
    },

    async vehicle(actor: Actor, plate: string): Promise<Vehicle> {
      const vehicle = await readings.findRegistration(db, plate);
      if (!vehicle) throw new Refused('not_found', { code: 'cargo.vehicle_unknown', seen: plate });
      const organisations = [vehicle.organisation];
      authorise(actor, permission.readPassport, { organisations, offices: actor.offices });
      return vehicle;
    },
  };
}

const concerns = ({ organisation, office }: State) => ({
  organisations: [organisation],
  offices: [office],
});

/** A passport as it is shown; the hash of its content is the server's own. */
export function present({ contentHash: _hash, ...passport }: State): Passport {
  return passport;
}

function actsOf(actor: Actor, state: State): PassportDetail['acts'] {
  const isLive = state.state === 'applied' || state.state === 'approved';
  const own = { organisations: [state.organisation] };
  const acts: PassportDetail['acts'] = [];
  if (isLive && !hasCrossed(state) && isPermitted(actor, permission.cancelPassport, own)) {
    acts.push('cancel');
  }
  if (state.state !== 'applied') return acts;
  if (isPermitted(actor, permission.applyPassport, own)) acts.push('reconsider');
  const mayDecide = isPermitted(actor, permission.decidePassport, { offices: [state.office] });
  if (mayDecide && state.approval === 'manualPost') acts.push('decide');
  return acts;
}

async function papersOf({ db }: GateDeps, { content }: State): Promise<PassportDetail['papers']> {
  const [papers, claimed] = await Promise.all([
    papersStore.list(db, content.papers),
    papersStore.claimedOf(db, content.papers),
  ]);
  return papers.map((paper) => ({
    kind: paper.kind,
    no: paper.no,
    declaration: paper.declaration,
    lines: paper.lines.map(({ lineNo, description, unit, quantity }) => {
      const taken = claimed.find((line) => keyOf(line) === keyOf(paper) && line.lineNo === lineNo);
      const { claimed: promised = '0', crossed = '0' } = taken ?? {};
      return { lineNo, description, unit, quantity, claimed: promised, crossed };
    }),
  }));
}

const toReadingRow = (kept: readings.KeptReading): ReadingRow => ({
  id: kept.id,
  gate: kept.gate,
  lane: kept.lane,
  plate: kept.plate,
  direction: kept.direction,
  at: kept.at,
  offline: kept.isOffline,
  standing: kept.standing,
  passport: kept.passport,
  reasons: [...kept.body.reasons],
  weight: kept.body.weight,
});
