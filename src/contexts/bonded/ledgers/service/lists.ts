import type { z } from 'zod';
import { type Envelope, place } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, type Permission } from '../../../identity/index.ts';
import type { Consumption } from '../../contract.ts';
import { rate, rateText } from '../../quantity.ts';
import type {
  ConsumptionInput,
  ConsumptionOutcome,
  PartsInput,
  PartsOutcome,
  RecordedConsumption,
} from '../contract.ts';
import { ledgerStream, type NewLedgerLifeEvent } from '../events.ts';
import { type LedgerAct, objection } from '../ledger.ts';
import { checkConsumption, planParts } from '../parts.ts';
import * as permission from '../permissions.ts';
import * as consumption from '../store/consumption.ts';
import * as ledgers from '../store/ledgers.ts';
import * as parts from '../store/parts.ts';
import type { LedgerDeps } from './deps.ts';
import { audit, concerns, notFound } from './registration.ts';

type Said<S extends z.ZodType> = z.output<S>;

/** The lists of a ledger: its parts, and what products take up of them. */
export function createLists(deps: LedgerDeps) {
  return {
    /** Adds parts and changes known ones, all or none. What is sent again changes nothing. */
    putParts: (actor: Actor, id: string, said: Said<typeof PartsInput>): Promise<PartsOutcome> =>
      perform(deps, actor, id, permission.changeParts, 'changeParts', async (tx, head, keep) => {
        const names = said.parts.map(({ part }) => part);
        const plan = planParts(said.parts, await parts.findParts(tx, id, names));
        if (plan.problems.length > 0) throw new Refused('invalid', plan.problems);
        const [added, changed] = [plan.added.length, plan.changed.length];
        const total = head.parts + added;
        await parts.addParts(tx, id, head.parts, plan.added);
        await parts.changeParts(tx, id, plan.changed);
        if (added + changed > 0) {
          const payload = { added, changed, parts: total };
          await keep({ ...head, parts: total }, { kind: 'bonded.partsChanged', payload });
        }
        return { added, changed, same: plan.same, parts: total };
      }),

    /** Adds lines of consumption, all or none; nothing recorded is changed, what is the same is not repeated. */
    recordConsumption: (
      actor: Actor,
      id: string,
      said: Said<typeof ConsumptionInput>,
    ): Promise<ConsumptionOutcome> =>
      perform(
        ...([deps, actor, id, permission.recordConsumption, 'recordConsumption'] as const),
        async (tx, head, keep, envelope) => {
          const names = said.consumption.flatMap(({ product, part }) => [product, part]);
          const known = await parts.findParts(tx, id, [...new Set(names)]);
          const problems = checkConsumption(said.consumption, new Set(known.keys()));
          if (problems.length > 0) throw new Refused('invalid', problems);
          const products = [...new Set(said.consumption.map(({ product }) => product))];
          const before = await consumption.ofProducts(tx, id, products);
          const fresh = freshLines(said.consumption, before);
          const lines = head.consumption + fresh.length;
          const { recordedAt: at, actor: by } = envelope;
          await consumption.addConsumption(tx, id, head.consumption, fresh, { at, by });
          await parts.markUsed(tx, id, [...known.keys()]);
          if (fresh.length > 0) {
            const payload = { recorded: fresh.length, products: products.length, lines };
            await keep(
              { ...head, consumption: lines },
              { kind: 'bonded.consumptionRecorded', payload },
            );
          }
          return { recorded: fresh.length, same: said.consumption.length - fresh.length, lines };
        },
      ),
  };
}

/** Lines that say something else than what was recorded last for their product, version, part and first day. */
export function freshLines(
  sent: readonly Consumption[],
  recorded: readonly RecordedConsumption[],
): Consumption[] {
  const last = new Map<string, string>();
  for (const line of recorded) last.set(keyOf(line), contentOf(line));
  return sent.filter((line) => {
    const [key, content] = [keyOf(line), contentOf(line)];
    if (last.get(key) === content) return false;
    last.set(key, content);
    return true;
  });
}

const keyOf = ({ product, version, part, from }: Consumption): string =>
  JSON.stringify([product, version, part, from]);
const contentOf = (line: Consumption): string => {
  const { net, tangibleLossRate, intangibleLossRate, evidence, to } = line;
  return JSON.stringify([
    ...[net, tangibleLossRate, intangibleLossRate].map(canonical),
    evidence,
    to,
  ]);
};
const canonical = (text: string): string => rateText(rate(text));

type Keep = (head: ledgers.LedgerHead, event: NewLedgerLifeEvent) => Promise<void>;

async function perform<T>(
  deps: LedgerDeps,
  actor: Actor,
  id: string,
  needed: Permission,
  act: LedgerAct,
  work: (tx: Tx, head: ledgers.LedgerHead, keep: Keep, envelope: Envelope) => Promise<T>,
): Promise<T> {
  return inTransaction(deps.db, async (tx) => {
    const head = await ledgers.lock(tx, id);
    if (!head) throw notFound(id);
    authorise(actor, needed, concerns(head));
    const against = objection({ status: head.status, change: null }, act);
    if (against) throw new Refused('conflict', against);
    const envelope = envelopeOf(deps, actor);
    const kinds: string[] = [];
    const keep: Keep = async (now, event) => {
      await append(tx, place(ledgerStream(id), head.version, [event], envelope));
      await ledgers.saveCounts(tx, { ...now, version: head.version + 1 });
      kinds.push(event.kind);
    };
    const outcome = await work(tx, head, keep, envelope);
    await audit(tx, actor, needed, envelope, id, kinds);
    return outcome;
  });
}
