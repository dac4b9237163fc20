import { type EventRecord, place } from '../../../../kernel/event.ts';
import type { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { createGroup } from '../../../../platform/group.ts';
import { againIfTaken, inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, type AuditEntry, recordAudits } from '../../../identity/index.ts';
import type { Crossing, GateAnswer } from '../contract.ts';
import { type GateRefusedPayload, streamOf, streamOfReading } from '../events.ts';
import type { State } from '../passport.ts';
import * as permission from '../permissions.ts';
import { cross as crossPapers } from '../store/papers.ts';
import * as passports from '../store/passports.ts';
import * as readings from '../store/readings.ts';
import { type Judgement, judge } from '../verdict.ts';
import { runAfter } from '../weighing.ts';
import type { GateDeps } from './deps.ts';
import { type HeldPapers, holdCarried, passGate } from './pass.ts';
import { Progress, save } from './progress.ts';
import { consigned, findUnreleased, otherContent, type Seen, situationOf } from './situation.ts';

/** Most readings that are decided in one transaction. */
const READINGS_MAX = 64;

/** A reading that may be made. */
interface ReadingRequest {
  readonly actor: Actor;
  readonly seen: Seen;
}
/** What came of one reading; that it was refused is nobody else's concern. */
type Outcome = { readonly answer: GateAnswer } | { readonly refused: Refused };
export type ReadingGroup = (request: ReadingRequest) => Promise<Outcome>;

/**
 * Readings made at the same time, at whatever gates, share a transaction, each with its own verdict.
 * Those of one vehicle wait their turn.
 */
export const createReadingGroup = (deps: GateDeps): ReadingGroup =>
  createGroup<ReadingRequest, Outcome>((requests) => commit(deps, requests), {
    itemsMax: READINGS_MAX,
    keysOf: ({ seen: { reading } }) => [`reading ${reading.id}`, `vehicle ${reading.plate}`],
  });

async function commit(deps: GateDeps, requests: readonly ReadingRequest[]): Promise<Outcome[]> {
  const outcomes = await againIfTaken(readings.ID_KEY, () =>
    inTransaction(deps.db, (tx) => write(deps, tx, requests)),
  );
  const isNews = outcomes.some((outcome) => 'answer' in outcome && !outcome.answer.repeated);
  if (isNews) deps.committed();
  return outcomes;
}

/** Everything the readings are judged by, held until the end of the transaction. */
interface Held {
  readonly vehicles: ReadonlyMap<string, readings.KeptVehicle>;
  readonly known: ReadonlyMap<string, readings.KeptReading>;
  /** Passports by number, and lanes with a weighbridge, as they stand after the readings judged so far. */
  readonly states: Map<string, State>;
  readonly lanes: Map<string, readings.KeptLane>;
  readonly unreleased: ReadonlySet<string>;
  readonly papers: HeldPapers;
}

/** A reading with its verdict, and the number of the passport it was judged by. */
interface Judged extends ReadingRequest {
  readonly judgement: Judgement;
  readonly passport: string | null;
}

async function write(
  deps: GateDeps,
  tx: Tx,
  requests: readonly ReadingRequest[],
): Promise<Outcome[]> {
  const held = await hold(deps, tx, requests);
  const judged = requests
    .filter(({ seen }) => !held.known.has(seen.reading.id))
    .map((request) => judgeOne(deps, held, request));
  const kept = await record(tx, held, judged);
  return requests.map(({ seen }) => {
    const { id } = seen.reading;
    const before = held.known.get(id);
    if (before) return repeated(before, seen);
    return { answer: answerOf(kept.get(id) as readings.KeptReading, false) };
  });
}

/** What the readings name and what stands behind it, in one journey to the store; a second where goods wait for release. */
async function hold(deps: GateDeps, tx: Tx, requests: readonly ReadingRequest[]): Promise<Held> {
  const all = requests.map(({ seen }) => seen);
  const carriers = all.map(carrierOf);
  const [vehicles, known, states, lanes, papers] = await Promise.all([
    readings.lockVehicles(
      tx,
      all.map(({ reading }) => reading.plate),
    ),
    readings.findMany(
      tx,
      all.map(({ reading }) => reading.id),
    ),
    passports.lockOf(tx, carriers),
    readings.lockLanes(tx, all.filter(({ lane }) => lane.weighbridge).map(standOf)),
    holdCarried(tx, carriers),
  ]);
  return {
    ...{ vehicles, papers, unreleased: await findUnreleased(deps, tx, states) },
    known: new Map(known.map((reading) => [reading.id, reading])),
    states: new Map(states.map((state) => [state.number, state])),
    lanes: new Map(lanes.map((lane) => [laneKey(lane), lane])),
  };
}

const standOf = ({ gate, lane }: Seen) => ({ gate: gate.id, lane: lane.id });

const carrierOf = ({ reading, envelope }: Seen): passports.Carrier => ({
  plate: reading.plate,
  passport: reading.passport,
  at: envelope.occurredAt,
});

const laneKey = ({ gate, lane }: Pick<readings.KeptLane, 'gate' | 'lane'>): string =>
  `${gate} ${lane}`;

/** Judges a reading, and remembers what its lane's bridge showed for whoever comes after it. */
function judgeOne(deps: GateDeps, held: Held, request: ReadingRequest): Judged {
  const { reading, lane } = request.seen;
  const vehicle = held.vehicles.get(reading.plate);
  if (!vehicle) throw new Error(`The vehicle ${reading.plate} was not held.`);
  const stand = standOf(request.seen);
  const bridge = held.lanes.get(laneKey(stand))?.bridge ?? { kg: null, plate: null, run: 0 };
  const states = passports.ofCarrier(held.states.values(), carrierOf(request.seen));
  const onRecord = { states, vehicle, bridge, unreleased: held.unreleased };
  const judgement = judge(situationOf(deps, request.seen, onRecord));
  const kg = reading.weighing?.kg ?? null;
  if (lane.weighbridge && kg !== null) {
    const shown = { kg, plate: reading.plate, run: runAfter(bridge, kg, reading.plate) };
    held.lanes.set(laneKey(stand), { ...stand, bridge: shown });
  }
  return { ...request, judgement, passport: judgement.passport?.number ?? null };
}

/** Writes verdicts down: on the stream of the passport where there is one, else on the reading's own. */
async function record(
  tx: Tx,
  held: Held,
  judged: readonly Judged[],
): Promise<Map<string, readings.KeptReading>> {
  if (judged.length === 0) return new Map();
  const told = judged.map((each) => tell(held, each));
  const progress = told.flatMap((each) => each.progress ?? []);
  const completed = progress.filter(({ now }) => now.completedAt !== null);
  const rows = told.map(({ kept }) => ({
    reading: kept,
    supersedes: held.vehicles.get(kept.plate)?.waitingReading ?? null,
  }));
  await Promise.all([
    readings.saveMany(tx, rows, [...held.lanes.values()]),
    append(
      tx,
      told.flatMap(({ alone }) => alone),
    ),
    save(tx, progress),
    crossPapers(
      tx,
      completed.map(({ number }) => number),
    ),
    recordAudits(tx, judged.map(auditOf)),
  ]);
  return new Map(told.map(({ kept }) => [kept.id, kept]));
}

/** What became of a passport, or of a reading that has none, and the reading as it is kept. */
interface Told {
  readonly progress: Progress | null;
  readonly alone: readonly EventRecord[];
  readonly kept: readings.KeptReading;
}

function tell(held: Held, judged: Judged): Told {
  const { seen, judgement, passport } = judged;
  const state = held.states.get(passport ?? '');
  if (!state) {
    const stream = streamOfReading(seen.reading.id);
    const alone = place(stream, 0, [refusalOf(judged)], seen.envelope);
    return { progress: null, alone, kept: keptOf(judged, null, false) };
  }
  const progress = new Progress(state.number, state, consigned(seen.envelope, state));
  const crossing = judgement.verdict === 'open' ? crossingOf(judged) : null;
  if (crossing) passGate(progress, crossing, held.papers);
  else {
    progress.push(refusalOf(judged));
    const reason = state.examination ? null : judgement.examination;
    if (reason) {
      const ordered = { reading: seen.reading.id, reason };
      progress.push({ kind: 'cargo.gateExaminationOrdered', payload: ordered });
    }
  }
  held.states.set(state.number, progress.now);
  const completed = crossing !== null && progress.now.completedAt !== null;
  return { progress, alone: [], kept: keptOf(judged, crossing, completed) };
}

function refusalOf({ seen: { reading, gate, lane }, judgement }: Judged) {
  const { verdict, reasons, weight } = judgement;
  const payload: GateRefusedPayload = {
    ...{ reading: reading.id, gate: gate.id, lane: lane.id, vehicle: reading.plate },
    verdict: verdict === 'open' ? 'refuse' : verdict,
    ...{ reasons, weight },
  };
  return { kind: 'cargo.gateRefused', payload } as const;
}

const crossingOf = ({ seen, judgement: { weight } }: Judged): Crossing => ({
  ...{ reading: seen.reading.id, gate: seen.gate.id, lane: seen.lane.id },
  ...{ position: seen.gate.position, at: seen.envelope.occurredAt, offline: false, manual: null },
  measuredKg: weight?.measuredKg ?? null,
  differenceKg: weight?.differenceKg ?? null,
});

const keptOf = (
  { seen, judgement: { verdict, reasons, weight }, passport }: Judged,
  crossing: Crossing | null,
  completed: boolean,
): readings.KeptReading => ({
  ...{ id: seen.reading.id, gate: seen.gate.id, lane: seen.lane.id, zone: seen.gate.zone },
  ...{ office: seen.office, direction: seen.lane.direction, plate: seen.reading.plate, passport },
  at: seen.envelope.occurredAt,
  isOffline: false,
  hasPassed: crossing !== null,
  standing: verdict,
  contentHash: seen.hash,
  body: { reading: seen.reading, reasons, weight, completed, crossing, caseId: null },
});

const auditOf = ({ actor, seen, judgement, passport }: Judged): AuditEntry => ({
  actor,
  operation: permission.readAtGate.operation,
  subjects: [`gate:${seen.gate.id}`, ...(passport ? [streamOf(passport)] : [])],
  outcome: 'done',
  detail: { reading: seen.reading.id, verdict: judgement.verdict },
  at: seen.envelope.recordedAt,
});

/**
 * The same reading again is the same reading, and says how it stands now: a gate whose vehicle waits
 * asks again and learns what the officer decided.
 */
function repeated(before: readings.KeptReading, seen: Seen): Outcome {
  if (before.contentHash !== seen.hash) return { refused: otherContent(before.id) };
  return { answer: answerOf(before, true) };
}

const answerOf = (kept: readings.KeptReading, isRepeated: boolean): GateAnswer => ({
  reading: kept.id,
  verdict: kept.hasPassed ? 'open' : kept.standing === 'wait' ? 'wait' : 'refuse',
  repeated: isRepeated,
  passport: kept.passport,
  reasons: [...kept.body.reasons],
  weight: kept.body.weight,
  completed: kept.body.completed,
});
