import { contentHash } from '../../../kernel/canonical.ts';
import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import { append, readStream } from '../../../platform/event-log/event-log.ts';
import { refusalsOf } from '../../../platform/input.ts';
import { type Db, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../identity/index.ts';
import type { Problem } from '../contract.ts';
import type { Permit, PermitChange } from './contract.ts';
import { PermitInput, type PermitResult } from './contract.ts';
import { type Balance, cover } from './cover.ts';
import { type NewPermitEvent, type PermitEvent, permitStream } from './events.ts';
import { issuePermits } from './permissions.ts';
import { fold, isWithin, type PermitState, permitId, plus, takenOf } from './permit.ts';
import { createPermitReads } from './read.ts';
import * as store from './store.ts';
import { type Step, writeTakings } from './takings.ts';

interface PermitDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Whether a code is in force on a day; `reference` knows. */
  readonly inForce: (table: string, code: string, on: LocalDate) => boolean;
}

/** Issuing, changing and revoking permits; reading them. Taking of them is the filing's work. */
export function createPermits(deps: PermitDeps) {
  const { db } = deps;
  const reads = createPermitReads(deps);

  async function act(
    actor: Actor,
    id: string,
    decide: (state: PermitState) => NewPermitEvent,
  ): Promise<Permit> {
    await inTransaction(db, async (tx) => {
      const waits = await store.lockWaits(tx, { permits: [id] });
      const held = (await store.lockPermits(tx, [id], [])).get(id);
      if (!held) throw notFound(id);
      authorise(actor, issuePermits, { organisations: [held.issuer] });
      const events = (await readStream(tx, permitStream(id))) as PermitEvent[];
      const state = fold(events);
      if (!state) throw notFound(id);
      if (state.revokedAt)
        throw new Refused('conflict', { code: 'clearance.permit_revoked', seen: id });
      const envelope = envelopeOf(deps, actor);
      const told = place(permitStream(id), state.seq, [decide(state)], envelope);
      const next = fold([...events, ...told]);
      if (!next) throw notFound(id);
      await append(tx, told);
      await store.saveTerms(tx, [next]);
      await matchWaits(tx, [next], waits, envelope);
      await recordAudit(tx, {
        ...{ actor, operation: issuePermits.operation, subjects: [permitStream(id)] },
        ...{ outcome: 'done', at: envelope.recordedAt },
        detail: { events: told.map(({ kind }) => kind) },
      });
    });
    return reads.get(actor, id);
  }

  return {
    ...reads,

    /** Many permits, each with its own answer. Declarations that waited for one get it here and now. */
    async issue(actor: Actor, given: readonly unknown[]): Promise<PermitResult[]> {
      authorise(actor, issuePermits, { organisations: [actor.organisationId] });
      const read = given.map((each) => readInput(deps, each));
      const sound = read.flatMap(({ input }) => input ?? []);
      const { known, matched } = await inTransaction(db, (tx) => enter(deps, tx, actor, sound));
      const seen = new Map<string, string>();
      return read.map(({ id, input, problems }): PermitResult => {
        if (!input) return { id, outcome: 'refused', problems, matched: [] };
        const hash = contentHash(input);
        const before = known.get(id) ?? seen.get(id);
        seen.set(id, before ?? `${actor.organisationId} ${hash}`);
        if (before === undefined) {
          return { id, outcome: 'issued', problems: [], matched: matched.get(id) ?? [] };
        }
        if (before === `${actor.organisationId} ${hash}`) {
          return { id, outcome: 'known', problems: [], matched: [] };
        }
        const params = { known: before.slice(-64).slice(0, 12), now: hash.slice(0, 12) };
        const taken = { code: 'clearance.permit_has_other_content', seen: id, params };
        return { id, outcome: 'refused', problems: [taken], matched: [] };
      });
    },

    /** New terms; never below what was taken already. */
    change: (actor: Actor, id: string, { terms, basedOn, reason }: PermitChange): Promise<Permit> =>
      act(actor, id, (state) => {
        if (state.version !== basedOn) {
          const params = { basedOn, version: state.version };
          throw new Refused('conflict', { code: 'clearance.permit_changed_meanwhile', params });
        }
        const taken = takenOf(state.uses.values());
        const sameMeasure =
          terms.unit === state.terms.unit && terms.currency === state.terms.currency;
        if (taken.uses > 0 && !sameMeasure) {
          throw new Refused('invalid', {
            code: 'clearance.permit_measure_in_use',
            path: 'terms.unit',
          });
        }
        if (!isWithin(terms, taken)) {
          throw new Refused('invalid', { code: 'clearance.permit_below_taken', path: 'terms' });
        }
        return { kind: 'clearance.permitChanged', payload: { terms, reason } };
      }),

    /** It takes no more; what declarations took of it stays theirs. */
    revoke: (actor: Actor, id: string, { reason }: { reason: string }): Promise<Permit> =>
      act(actor, id, () => ({ kind: 'clearance.permitRevoked', payload: { reason } })),
  };
}
export type Permits = ReturnType<typeof createPermits>;

export const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'clearance.permit_not_found', seen: id });

interface Read {
  readonly id: string;
  readonly input: PermitInput | null;
  readonly problems: Problem[];
}

function readInput({ clock, inForce }: PermitDeps, given: unknown): Read {
  const parsed = PermitInput.safeParse(given);
  if (!parsed.success) {
    const { kind, number } = (given ?? {}) as { kind?: unknown; number?: unknown };
    const id = `${String(kind ?? '')}-${String(number ?? '')}`.slice(0, 64);
    return { id, input: null, problems: refusalsOf(parsed.error, given) as Problem[] };
  }
  const { kind, number, terms } = parsed.data;
  const id = permitId(kind, number);
  const on = localDateOf(clock.now());
  const codes = [
    { table: 'licence_kind', code: kind, path: 'kind' },
    ...(terms.unit ? [{ table: 'unit', code: terms.unit, path: 'terms.unit' }] : []),
    ...(terms.currency
      ? [{ table: 'currency', code: terms.currency, path: 'terms.currency' }]
      : []),
  ];
  const problems = codes
    .filter(({ table, code }) => !inForce(table, code, on))
    .map(({ table, code, path }) => ({
      ...{ code: 'clearance.code_not_in_force', path, seen: code, params: { path, table, on } },
    }));
  return { id, input: problems.length > 0 ? null : parsed.data, problems };
}

/** Enters those that are new, and gives them to whoever waits. */
async function enter(
  deps: PermitDeps,
  tx: Tx,
  actor: Actor,
  inputs: readonly PermitInput[],
): Promise<{ known: Map<string, string>; matched: Map<string, string[]> }> {
  const ids = inputs.map(({ kind, number }) => permitId(kind, number));
  await store.lockIssuing(tx);
  const waits = await store.lockWaits(tx, { permits: ids });
  const known = await store.findHashes(tx, ids);
  const envelope = envelopeOf(deps, actor);
  const fresh = new Map<string, { state: PermitState; events: PermitEvent[] }>();
  inputs.forEach((input, index) => {
    const id = ids[index] as string;
    if (known.has(id) || fresh.has(id)) return;
    const issued: NewPermitEvent = {
      kind: 'clearance.permitIssued',
      payload: { ...input, issuer: actor.organisationId, contentHash: contentHash(input) },
    };
    const events = place(permitStream(id), 0, [issued], envelope);
    const state = fold(events);
    if (state) fresh.set(id, { state, events });
  });
  const states = [...fresh.values()].map(({ state }) => state);
  await append(
    tx,
    [...fresh.values()].flatMap(({ events }) => events),
  );
  await store.saveTerms(tx, states);
  const matched = await matchWaits(tx, states, waits, envelope);
  await recordAudit(tx, {
    ...{
      actor,
      operation: issuePermits.operation,
      subjects: states.map(({ id }) => permitStream(id)),
    },
    ...{ outcome: 'done', at: envelope.recordedAt },
    detail: { issued: states.length, known: ids.length - states.length },
  });
  return { known, matched };
}

/**
 * Gives permits to the declarations that named them before they were there, the longest waiting
 * first. One that a permit does not fit goes on waiting and is told why.
 */
async function matchWaits(
  tx: Tx,
  states: readonly PermitState[],
  waits: readonly store.Wait[],
  envelope: Envelope,
): Promise<Map<string, string[]>> {
  const balances = new Map<string, Balance>(
    states.map((state) => [state.id, { ...state, taken: takenOf(state.uses.values()) }]),
  );
  const taken: { wait: store.Wait; takes: Step & { takes: unknown } }[] = [];
  const told: store.Wait[] = [];
  for (const wait of waits) {
    const balance = balances.get(wait.permit);
    if (!balance) continue;
    const { problems, takings } = cover(wait.ask, new Map([[wait.permit, balance]]));
    const [problem] = problems;
    const [own] = takings;
    if (own) {
      balances.set(wait.permit, { ...balance, taken: plus(balance.taken, own.taking) });
      const { permit, declaration } = wait;
      taken.push({ wait, takes: { permit, declaration, takes: own.taking, envelope } });
    } else if (problem) told.push({ ...wait, reason: problem });
  }
  await store.endWaits(
    tx,
    taken.map(({ wait }) => wait),
  );
  await store.addWaits(tx, told);
  const left = await store.listWaits(tx, {
    declarations: taken.map(({ wait }) => wait.declaration),
  });
  const matched = new Map<string, string[]>();
  await writeTakings(
    tx,
    taken.map(({ wait: { permit, declaration }, takes }) => {
      matched.set(permit, [...(matched.get(permit) ?? []), declaration]);
      const own = left.filter((wait) => wait.declaration === declaration);
      return { ...takes, outstanding: own.map((wait) => wait.permit) } as Step;
    }),
  );
  return matched;
}
