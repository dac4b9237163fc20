import type { z } from 'zod';
import { Refused } from '../../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import type { Crossing, GateAnswer, GateDecision, PassportDecision } from '../contract.ts';
import { streamOf } from '../events.ts';
import { isOpen, nextGate, type State } from '../passport.ts';
import * as permission from '../permissions.ts';
import * as passports from '../store/passports.ts';
import * as readings from '../store/readings.ts';
import { audit, notFound, reconsider } from './apply.ts';
import type { GateDeps } from './deps.ts';
import { pass } from './pass.ts';
import { Progress, save } from './progress.ts';

type Said = z.output<typeof GateDecision>;

/** Reasons by which goods with a broken or exchanged seal may go on: somebody has looked at them. */
const AFTER_EXAMINATION: ReadonlySet<Said['reason']> = new Set([
  'examined',
  'sealCheckedAndReplaced',
]);

/** What officers decide: passports at the manual post, and vehicles that wait at a gate. */
export function createOfficers(deps: GateDeps) {
  return {
    async decidePassport(
      actor: Actor,
      number: string,
      said: z.output<typeof PassportDecision>,
    ): Promise<State> {
      const mayPass = (state: State): void => {
        authorise(actor, permission.decidePassport, { offices: [state.office] });
        if (state.state !== 'applied' || state.approval !== 'manualPost') {
          throw new Refused('conflict', {
            code: 'cargo.passport_not_at_manual_post',
            seen: state.approval,
          });
        }
      };
      if (said.decision === 'pass') {
        return reconsider(deps, actor, number, { note: said.note, mayPass });
      }
      return inTransaction(deps.db, async (tx) => {
        const state = await passports.lock(tx, number);
        if (!state) throw notFound(number);
        mayPass(state);
        const progress = new Progress(
          number,
          state,
          envelopeOf(deps, actor, { consignment: number }),
        );
        progress.push({ kind: 'cargo.passportReturned', payload: { note: said.note } });
        await save(tx, [progress]);
        await audit(deps, tx, actor, permission.decidePassport.operation, [number]);
        return progress.now;
      });
    },

    /** Opens by hand, with a reason, or turns a waiting vehicle away; either way it is on record. */
    async decideReading(actor: Actor, id: string, said: Said): Promise<GateAnswer> {
      const answer = await inTransaction(deps.db, (tx) => decideWaiting(deps, tx, actor, id, said));
      deps.committed();
      return answer;
    },
  };
}

async function decideWaiting(
  deps: GateDeps,
  tx: Tx,
  actor: Actor,
  id: string,
  said: Said,
): Promise<GateAnswer> {
  const found = await readings.find(tx, id);
  if (!found) throw new Refused('not_found', { code: 'cargo.reading_unknown', seen: id });
  authorise(actor, permission.openByHand, { offices: [found.office] });
  await readings.lockVehicle(tx, found.plate);
  const reading = await readings.lock(tx, id);
  const state = reading?.passport ? await passports.lock(tx, reading.passport) : null;
  if (!reading || !state || reading.standing !== 'wait') {
    throw new Refused('conflict', { code: 'cargo.reading_not_waiting', seen: found.standing });
  }
  const progress = new Progress(
    state.number,
    state,
    envelopeOf(deps, actor, { consignment: state.number }),
  );
  const crossing = said.decision === 'open' ? openedByHand(reading, progress, actor, said) : null;
  if (crossing) await open(tx, progress, crossing, said);
  else {
    progress.push({
      kind: 'cargo.turnedAway',
      payload: { reading: id, reason: said.reason, note: said.note },
    });
  }
  await save(tx, [progress]);
  const completed = progress.now.completedAt !== null;
  const after: readings.KeptReading = {
    ...reading,
    standing: crossing ? 'openedByHand' : 'turnedAway',
    hasPassed: crossing !== null,
    body: { ...reading.body, crossing, completed },
  };
  await readings.updateStanding(tx, id, after);
  await readings.endWaiting(tx, reading, crossing?.at ?? null);
  await recordAudit(tx, {
    actor,
    operation: permission.openByHand.operation,
    subjects: [`gate:${reading.gate}`, streamOf(state.number)],
    outcome: 'done',
    detail: { reading: id, ...said },
    at: deps.clock.now(),
  });
  return answerOf(after);
}

/** The passing as it will be counted, if the passport is still good for it. */
function openedByHand(
  reading: readings.KeptReading,
  { now, at }: Progress,
  actor: Actor,
  said: Said,
): Crossing {
  const position = nextGate(now);
  if (!isOpen(now) || !position || (now.validUntil !== null && at > now.validUntil)) {
    throw new Refused('conflict', { code: 'cargo.passport_not_in_this_state', seen: now.state });
  }
  if (now.examination && !AFTER_EXAMINATION.has(said.reason)) {
    throw new Refused('conflict', { code: 'cargo.examine_first', seen: now.examination.reading });
  }
  const { weight } = reading.body;
  return {
    ...{ reading: reading.id, gate: reading.gate, lane: reading.lane, position, at },
    offline: false,
    manual: { by: actor.personId, reason: said.reason, note: said.note },
    measuredKg: weight?.measuredKg ?? null,
    differenceKg: weight?.differenceKg ?? null,
  };
}

async function open(tx: Tx, progress: Progress, crossing: Crossing, said: Said): Promise<void> {
  const { examination } = progress.now;
  if (examination) {
    progress.push({
      kind: 'cargo.gateExaminationClosed',
      payload: { reading: examination.reading, note: said.note },
    });
  }
  await pass(tx, progress, crossing);
}

const answerOf = (kept: readings.KeptReading): GateAnswer => ({
  reading: kept.id,
  verdict: kept.hasPassed ? 'open' : 'refuse',
  repeated: false,
  passport: kept.passport,
  reasons: [...kept.body.reasons],
  weight: kept.body.weight,
  completed: kept.body.completed,
});
