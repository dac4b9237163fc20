import type { z } from 'zod';
import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { decimal, isZero, toText } from '../../../../kernel/decimal.ts';
import { type Envelope, type EventRecord, place } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { parseInput } from '../../../../platform/input.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  isPermitted,
  recordAudit,
} from '../../../identity/index.ts';
import { drawingObjection } from '../application.ts';
import {
  type BatchNote,
  type StockBill,
  StockBillInput,
  type StockBillResult,
} from '../contract.ts';
import { leftOf, NOTHING } from '../crossing.ts';
import { draw, free } from '../drawing.ts';
import { batchStream, type NewBatchEvent, stockBillStream } from '../events.ts';
import * as permission from '../permissions.ts';
import * as applications from '../store/applications.ts';
import * as store from '../store/stock-bills.ts';
import type { BatchDeps } from './deps.ts';
import { isOnPassport, shownBill } from './papers.ts';

interface Wanted {
  readonly input: StockBillInput;
  readonly hash: string;
  readonly envelope: Envelope;
}

/** Drawing stock bills from applications, and giving back what will not pass. */
export function createStockBills(deps: BatchDeps) {
  const issue = (actor: Actor, bills: readonly unknown[]) => issueMany(deps, actor, bills);
  return {
    /** Many at once, each with its own answer; in the order they came, each sees what those before it drew. */
    issue,

    async issueOne(actor: Actor, bill: unknown): Promise<StockBillResult> {
      const [result] = await issue(actor, [bill]);
      if (!result) throw new Error('A stock bill was left without an answer.');
      if (result.outcome === 'refused') {
        const codes = result.problems.map(({ code }) => code);
        const isTaken = codes.includes('cargo.batch_id_has_other_content');
        const isForbidden = codes.includes('identity.not_permitted');
        throw new Refused(
          isTaken ? 'conflict' : isForbidden ? 'forbidden' : 'invalid',
          result.problems as Refusal[],
        );
      }
      return result;
    },

    /** Gives back what has not passed. A passport that may still carry it must be ended first. */
    async cancel(actor: Actor, id: string, said: z.output<typeof BatchNote>): Promise<StockBill> {
      return inTransaction(deps.db, async (tx) => {
        const batch = (await store.batchesOf(tx, [id])).get(id);
        if (!batch)
          throw new Refused('not_found', { code: 'cargo.stock_bill_not_found', seen: id });
        const head = (await applications.lock(tx, [batch])).get(batch);
        const bill = (await store.find(tx, [id])).get(id);
        if (!head || !bill) throw new Error(`The application of stock bill ${id} is gone.`);
        authorise(actor, permission.drawStock, { organisations: [bill.organisation] });
        if (bill.status !== 'issued' && bill.status !== 'passing') {
          const params = { status: bill.status };
          throw new Refused('conflict', { code: 'cargo.stock_bill_over', seen: id, params });
        }
        if (await isOnPassport(tx, id))
          throw new Refused('conflict', { code: 'cargo.stock_bill_on_passport', seen: id });
        const envelope = envelopeOf(deps, actor, { ...said, consignment: batch });
        return cancel(tx, actor, bill, said.note, envelope);
      });
    },
  };
}

async function issueMany(
  deps: BatchDeps,
  actor: Actor,
  bills: readonly unknown[],
): Promise<StockBillResult[]> {
  authorise(actor, permission.drawStock);
  const answers = new Map<number, StockBillResult>();
  const wanted = new Map<number, Wanted>();
  bills.forEach((bill, index) => {
    try {
      const input = parseInput(StockBillInput, bill);
      const { occurredAt, ...content } = input;
      const envelope = envelopeOf(deps, actor, { occurredAt, consignment: input.application });
      wanted.set(index, { input, hash: contentHash(content), envelope });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      answers.set(index, refused(idOf(bill), error.refusals));
    }
  });
  await inTransaction(deps.db, async (tx) => {
    for (const [index, answer] of await issueSound(tx, actor, wanted)) answers.set(index, answer);
  });
  return bills.map((_, index) => {
    const answer = answers.get(index);
    if (!answer) throw new Error(`The stock bill at ${index} was left without an answer.`);
    return answer;
  });
}

async function issueSound(
  tx: Tx,
  actor: Actor,
  wanted: ReadonlyMap<number, Wanted>,
): Promise<Map<number, StockBillResult>> {
  const answers = new Map<number, StockBillResult>();
  const batches = [...new Set([...wanted.values()].map(({ input }) => input.application))];
  const heads = await applications.lock(tx, batches);
  const lines = await applications.linesOf(tx, batches);
  const ids = [...wanted.values()].map(({ input }) => input.id);
  const known = new Map(
    [...(await store.find(tx, ids))].map(([id, bill]) => [id, bill.contentHash]),
  );
  const issued: store.StoredBill[] = [];
  const events: EventRecord[] = [];
  const versions = new Map([...heads.values()].map((head) => [head.id, head.version]));
  const touched = new Map<string, applications.Line>();
  for (const [index, { input, hash, envelope }] of wanted) {
    const before = known.get(input.id);
    if (before !== undefined) {
      answers.set(index, before === hash ? repeated(input.id) : taken(input.id, before, hash));
      continue;
    }
    const head = heads.get(input.application);
    const own = lines.get(input.application);
    const against = mayDraw(actor, head, input, localDateOf(envelope.occurredAt));
    if (against || !head || !own) {
      answers.set(index, refused(input.id, against ? [against] : []));
      continue;
    }
    const { problems, warnings, after } = draw(own, input.lines, input.kind, decimal(head.deposit));
    if (problems.length > 0) {
      answers.set(index, refused(input.id, problems));
      continue;
    }
    for (const [lineNo, balance] of after) {
      const line = { ...own.get(lineNo), ...balance } as applications.Line;
      own.set(lineNo, line);
      touched.set(`${line.batch} ${lineNo}`, line);
    }
    known.set(input.id, hash);
    issued.push(toBill(input, head, hash, envelope));
    events.push(...issuedEvents(input, head, hash, envelope));
    const near = warnings.map(nearEvent);
    events.push(...place(batchStream(head.id), versions.get(head.id) ?? 0, near, envelope));
    versions.set(head.id, (versions.get(head.id) ?? 0) + near.length);
    answers.set(index, { ...repeated(input.id), repeated: false, problems: problemsOf(warnings) });
  }
  if (issued.length === 0) return answers;
  const claimed = await store.insert(tx, issued);
  const lost = issued.find(({ id }) => !claimed.has(id));
  if (lost) throw taken409(lost.id);
  await applications.saveBalances(tx, [...touched.values()]);
  await applications.saveVersions(
    tx,
    [...heads.values()]
      .filter((head) => versions.get(head.id) !== head.version)
      .map((head) => ({ ...head, version: versions.get(head.id) ?? head.version })),
  );
  await append(tx, events);
  const first = wanted.values().next().value;
  if (first) {
    await recordAudit(tx, {
      actor,
      operation: permission.drawStock.operation,
      subjects: issued.map(({ id }) => stockBillStream(id)),
      outcome: 'done',
      at: first.envelope.recordedAt,
    });
  }
  return answers;
}

function mayDraw(
  actor: Actor,
  head: applications.Head | undefined,
  input: StockBillInput,
  on: string,
): Refusal | null {
  if (!head) return { code: 'cargo.batch_not_found', path: 'application', seen: input.application };
  if (!isPermitted(actor, permission.drawStock, { organisations: [head.organisation] })) {
    const params = { operation: permission.drawStock.operation };
    return { code: 'identity.not_permitted', params };
  }
  const against = drawingObjection(head, on);
  // A suspended application draws nothing new; what is out may still come back.
  if (input.kind === 'return' && against?.code === 'cargo.batch_suspended') return null;
  return against;
}

async function cancel(
  tx: Tx,
  actor: Actor,
  bill: store.StoredBill,
  note: string,
  envelope: Envelope,
): Promise<StockBill> {
  const lines = (await applications.linesOf(tx, [bill.batch])).get(bill.batch) ?? new Map();
  const freed = bill.lines
    .map((line) => ({ lineNo: line.lineNo, left: leftOf(line) }))
    .filter(({ left }) => !isZero(left));
  for (const { lineNo, left } of freed) {
    const line = lines.get(lineNo);
    if (line) lines.set(lineNo, { ...line, ...free(line, bill.kind, left) });
  }
  const next: store.StoredBill = { ...bill, status: 'cancelled', version: bill.version + 1 };
  await applications.saveBalances(tx, [...lines.values()]);
  await store.save(tx, [next]);
  const told = freed.map(({ lineNo, left }) => ({ lineNo, quantity: toText(left) }));
  await append(
    tx,
    place(
      stockBillStream(bill.id),
      bill.version,
      [{ kind: 'cargo.stockBillCancelled', payload: { note, freed: told } }],
      envelope,
    ),
  );
  await recordAudit(tx, {
    actor,
    operation: permission.drawStock.operation,
    subjects: [stockBillStream(bill.id)],
    outcome: 'done',
    detail: { note },
    at: envelope.recordedAt,
  });
  return shownBill(next, lines);
}

function toBill(
  input: StockBillInput,
  head: applications.Head,
  hash: string,
  envelope: Envelope,
): store.StoredBill {
  return {
    id: input.id,
    batch: head.id,
    organisation: head.organisation,
    office: head.office,
    zone: head.zone,
    kind: input.kind,
    direction: directionOf(head.direction, input.kind),
    status: 'issued',
    version: 1,
    contentHash: hash,
    issuedAt: envelope.occurredAt,
    lines: input.lines.map((line) => ({
      lineNo: line.lineNo,
      quantity: decimal(line.quantity),
      netMassKg: decimal(line.netMassKg),
      grossMassKg: decimal(line.grossMassKg),
      packages: line.packages,
      passed: NOTHING,
    })),
  };
}

function directionOf(direction: 'in' | 'out', kind: 'draw' | 'return'): 'in' | 'out' {
  if (kind === 'draw') return direction;
  return direction === 'in' ? 'out' : 'in';
}

function issuedEvents(
  input: StockBillInput,
  head: applications.Head,
  hash: string,
  envelope: Envelope,
): EventRecord[] {
  const { application, kind, lines } = input;
  const direction = directionOf(head.direction, kind);
  const payload = { application, kind, direction, lines, contentHash: hash };
  return place(
    stockBillStream(input.id),
    0,
    [{ kind: 'cargo.stockBillIssued', payload }],
    envelope,
  );
}

function nearEvent({ params = {} }: Refusal): NewBatchEvent {
  const { lineNo = 0, used = '', cap = '' } = params;
  return {
    kind: 'cargo.batchLimitNear',
    payload: { lineNo: Number(lineNo), used: String(used), cap: String(cap) },
  };
}

const problemsOf = (refusals: readonly Refusal[]): StockBillResult['problems'] =>
  refusals.map((each) => ({ ...each, params: { ...each.params } }));

const refused = (id: string, refusals: readonly Refusal[]): StockBillResult => ({
  id,
  outcome: 'refused',
  repeated: false,
  problems: problemsOf(refusals),
});

const repeated = (id: string): StockBillResult => ({
  id,
  outcome: 'issued',
  repeated: true,
  problems: [],
});

const otherContent = (params: Record<string, string>): Refusal => ({
  code: 'cargo.batch_id_has_other_content',
  path: 'id',
  params,
});

const taken = (id: string, filed: string, now: string): StockBillResult =>
  refused(id, [otherContent({ filed: filed.slice(0, 12), now: now.slice(0, 12) })]);

/** Somebody took the id in the same moment for another application; asking again tells it apart. */
const taken409 = (id: string): Refused =>
  new Refused('conflict', { ...otherContent({ filed: '', now: '' }), seen: id });

function idOf(bill: unknown): string {
  const id = (bill as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 48) : '';
}
