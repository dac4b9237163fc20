import type { z } from 'zod';
import { Refused } from '../../../kernel/refusal.ts';
import { AMENDMENT_RULE, ensure, examinationOrder } from '../acts.ts';
import type { DeclarationContent, TransitEnd, TransitStart } from '../contract.ts';
import type { State } from '../declaration.ts';
import type { NewEvent } from '../events.ts';
import type { Clock, ClockPause, ClockResumption } from './contract.ts';

/** The acts that only some modes have: the second of two steps, the two ends of a transit, clocks. */

/* ---------------------------------------------------------------- two steps */

/** What is said in the second step, and what became of its clock. */
export interface SaidToComplete {
  readonly content: DeclarationContent;
  readonly contentHash: string;
  readonly clock: Clock | null;
  readonly daysLate: number;
}

/** The second of two steps. Late or not, it is accepted: what lateness costs is said with it. */
export function complete(state: State, said: SaidToComplete): NewEvent[] {
  ensure(state, 'complete');
  const changed = changedSummary(state.content, said.content);
  if (changed.length > 0) {
    throw new Refused(
      'invalid',
      changed.map((path) => ({
        code: 'clearance.completion_changes_summary',
        path,
        legalBasis: AMENDMENT_RULE,
      })),
    );
  }
  return [
    {
      kind: 'clearance.completed',
      clock: 'completeDeclaration',
      legalBasis: '海关总署公告2019年第216号',
      payload: {
        content: said.content,
        contentHash: said.contentHash,
        dueOn: said.clock?.dueOn ?? null,
        daysLate: said.daysLate,
      },
    },
  ];
}

/** Entries the second step may say more about than the first did, rather than merely add. */
const MAY_GROW = new Set(['documents', 'licences', 'remarks']);

/**
 * Entries of the summary that the second step says otherwise, by path. Absent ones may be filled in,
 * and a tariff code may be carried on to all its digits; anything else is an amendment.
 */
export function changedSummary(summary: unknown, whole: unknown, path = ''): string[] {
  if (summary === null || summary === undefined || MAY_GROW.has(path)) return [];
  if (typeof summary !== 'object') {
    if (summary === whole) return [];
    const isLonger = typeof whole === 'string' && whole.startsWith(String(summary));
    return path.endsWith('.hsCode') && isLonger ? [] : [path];
  }
  if (Array.isArray(summary)) {
    const others = Array.isArray(whole) ? whole : [];
    if (others.length !== summary.length) return [path];
    return summary.flatMap((each, index) =>
      changedSummary(each, others[index], `${path}[${index}]`),
    );
  }
  const others = (whole ?? {}) as Record<string, unknown>;
  return Object.entries(summary).flatMap(([name, value]) =>
    changedSummary(value, others[name], path ? `${path}.${name}` : name),
  );
}

/* ---------------------------------------------------------------- transit */

export function startTransit(state: State, said: z.output<typeof TransitStart>): NewEvent[] {
  ensure(state, 'startTransit');
  const { ieFlag, borderOffice, modes } = state.content;
  const border = borderOffice ?? '';
  const inland = modes?.transitOffice ?? '';
  const [from, to] = ieFlag === 'I' ? [border, inland] : [inland, border];
  const { seals, dueOn = null } = said;
  return [
    {
      kind: 'clearance.transitStarted',
      clock: 'endTransit',
      legalBasis: TRANSIT_RULE,
      payload: { from, to, seals, dueOn },
    },
  ];
}
const TRANSIT_RULE = '海关关于转关货物监管办法';

/** Goods whose seals are not as they were put on are examined where they have come to. */
export function endTransit(state: State, said: z.output<typeof TransitEnd>): NewEvent[] {
  ensure(state, 'endTransit');
  const { premises, seals } = said;
  const putOn = new Set(state.transit?.seals);
  const isSame = seals.length === putOn.size && seals.every((seal) => putOn.has(seal));
  const intact = said.intact && isSame;
  const ended: NewEvent = {
    kind: 'clearance.transitEnded',
    clock: 'endTransit',
    legalBasis: TRANSIT_RULE,
    payload: { premises, seals, intact },
  };
  const pending = state.examinations.at(-1);
  if (intact || (pending && !pending.record)) return [ended];
  return [ended, examinationOrder(state, 'sealsDiffer', state.transit?.to)];
}

/* ---------------------------------------------------------------- clocks */

/** A clock stands still for a listed reason only, and while nobody else has stopped it. */
export function pauseClock(
  state: State,
  said: z.output<typeof ClockPause>,
  clock: Clock | null,
): NewEvent[] {
  ensure(state, 'pauseClock');
  ensureRuns(said.clock, clock);
  if (clock?.pausedAt) {
    throw new Refused('conflict', { code: 'clearance.clock_already_paused', seen: said.clock });
  }
  const { code, note } = said;
  return [
    {
      kind: 'clearance.clockPaused',
      clock: said.clock,
      pauseCode: code,
      payload: { clock: said.clock, code, note },
    },
  ];
}

export function resumeClock(
  state: State,
  said: z.output<typeof ClockResumption>,
  clock: Clock | null,
): NewEvent[] {
  ensure(state, 'resumeClock');
  ensureRuns(said.clock, clock);
  if (!clock?.pausedAt) {
    throw new Refused('conflict', { code: 'clearance.clock_not_paused', seen: said.clock });
  }
  const { note } = said;
  return [
    {
      kind: 'clearance.clockResumed',
      clock: said.clock,
      payload: { clock: said.clock, note },
    },
  ];
}

function ensureRuns(kind: string, clock: Clock | null): void {
  if (clock?.startedOn && !clock.metAt) return;
  throw new Refused('conflict', { code: 'clearance.clock_not_running', seen: kind });
}
