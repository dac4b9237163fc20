import { contentHash } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import { ledgerStream } from '../ledgers/events.ts';
import { type ActDeps, actOn, ledgerFor } from '../ledgers/service/act.ts';
import { findParts } from '../ledgers/store/parts.ts';
import { rateText } from '../quantity.ts';
import { type Boms, createBoms } from './boms.ts';
import type {
  AlternativeInput,
  BillAsked,
  BillPage,
  BillsInput,
  BillsOutcome,
} from './contract.ts';
import { type BomLine, readLine, readSourcing } from './line.ts';
import { changeBills } from './permissions.ts';
import * as store from './store.ts';

/** The bills of one ledger, as far as they were read. */
export interface Bills {
  readonly boms: Boms;
  readonly alternatives: readonly AlternativeInput[];
}

/** Reads bills up to a record: what a replay needs, without what came later. */
export async function readBills(db: Db, ledger: string, head: number): Promise<Bills> {
  const bills = empty();
  learn(bills, await store.readBetween(db, ledger, 0, head));
  return bills;
}

interface Known extends Bills {
  readonly alternatives: AlternativeInput[];
  readonly hashes: Map<string, string>;
}

const empty = (): Known => ({ boms: createBoms(), alternatives: [], hashes: new Map() });

function learn(bills: Known, records: readonly store.BillRecord[]): void {
  bills.boms.record({
    lines: records.flatMap((it) => (it.kind === 'line' ? [readLine(it.content)] : [])),
    sourcings: records.flatMap((it) => (it.kind === 'sourcing' ? [readSourcing(it.content)] : [])),
  });
  for (const record of records) {
    if (record.kind === 'alternative') bills.alternatives.push(record.content);
    bills.hashes.set(keyOf(record), contentHash(record.content));
  }
}

const keyOf = ({ kind, content }: store.BillRecord): string =>
  JSON.stringify([kind, content.id, new Date(content.recordedAt).toISOString()]);

/** Bills of material: what is sent is checked against everything known, and kept with both its times. */
export function createBills(deps: ActDeps) {
  const { db } = deps;
  const cache = new Map<string, { at: number; bills: Known }>();

  /** Brought up to what is written; whoever changes it holds the ledger. */
  const upTo = async (from: Db, ledger: string): Promise<{ at: number; bills: Known }> => {
    const head = await store.count(from, ledger);
    const known = cache.get(ledger) ?? { at: 0, bills: empty() };
    if (head > known.at) {
      learn(known.bills, await store.readBetween(from, ledger, known.at, head));
      known.at = head;
      cache.set(ledger, known);
    }
    return known;
  };

  return {
    /** Takes records, all or none: a cycle is refused with its path. What is here already is the same. */
    async record(actor: Actor, ledger: string, said: BillsInput): Promise<BillsOutcome> {
      try {
        return await actOn(deps, actor, ledger, changeBills, async (tx, envelope) => {
          const known = await upTo(tx, ledger);
          const records: store.BillRecord[] = [
            ...said.lines.map((content) => ({ kind: 'line' as const, content })),
            ...said.sourcings.map((content) => ({ kind: 'sourcing' as const, content })),
            ...said.alternatives.map((content) => ({ kind: 'alternative' as const, content })),
          ];
          const names = [...new Set(records.flatMap(partsIn))];
          const parts = await findParts(tx, ledger, names);
          const problems = [
            ...unknownParts(said, new Set(parts.keys())),
            ...alternativeProblems(said.alternatives, known.bills),
          ];
          if (problems.length > 0) throw new Refused('invalid', problems);
          const fresh = records.filter(
            (record) => known.bills.hashes.get(keyOf(record)) !== contentHash(record.content),
          );
          const { affected } = known.bills.boms.record({
            lines: said.lines.map(readLine),
            sourcings: said.sourcings.map(readSourcing),
          });
          const { recordedAt: at, actor: by } = envelope;
          await store.add(tx, ledger, known.at, fresh, { at, by });
          for (const record of fresh) {
            if (record.kind === 'alternative') known.bills.alternatives.push(record.content);
            known.bills.hashes.set(keyOf(record), contentHash(record.content));
          }
          known.at += fresh.length;
          cache.set(ledger, known);
          const answer = {
            ...{ taken: fresh.length, same: records.length - fresh.length },
            ...{ affected: affected.size, records: known.at },
          };
          return { answer, subject: ledgerStream(ledger), detail: answer };
        });
      } catch (error) {
        // What was not written must not be remembered.
        cache.delete(ledger);
        throw error;
      }
    },

    async bill(actor: Actor, ledger: string, part: string, asked: BillAsked): Promise<BillPage> {
      await ledgerFor(db, actor, ledger, readBooks);
      const { boms } = (await upTo(db, ledger)).bills;
      const view = asked.knownAt === undefined ? boms.now : boms.knownAt(asked.knownAt);
      const on = asked.on ?? localDateOf(deps.clock.now());
      const materials = view.compile(part, on);
      return {
        ...{ part, on, source: view.sourceOf(part, on) },
        lines: view.billOn(part, on).map(toInput),
        materials:
          materials?.map(({ part: name, unit, net, use, tangibleLoss, intangibleLoss }) => ({
            ...{ part: name, unit, net: rateText(net), use: rateText(use) },
            ...{ tangibleLoss: rateText(tangibleLoss), intangibleLoss: rateText(intangibleLoss) },
          })) ?? null,
        usedIn: view
          .whereUsed(part, on)
          .map(({ assembly, levelsUp, isTop }) => ({ assembly, levelsUp, isTop })),
      };
    },
  };
}
export type BillService = ReturnType<typeof createBills>;

const toInput = (line: BomLine): BillPage['lines'][number] => ({
  ...line,
  quantity: rateText(line.quantity),
  tangibleLossRate: rateText(line.tangibleLossRate),
  intangibleLossRate: rateText(line.intangibleLossRate),
});

const partsIn = ({ kind, content }: store.BillRecord): string[] =>
  kind === 'line'
    ? [content.assembly, content.component]
    : kind === 'sourcing'
      ? [content.part]
      : [content.part, content.instead];

function unknownParts(said: BillsInput, known: ReadonlySet<string>): Refusal[] {
  const wrong = (path: string, part: string): Refusal[] =>
    known.has(part) ? [] : [{ code: 'bonded.part_unknown', path, seen: seen(part) }];
  return [
    ...said.lines.flatMap(({ assembly, component }, at) => [
      ...wrong(`lines[${at}].assembly`, assembly),
      ...wrong(`lines[${at}].component`, component),
    ]),
    ...said.sourcings.flatMap(({ part }, at) => wrong(`sourcings[${at}].part`, part)),
    ...said.alternatives.flatMap(({ part, instead }, at) => [
      ...wrong(`alternatives[${at}].part`, part),
      ...wrong(`alternatives[${at}].instead`, instead),
    ]),
  ];
}

function alternativeProblems(
  alternatives: readonly AlternativeInput[],
  { hashes }: Known,
): Refusal[] {
  return alternatives.flatMap((content, at) => {
    const path = `alternatives[${at}]`;
    if (content.part === content.instead)
      return [{ code: 'bonded.alternative_of_itself', path, seen: seen(content.part) }];
    const before = hashes.get(keyOf({ kind: 'alternative', content }));
    if (before === undefined || before === contentHash(content)) return [];
    const params = { at: content.recordedAt };
    return [{ code: 'bonded.bom_recorded_twice', path: `${path}.id`, seen: content.id, params }];
  });
}
