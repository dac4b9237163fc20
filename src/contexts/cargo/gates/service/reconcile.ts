import { localDateOf } from '../../../../kernel/dates.ts';
import { place } from '../../../../kernel/event.ts';
import type { Refusal } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { openCase } from '../../../cases/index.ts';
import { type Actor, recordAudit } from '../../../identity/index.ts';
import type { Crossing, OfflineAnswer, Reason } from '../contract.ts';
import { type NewEvent, streamOf, streamOfReading } from '../events.ts';
import * as flags from '../flags.ts';
import type { State } from '../passport.ts';
import * as permission from '../permissions.ts';
import * as passports from '../store/passports.ts';
import * as readings from '../store/readings.ts';
import type { Situation } from '../verdict.ts';
import { compareWeight } from '../weighing.ts';
import type { DeclaredDowntime, GateDeps } from './deps.ts';
import { pass } from './pass.ts';
import { Progress, save } from './progress.ts';
import { consigned, findUnreleased, otherContent, type Seen, situationOf } from './situation.ts';

/** One offline reading on its way into the record, and whatever it changes about other passings. */
export class Reconciliation {
  private readonly deps: GateDeps;
  private readonly tx: Tx;
  private readonly actor: Actor;
  private readonly seen: Seen;
  private readonly downtime: DeclaredDowntime | null;
  private readonly touched = new Map<string, Progress>();

  constructor(deps: GateDeps, tx: Tx, actor: Actor, seen: Seen, downtime: DeclaredDowntime | null) {
    this.downtime = downtime;
    this.deps = deps;
    this.tx = tx;
    this.actor = actor;
    this.seen = seen;
  }

  async take(passed: boolean, onDuty: string): Promise<OfflineAnswer> {
    const { tx, seen } = this;
    const vehicle = await readings.lockVehicle(tx, seen.reading.plate);
    const before = await readings.find(tx, seen.reading.id);
    if (before) {
      const isOther =
        before.contentHash !== seen.hash ||
        (before.isOffline && before.at !== seen.envelope.occurredAt);
      if (isOther) throw otherContent(before.id);
      if (before.isOffline || before.hasPassed || !passed) return repeated(before, this.downtime);
    }
    const situation = await this.situation(vehicle);
    const passport = flags.passportThen(situation);
    if (!passed) return this.turnedAway(passport as State | null, onDuty);
    const reasons = flags.wrongInItself(situation, passport, this.downtime !== null);
    if (before) reasons.unshift({ code: 'cargo.passed_against_verdict', seen: before.standing });
    return this.passed(situation, passport as State | null, reasons, onDuty, {
      wasRead: before !== null,
      waitingReading: vehicle.waitingReading,
    });
  }

  private async situation(vehicle: Situation['vehicle']): Promise<Situation> {
    const { deps, tx, seen } = this;
    const { plate, passport } = seen.reading;
    const carrier = { plate, passport, at: seen.envelope.occurredAt };
    const states = passports.ofCarrier(await passports.lockOf(tx, [carrier]), carrier);
    for (const state of states) {
      const envelope = consigned(seen.envelope, state);
      this.touched.set(state.number, new Progress(state.number, state, envelope));
    }
    const unreleased = await findUnreleased(deps, tx, states);
    const bridge = { kg: null, plate: null, run: 0 };
    return situationOf(deps, seen, { states, vehicle, bridge, unreleased });
  }

  private async turnedAway(passport: State | null, onDuty: string): Promise<OfflineAnswer> {
    const { reading, gate, lane } = this.seen;
    await this.write(passport, {
      kind: 'cargo.gateRefused',
      payload: {
        ...{ reading: reading.id, gate: gate.id, lane: lane.id, vehicle: reading.plate },
        ...{ verdict: 'refuse', reasons: [], weight: null },
      },
    });
    await this.saveTouched();
    await readings.saveOffline(this.tx, this.kept(passport, null, [], null));
    await this.audit(passport, onDuty);
    return this.answer(passport, [], null);
  }

  private async passed(
    situation: Situation,
    passport: State | null,
    inItself: readonly Refusal[],
    onDuty: string,
    { wasRead, waitingReading }: { wasRead: boolean; waitingReading: string | null },
  ): Promise<OfflineAnswer> {
    const crossing = this.crossing(passport);
    const reasons = [...inItself];
    if (passport && flags.counts(passport, situation)) {
      reasons.push(...(await this.count(passport, crossing)));
    }
    reasons.push(...(await this.compareWithOthers(crossing)));
    if (reasons.length > 0) {
      await this.write(passport, { kind: 'cargo.crossingFlagged', payload: { crossing, reasons } });
    }
    await this.saveTouched();
    const caseId = reasons.length > 0 ? await this.openCase(passport, crossing, reasons) : null;
    const kept = this.kept(passport, crossing, reasons, caseId);
    if (wasRead) {
      await readings.updateStanding(this.tx, kept.id, kept);
      if (waitingReading === kept.id) {
        await readings.endWaiting(this.tx, kept, kept.at);
      }
    } else await readings.saveOffline(this.tx, kept);
    await this.audit(passport, onDuty);
    return this.answer(passport, reasons, caseId);
  }

  /** Counts a passing once: of two at one gate the earlier is the true one, and the later is flagged. */
  private async count(passport: State, crossing: Crossing): Promise<Refusal[]> {
    const progress = this.progressOf(passport.number);
    const prior = progress && flags.alreadyPassed(progress.now, this.seen);
    if (!progress) return [];
    if (!prior) {
      await pass(this.tx, progress, crossing);
      return [];
    }
    if (flags.isEarlier(prior, crossing)) return [flags.passedAgain(crossing)];
    progress.push({
      kind: 'cargo.crossingCorrected',
      payload: { crossing, replaces: prior.reading },
    });
    await this.flagOther(prior.reading, [flags.passedAgain(prior)]);
    return [];
  }

  /** The vehicle may have been at another gate at the same time: the later of the two is flagged. */
  private async compareWithOthers(crossing: Crossing): Promise<Refusal[]> {
    const { deps, tx, seen } = this;
    const { plate } = seen.reading;
    const on = localDateOf(crossing.at);
    const { minutesBetweenGates } = deps.policyOn(on);
    const around = { plate, gate: seen.gate.id, at: crossing.at };
    const reasons: Refusal[] = [];
    for (const other of await readings.listAround(tx, around, minutesBetweenGates)) {
      const gate = deps.zones.gateOn(other.gate, on);
      const isCorridor =
        gate?.zone === seen.gate.zone &&
        gate.line === seen.gate.line &&
        gate.position !== seen.gate.position;
      if (isCorridor) continue;
      if (flags.isEarlier(flags.readingOf(other), crossing)) {
        reasons.push(flags.atTwoGates(plate, other.gate));
      } else {
        await this.flagOther(other.id, [flags.atTwoGates(plate, seen.gate.id)]);
      }
    }
    return reasons;
  }

  /** A passing we had believed until now: it is flagged, and its case opened if it has none yet. */
  private async flagOther(id: string, reasons: Refusal[]): Promise<void> {
    const { tx } = this;
    const other = await readings.find(tx, id);
    const crossing = other?.body.crossing;
    if (!other || !crossing) return;
    const codes = new Set(other.body.reasons.map(keyOfReason));
    const fresh = reasons.filter((reason) => !codes.has(keyOfReason(reason)));
    if (fresh.length === 0) return;
    const state = other.passport ? await this.hold(other.passport) : null;
    await this.write(
      state,
      { kind: 'cargo.crossingFlagged', payload: { crossing, reasons: fresh } },
      id,
    );
    const caseId = other.body.caseId ?? (await this.openCase(state, crossing, fresh, other));
    await readings.updateStanding(tx, id, {
      standing: 'flagged',
      hasPassed: true,
      body: { ...other.body, reasons: [...other.body.reasons, ...fresh], caseId },
    });
  }

  private async hold(number: string): Promise<State | null> {
    const known = this.touched.get(number);
    if (known) return known.now;
    const state = await passports.lock(this.tx, number);
    if (!state) return null;
    const envelope = consigned(this.seen.envelope, state);
    this.touched.set(number, new Progress(number, state, envelope));
    return state;
  }

  private progressOf(number: string): Progress | null {
    return this.touched.get(number) ?? null;
  }

  /** On the passport's stream where there is one, else on the reading's own. */
  private async write(
    passport: State | null,
    event: NewEvent,
    reading = this.seen.reading.id,
  ): Promise<void> {
    const progress = passport && this.progressOf(passport.number);
    if (progress) {
      progress.push(event);
      return;
    }
    const stream = streamOfReading(reading);
    const { length } = await readStream(this.tx, stream);
    await append(this.tx, place(stream, length, [event], this.seen.envelope));
  }

  private saveTouched = (): Promise<void> => save(this.tx, [...this.touched.values()]);

  private crossing(passport: State | null): Crossing {
    const { reading, gate, lane, envelope } = this.seen;
    const measured = reading.weighing?.kg ?? null;
    const policy = this.deps.policyOn(localDateOf(envelope.occurredAt));
    const weight =
      passport && measured !== null
        ? compareWeight(passport.content, passport.weighedAs, measured, policy).comparison
        : null;
    return {
      ...{ reading: reading.id, gate: gate.id, lane: lane.id, position: gate.position },
      ...{ at: envelope.occurredAt, offline: true, manual: null },
      measuredKg: measured,
      differenceKg: weight?.differenceKg ?? null,
    };
  }

  private kept(
    passport: State | null,
    crossing: Crossing | null,
    reasons: Refusal[],
    caseId: string | null,
  ): readings.KeptReading {
    const { reading, gate, lane, office, hash, envelope } = this.seen;
    const now = passport && this.progressOf(passport.number)?.now;
    return {
      ...{ id: reading.id, gate: gate.id, lane: lane.id, zone: gate.zone, office },
      direction: lane.direction,
      plate: reading.plate,
      passport: passport?.number ?? null,
      at: envelope.occurredAt,
      isOffline: true,
      hasPassed: crossing !== null,
      standing: crossing === null ? 'refuse' : reasons.length > 0 ? 'flagged' : 'open',
      contentHash: hash,
      body: {
        ...{ reading, reasons, weight: null, crossing, caseId },
        completed: now?.completedAt != null,
      },
    };
  }

  private openCase(
    passport: State | null,
    crossing: Crossing,
    reasons: readonly Refusal[],
    of: { readonly office: string; readonly plate: string } = {
      office: this.seen.office,
      plate: this.seen.reading.plate,
    },
  ): Promise<string> {
    const sentences = reasons.map((reason) => this.deps.say(reason));
    const number = passport?.number ?? null;
    const subject = number ? streamOf(number) : `reading:${crossing.gate}~${crossing.reading}`;
    const words = [...sentences.map(({ zh }) => zh), ...sentences.map(({ en }) => en)];
    return openCase(
      this.tx,
      {
        kind: 'discrepancy',
        title: {
          zh: `不应放行的过卡：${of.plate} ${crossing.gate}`,
          en: `A passing that should not have been: ${of.plate} ${crossing.gate}`,
        },
        about: subject,
        consignment: number ?? crossing.reading,
        owners: [of.office],
        findings: [
          {
            kind: reasons.some(({ code }) => code === 'cargo.weight_differs')
              ? 'weightDiffers'
              : 'other',
            severity: 'serious',
            description: words.join('\n').slice(0, 2000),
            ...{ quantity: null, unit: null, lineNo: null },
          },
        ],
      },
      { ...this.seen.envelope, consignment: number },
    );
  }

  private audit(passport: State | null, onDuty: string): Promise<void> {
    const { reading, gate, envelope } = this.seen;
    return recordAudit(this.tx, {
      actor: this.actor,
      operation: permission.readAtGate.operation,
      subjects: [`gate:${gate.id}`, ...(passport ? [streamOf(passport.number)] : [])],
      outcome: 'done',
      detail: { reading: reading.id, offline: true, onDuty },
      at: envelope.recordedAt,
    });
  }

  private answer(
    passport: State | null,
    reasons: readonly Refusal[],
    caseId: string | null,
  ): OfflineAnswer {
    return {
      reading: this.seen.reading.id,
      outcome: reasons.length > 0 ? 'flagged' : 'accepted',
      repeated: false,
      passport: passport?.number ?? null,
      downtime: this.downtime?.id ?? null,
      reasons: [...reasons],
      caseId,
    };
  }
}

const keyOfReason = ({ code, params }: Pick<Reason, 'code' | 'params'>): string =>
  `${code} ${JSON.stringify(params ?? {})}`;

const repeated = (
  before: readings.KeptReading,
  downtime: DeclaredDowntime | null,
): OfflineAnswer => ({
  reading: before.id,
  outcome: before.standing === 'flagged' ? 'flagged' : 'accepted',
  repeated: true,
  passport: before.passport,
  downtime: downtime?.id ?? null,
  reasons: [...before.body.reasons],
  caseId: before.body.caseId,
});
