import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Decision, Lane } from '../../risk/index.ts';
import { examinationOrder } from '../acts.ts';
import { clocksOf, conditionsOf, releaseIsDue, removalIsDue, unmetOf } from '../conditions.ts';
import type { Condition, DeclarationContent } from '../contract.ts';
import { apply, type State } from '../declaration.ts';
import { type ClearanceEvent, type NewEvent, streamOf } from '../events.ts';
import { factsOf } from '../facts.ts';
import type { Asked } from '../provider.ts';
import type { ClearanceDeps } from './deps.ts';

/**
 * A declaration on its way through one transaction: the state so far and the events that will be
 * written. Every act ends in `settle`, so that release happens the moment the record justifies it.
 */
export class Progress {
  state: State | null;
  readonly events: ClearanceEvent[] = [];
  decision: Decision | null = null;
  private readonly id: string;
  readonly envelope: Envelope;

  constructor(id: string, state: State | null, envelope: Envelope) {
    this.id = id;
    this.state = state;
    this.envelope = envelope;
  }

  get now(): State {
    if (!this.state) throw new Error(`Nothing has happened to ${this.id} yet.`);
    return this.state;
  }

  push(...events: NewEvent[]): this {
    return this.pushAt(this.envelope.occurredAt, events);
  }

  private pushAt(occurredAt: Instant, events: readonly NewEvent[]): this {
    const envelope = { ...this.envelope, occurredAt };
    const placed = place(streamOf(this.id), this.state?.version ?? 0, events, envelope);
    for (const event of placed) {
      this.state = apply(this.state, event);
      this.events.push(event);
    }
    return this;
  }

  /** Takes up what its providers require; without any, nobody was asked. */
  require(asked: Asked | null): this {
    if (!asked || asked.computed.length === 0) return this;
    const computed = [...asked.computed];
    const requirements = [...asked.requirements];
    this.push({ kind: 'clearance.required', payload: { computed, requirements } });
    // Goods that were there before they were declared (the arrival manifest came first) have arrived.
    const arrival = requirements.find((each) => each.kind === 'arrivalConfirmed' && each.metAt);
    if (!arrival || this.now.arrivedAt) return this;
    const premises = arrival.evidence ?? arrival.owner;
    return this.push({ kind: 'clearance.arrivalConfirmed', payload: { premises } });
  }

  /** Decides the lane from the facts as they stand, with the history of earlier days only. */
  decide(deps: ClearanceDeps, atLeast: Lane | null): this {
    const on: LocalDate = localDateOf(this.envelope.occurredAt);
    const stated = factsOf(this.id, this.now.content, on, deps.gradeOn);
    const facts = Object.assign(
      {},
      stated,
      deps.substances?.(this.now.content, on),
      deps.history.factsFor(stated, on),
      deps.capacity?.factsFor(stated, on),
    );
    const decision = deps.engine.decide(this.id, on, facts);
    this.decision = decision;
    const lane = heavier(decision.lane, atLeast);
    this.push({
      kind: 'clearance.decided',
      payload: {
        decisionId: decision.id,
        lane,
        score: decision.score,
        selectedBy: decision.selectedBy,
        checks: decision.results.filter((r) => r.outcome === 'hit').map((r) => r.check),
        mandatory: decision.results.some((r) => r.outcome === 'hit' && r.mandatory),
      },
    });
    if (lane === 'red') this.push(examinationOrder(this.now, 'targeting'));
    return this;
  }

  /**
   * Releases if nothing is unmet any more, at the moment the last condition was met; of a declaration
   * in two stages it permits removal as soon as the first is done. Nobody clicks either.
   */
  settle(deps: ClearanceDeps): this {
    const { now } = this;
    if (now.hold || !SETTLED_FROM.has(now.status)) return this;
    const conditions = conditionsOf(now, deps.notComputed);
    const isWaiting = now.status === 'accepted' || now.status === 'removed';
    if (isWaiting && releaseIsDue(conditions)) return this.release(conditions);
    if (now.removedAt || !removalIsDue(conditions)) return this;
    const first = conditions.filter(({ stage }) => stage === 'removal');
    return this.pushAt(this.lastMet(first), [
      {
        kind: 'clearance.removalPermitted',
        legalBasis: '海关总署公告2019年第160号',
        payload: {
          filedAt: now.filedAt ?? this.envelope.occurredAt,
          ieFlag: now.content.ieFlag,
          office: now.content.borderOffice,
          outstanding: unmetOf(conditions),
        },
      },
    ]);
  }

  private release(conditions: readonly Condition[]): this {
    const { now } = this;
    return this.pushAt(this.lastMet(conditions), [
      {
        kind: 'clearance.released',
        legalBasis: '海关法 第二十九条',
        payload: {
          filedAt: now.filedAt ?? this.envelope.occurredAt,
          arrivedAt: now.arrivedAt,
          lane: now.lane,
          selectedBy: now.selectedBy,
          untouched: now.untouched,
          ieFlag: now.content.ieFlag,
          office: now.content.borderOffice,
          clocks: clocksOf(conditions),
        },
      },
    ]);
  }

  private lastMet(conditions: readonly Condition[]): Instant {
    const metAt = conditions.flatMap((condition) => condition.metAt ?? []);
    return metAt.reduce((a, b) => (a > b ? a : b), this.envelope.occurredAt);
  }
}

/** An examination at destination does not hold up removal; a finding does, wherever it was made. */
const SETTLED_FROM: ReadonlySet<string> = new Set(['accepted', 'removed', 'examination']);

const WEIGHT: Record<Lane, number> = { green: 0, blue: 1, yellow: 2, red: 3 };

/** An amendment never makes a selection lighter: what was to be looked at is still looked at. */
function heavier(lane: Lane, atLeast: Lane | null): Lane {
  return atLeast && WEIGHT[atLeast] > WEIGHT[lane] ? atLeast : lane;
}

/**
 * Nothing happens to a declaration before it is filed. Apart from that, reports of what happened may
 * arrive in any order: a terminal may tell of an arrival before an officer writes down the morning's check.
 */
export function inOrder(envelope: Envelope, state: State): Envelope {
  if (!state.filedAt || envelope.occurredAt >= state.filedAt) return envelope;
  throw new Refused('invalid', {
    code: 'clearance.before_it_was_filed',
    path: 'occurredAt',
    seen: envelope.occurredAt,
  });
}

export const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'clearance.not_found', seen: id });

/** Whom a declaration concerns: its declarant and domestic party, and three customs offices. */
export function concerns(state: State) {
  const { content } = state;
  return {
    organisations: [state.organisation, content.parties.domestic?.uscc ?? null],
    offices: [
      content.declarationOffice,
      content.borderOffice,
      content.examinationOffice,
      content.modes?.transitOffice ?? null,
    ],
  };
}

/** The certified grade of the domestic party on a day, where it has one. */
export function gradeOf(
  deps: ClearanceDeps,
  { parties }: DeclarationContent,
  on: LocalDate,
): string | null {
  const uscc = parties.domestic?.uscc;
  return uscc ? deps.gradeOn(uscc, on) : null;
}
