import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { toText } from '../../../../kernel/decimal.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { parseInput } from '../../../../platform/input.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise } from '../../../identity/index.ts';
import { type OfflineAnswer, type OfflineList, OfflineReading } from '../contract.ts';
import { nextGate, type State } from '../passport.ts';
import * as permission from '../permissions.ts';
import * as passports from '../store/passports.ts';
import { allowedKg, expectedKg } from '../weighing.ts';
import { understand } from './cross.ts';
import { type GateDeps, offlineEnvelope } from './deps.ts';
import { Reconciliation } from './reconcile.ts';

/** What a gate needs to work alone, and what it tells afterwards. */
export function createOffline(deps: GateDeps) {
  return {
    /** The passports that may pass this gate's zone now, with what to expect of each. */
    async list(actor: Actor, gateId: string): Promise<OfflineList> {
      authorise(actor, permission.readAtGate);
      const asOf = deps.clock.now();
      const on = localDateOf(asOf);
      const gate = deps.zones.gateOn(gateId, on);
      if (!gate) throw new Refused('not_found', { code: 'cargo.gate_unknown', seen: gateId });
      const policy = deps.policyOn(on);
      const open = await passports.listOpen(deps.db, gate.zone, asOf);
      const listed = open
        .filter(({ content }) => (content.line === 'first' ? 'first' : 'second') === gate.line)
        .map((state) => toListed(state, policy));
      return { gate: gate.id, asOf, passports: listed, hash: contentHash(listed) };
    },

    /** What happened while the gate was alone: each reading once, whatever the order. */
    async upload(actor: Actor, inputs: readonly unknown[]): Promise<OfflineAnswer[]> {
      authorise(actor, permission.readAtGate);
      const answers: OfflineAnswer[] = [];
      for (const input of inputs) answers.push(await answerOne(deps, actor, input));
      deps.committed();
      return answers;
    },
  };
}

function toListed(
  state: State,
  policy: ReturnType<GateDeps['policyOn']>,
): OfflineList['passports'][number] {
  const { content, number, validUntil, weighedAs } = state;
  const expected = expectedKg(content);
  return {
    number,
    plate: content.vehicle.plate,
    direction: content.direction,
    type: content.type,
    next: nextGate(state) ?? 'single',
    containers: content.containers.map(({ no, seal }) => ({ no, seal })),
    expectedKg: toText(expected),
    allowedKg: toText(allowedKg(expected, weighedAs, policy)),
    validUntil: validUntil ?? '',
  };
}

async function answerOne(deps: GateDeps, actor: Actor, input: unknown): Promise<OfflineAnswer> {
  try {
    const { passed, onDuty, ...reading } = parseInput(OfflineReading, input);
    const downtime = await deps.downtimeAt(deps.db, reading.gate, reading.occurredAt);
    const envelope = offlineEnvelope(deps, actor, reading.occurredAt, downtime);
    const seen = understand(deps, reading, envelope);
    return await inTransaction(deps.db, (tx) =>
      new Reconciliation(deps, tx, actor, seen, downtime).take(passed, onDuty),
    );
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const id = (input as { id?: unknown } | null)?.id;
    return {
      reading: typeof id === 'string' ? id.slice(0, 64) : '',
      ...{ outcome: 'refused', repeated: false, passport: null, downtime: null, caseId: null },
      reasons: [...error.refusals],
    };
  }
}
