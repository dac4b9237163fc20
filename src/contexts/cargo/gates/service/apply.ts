import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { compare, decimal } from '../../../../kernel/decimal.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { parseInput } from '../../../../platform/input.ts';
import { inTransaction, rehearse, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import { keyOf, problemsOf } from '../application.ts';
import { Paper, type PassportAnswer, PassportApplication, Vehicle } from '../contract.ts';
import { streamOf } from '../events.ts';
import { hasCrossed, type State } from '../passport.ts';
import * as permission from '../permissions.ts';
import * as papers from '../store/papers.ts';
import * as passports from '../store/passports.ts';
import * as readings from '../store/readings.ts';
import { approve } from './approve.ts';
import type { GateDeps } from './deps.ts';
import { Progress, save } from './progress.ts';
import { createTurns, type InTurn } from './turns.ts';

interface ApplyOptions {
  /** Tells what would happen, and keeps nothing. */
  readonly dryRun?: boolean;
}

/** What enterprises do: register vehicles and papers, apply for passports, withdraw them. */
export function createApplications(deps: GateDeps) {
  const inTurn = createTurns();
  const applyOne = (
    actor: Actor,
    input: unknown,
    correlation: string | null = null,
    { dryRun = false }: ApplyOptions = {},
  ) => {
    const application = parseInput(PassportApplication, input);
    return applyFor(deps, inTurn, actor, application, { correlation, dryRun });
  };

  return {
    apply: applyOne,

    /** Many at once, each with its own answer: a refused one does not stop the rest. */
    async applyMany(
      actor: Actor,
      inputs: readonly unknown[],
      correlation: string | null = null,
    ): Promise<PassportAnswer[]> {
      const answers: PassportAnswer[] = [];
      for (const input of inputs) {
        try {
          answers.push(await applyOne(actor, input, correlation));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          answers.push(refusedAnswer(input, error));
        }
      }
      return answers;
    },

    /** Withdraws a passport that has not passed a gate; what it took of its papers is given back. */
    async cancel(
      actor: Actor,
      number: string,
      said: { readonly note: string },
      { dryRun = false }: ApplyOptions = {},
    ): Promise<State> {
      const cancelled = await (dryRun ? rehearse : inTransaction)(deps.db, async (tx) => {
        const state = await passports.lock(tx, number);
        if (!state) throw notFound(number);
        authorise(actor, permission.cancelPassport, { organisations: [state.organisation] });
        const isLive = state.state === 'applied' || state.state === 'approved';
        if (!isLive || hasCrossed(state)) {
          throw new Refused('conflict', {
            code: 'cargo.passport_not_in_this_state',
            seen: state.state,
          });
        }
        const progress = new Progress(
          number,
          state,
          envelopeOf(deps, actor, { consignment: number }),
        );
        progress.push({ kind: 'cargo.passportDeleted', payload: { note: said.note } });
        await papers.giveBack(tx, [number]);
        await save(tx, [progress]);
        await audit(deps, tx, actor, permission.cancelPassport.operation, [number]);
        return progress.now;
      });
      if (dryRun) return cancelled;
      await reconsiderOn(deps, actor, { papers: cancelled.content.papers.map(keyOf) });
      return cancelled;
    },

    /** Computes the approval of a waiting passport anew. */
    async reconsider(actor: Actor, number: string): Promise<State> {
      const state = await passports.find(deps.db, number);
      if (!state) throw notFound(number);
      authorise(actor, permission.applyPassport, { organisations: [state.organisation] });
      return reconsider(deps, actor, number);
    },

    /** Tells a paper that has no other owner in the port: a list (核注清单) until its ledger is here. */
    async registerPaper(actor: Actor, input: unknown): Promise<Paper> {
      const paper = parseInput(Paper, input);
      authorise(actor, permission.registerGatePaper, { organisations: [paper.organisation] });
      if (deps.paperSources[paper.kind]) {
        throw new Refused('conflict', { code: 'cargo.paper_has_owner', seen: paper.kind });
      }
      await inTransaction(deps.db, (tx) => registerPaper(deps, tx, actor, paper));
      await reconsiderOn(deps, actor, { papers: [keyOf(paper)] });
      return paper;
    },

    async registerVehicle(actor: Actor, input: unknown): Promise<Vehicle> {
      const vehicle = parseInput(Vehicle, input);
      authorise(actor, permission.registerVehicle, { organisations: [vehicle.organisation] });
      await inTransaction(deps.db, async (tx) => {
        const { registration } = await readings.lockVehicle(tx, vehicle.plate);
        if (registration && registration.organisation !== vehicle.organisation) {
          throw new Refused('conflict', { code: 'cargo.vehicle_of_another', seen: vehicle.plate });
        }
        await readings.saveRegistration(tx, vehicle);
        await audit(deps, tx, actor, permission.registerVehicle.operation, []);
      });
      return vehicle;
    },
  };
}

/** An applicant that lost the race for an id finds the winner's passport on the second look. */
async function applyFor(
  deps: GateDeps,
  inTurn: InTurn,
  actor: Actor,
  application: PassportApplication,
  { correlation, dryRun }: { readonly correlation: string | null; readonly dryRun: boolean },
): Promise<PassportAnswer> {
  const { id, content, occurredAt } = application;
  const organisation = application.organisation ?? actor.organisationId;
  authorise(actor, permission.applyPassport, { organisations: [organisation] });
  const hash = contentHash({ organisation, content });
  const before = await passports.findById(deps.db, id);
  if (before) return repeated(actor, before, hash);
  const envelope = envelopeOf(deps, actor, { consignment: id, occurredAt, correlation });
  const on = localDateOf(envelope.occurredAt);
  const problems = problemsOf(content, deps.zones.zoneOn(content.zone, on), on);
  if (problems.length > 0) throw new Refused('invalid', problems);

  const write = async (tx: Tx): Promise<State | null> => {
    const office = deps.zones.officeOf(content.zone) ?? '';
    const [serial, vehicle] = await Promise.all([
      passports.nextSerial(tx),
      readings.lockVehicle(tx, content.vehicle.plate),
    ]);
    const number = numberOf(office, content.direction, on, serial);
    const progress = new Progress(number, null, { ...envelope, consignment: number });
    progress.push({
      kind: 'cargo.passportApplied',
      payload: { id, organisation, office, content, contentHash: hash },
    });
    if (!(await passports.insert(tx, progress.now))) return null;
    await approve(deps, tx, progress, vehicle, { ...envelope, consignment: number }, null);
    await Promise.all([
      save(tx, [progress]),
      audit(deps, tx, actor, permission.applyPassport.operation, [number]),
    ]);
    return progress.now;
  };
  const touches = [`id ${id}`, `vehicle ${content.vehicle.plate}`, ...content.papers.map(keyOf)];
  const state = await inTurn(touches, () => (dryRun ? rehearse : inTransaction)(deps.db, write));
  if (state) return { ...answerOf(state, false), ...(dryRun && { number: null }) };
  const winner = await passports.findById(deps.db, id);
  if (!winner) throw new Error(`Passport id ${id} was taken and is not there.`);
  return repeated(actor, winner, hash);
}

/** The same id with the same content is the same passport; with other content it is refused. */
function repeated(actor: Actor, state: State, hash: string): PassportAnswer {
  authorise(actor, permission.applyPassport, { organisations: [state.organisation] });
  if (state.contentHash === hash) return answerOf(state, true);
  throw new Refused('conflict', {
    code: 'cargo.passport_id_has_other_content',
    seen: state.id,
    params: { before: state.contentHash.slice(0, 12), now: hash.slice(0, 12) },
  });
}

function answerOf(state: State, isRepeated: boolean): PassportAnswer {
  const { id, number, conditions, approval } = state;
  const outcome =
    approval === 'pass' ? 'approved' : approval === 'manualPost' ? approval : 'pending';
  return {
    id,
    outcome,
    number,
    repeated: isRepeated,
    state: state.state,
    conditions,
    problems: [],
  };
}

function refusedAnswer(input: unknown, { refusals }: Refused): PassportAnswer {
  const id = (input as { id?: unknown } | null)?.id;
  return {
    id: typeof id === 'string' ? id.slice(0, 64) : '',
    ...{ outcome: 'refused', number: null, repeated: false, state: null, conditions: [] },
    problems: [...refusals],
  };
}

/** Computes anew. The vehicle is held before the passport, as gates do it, so that nobody waits in a ring. */
export async function reconsider(
  deps: GateDeps,
  actor: Actor,
  number: string,
  officer: { readonly note: string; readonly mayPass: (state: State) => void } | null = null,
): Promise<State> {
  const found = await passports.find(deps.db, number);
  if (!found) throw notFound(number);
  return inTransaction(deps.db, async (tx) => {
    const vehicle = await readings.lockVehicle(tx, found.content.vehicle.plate);
    const state = await passports.lock(tx, number);
    if (!state) throw notFound(number);
    officer?.mayPass(state);
    if (state.state !== 'applied') return state;
    const envelope = envelopeOf(deps, actor, { consignment: number });
    const progress = new Progress(number, state, envelope);
    await approve(deps, tx, progress, vehicle, envelope, officer?.note ?? null);
    await save(tx, [progress]);
    const { operation } = officer ? permission.decidePassport : permission.applyPassport;
    if (progress.events.length > 0) await audit(deps, tx, actor, operation, [number]);
    return progress.now;
  });
}

/** Papers as `kind:number` and declarations that changed. */
interface Changed {
  readonly papers?: readonly string[];
  readonly declarations?: readonly string[];
}

export async function reconsiderOn(deps: GateDeps, actor: Actor, changed: Changed): Promise<void> {
  const { papers: keys = [], declarations = [] } = changed;
  for (const number of await passports.listPendingOn(deps.db, keys, declarations)) {
    await reconsider(deps, actor, number);
  }
}

/** A paper is never made smaller than what its passports already carry. */
async function registerPaper(deps: GateDeps, tx: Tx, actor: Actor, paper: Paper): Promise<void> {
  const [before] = await papers.lock(tx, [paper]);
  if (before && before.organisation !== paper.organisation) {
    throw new Refused('conflict', { code: 'cargo.paper_of_another', seen: paper.no });
  }
  for (const line of await papers.claimedOf(tx, [paper])) {
    const now = paper.lines.find(({ lineNo }) => lineNo === line.lineNo);
    if (!now || compare(decimal(now.quantity), decimal(line.claimed)) < 0) {
      throw new Refused('conflict', {
        ...{ code: 'cargo.paper_below_passports', seen: now?.quantity ?? '0' },
        params: { no: paper.no, line: line.lineNo, claimed: line.claimed },
      });
    }
  }
  await papers.save(tx, [paper]);
  await recordAudit(tx, {
    actor,
    operation: permission.registerGatePaper.operation,
    subjects: [`paper:${keyOf(paper)}`],
    outcome: 'done',
    at: deps.clock.now(),
  });
}

/** 核放单编号: Z, the office, I or E, the day, a serial. */
const numberOf = (office: string, direction: 'in' | 'out', on: string, serial: string): string =>
  `Z${office}${direction === 'in' ? 'I' : 'E'}${on.slice(2).replaceAll('-', '')}${serial}`;

export const notFound = (number: string): Refused =>
  new Refused('not_found', { code: 'cargo.passport_unknown', seen: number });

export const audit = (
  deps: GateDeps,
  tx: Tx,
  actor: Actor,
  operation: string,
  numbers: readonly string[],
  detail: Record<string, unknown> = {},
): Promise<void> =>
  recordAudit(tx, {
    ...{ actor, operation, detail },
    subjects: numbers.map(streamOf),
    outcome: 'done',
    at: deps.clock.now(),
  });
