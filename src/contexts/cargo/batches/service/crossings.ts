import { localDateOf } from '../../../../kernel/dates.ts';
import { add, decimal, isZero, toText, ZERO } from '../../../../kernel/decimal.ts';
import { type Envelope, type EventRecord, place } from '../../../../kernel/event.ts';
import { append, readStreams } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { openCase } from '../../../cases/index.ts';
import { PLATFORM } from '../../../identity/index.ts';
import { type PaperPassed, type Payloads, streamOf } from '../../gates/events.ts';
import { byDay, leftOf, type Measures, passLine, reverse } from '../crossing.ts';
import { pass, undeclaredOf } from '../drawing.ts';
import { stockBillStream } from '../events.ts';
import * as applications from '../store/applications.ts';
import * as movements from '../store/movements.ts';
import * as bills from '../store/stock-bills.ts';
import type { BatchDeps } from './deps.ts';
import { enterFirst } from './obligations.ts';

/** The event by which goods have passed the last gate they had to. */
export const PASSED_GATES = 'cargo.passportCompleted';

interface Passage {
  readonly passport: string;
  readonly paper: PaperPassed;
  readonly envelope: Envelope;
}

/**
 * Takes what gates report into the applications' balances. For a follower of the event log: part of
 * its transaction, all passports of a batch in a handful of statements, each counted once however
 * often it is told.
 */
export async function takeCrossings(
  deps: BatchDeps,
  tx: Tx,
  events: readonly EventRecord[],
): Promise<void> {
  const passages = events
    .filter(({ kind }) => kind === PASSED_GATES)
    .flatMap(({ payload, envelope }) => {
      const { passport, papers } = payload as Payloads[typeof PASSED_GATES];
      return papers.map((paper) => ({ passport, paper, envelope }));
    });
  await takeStockBills(
    tx,
    passages.filter(({ paper }) => paper.kind === 'stockBill'),
  );
  await takeEntries(
    deps,
    tx,
    passages.filter(({ paper }) => paper.kind === 'bill'),
  );
}

async function takeStockBills(tx: Tx, passages: readonly Passage[]): Promise<void> {
  if (passages.length === 0) return;
  const numbers = [...new Set(passages.map(({ paper }) => paper.no))];
  const batches = [...new Set((await bills.batchesOf(tx, numbers)).values()).values()];
  await applications.lock(tx, batches);
  const counted = await movements.countedCrossings(
    tx,
    passages.map(({ passport }) => passport),
  );
  const counting = new Counting(
    await bills.find(tx, numbers),
    await applications.linesOf(tx, batches),
    await movements.undeclaredOfLines(tx, batches),
  );
  for (const passage of passages) {
    const key = `${passage.passport} ${passage.paper.no}`;
    if (!counted.has(key)) counting.take(passage);
    counted.add(key);
  }
  await counting.save(tx);
}

/** Counts passages against bills, lines and balances held in memory, and writes them all at once. */
class Counting {
  private readonly moved: movements.StoredMovement[] = [];
  private readonly events: EventRecord[] = [];
  private readonly excesses: { bill: bills.StoredBill; envelope: Envelope; note: string }[] = [];
  private readonly bills: Map<string, bills.StoredBill>;
  private readonly lines: Map<string, Map<number, applications.Line>>;
  private readonly undeclared: Map<string, movements.StoredMovement[]>;

  constructor(
    known: Map<string, bills.StoredBill>,
    lines: Map<string, Map<number, applications.Line>>,
    undeclared: Map<string, movements.StoredMovement[]>,
  ) {
    this.bills = known;
    this.lines = lines;
    this.undeclared = undeclared;
  }

  take(passage: Passage): void {
    const { paper, passport, envelope } = passage;
    let bill = this.bills.get(paper.no);
    if (!bill) return;
    const moved: { lineNo: number; quantity: string }[] = [];
    for (const { lineNo, quantity } of paper.lines) {
      const line = bill.lines.find((each) => each.lineNo === lineNo);
      const balance = this.lines.get(bill.batch)?.get(lineNo);
      if (!line || !balance) continue;
      const isReturn = bill.kind === 'return';
      // What was cancelled is nobody's to move any more.
      const isOver = bill.status === 'cancelled';
      const atMost = isOver ? ZERO : isReturn ? undeclaredOf(balance) : leftOf(line);
      const { part, excess, after } = passLine(line, decimal(quantity), atMost);
      if (!isZero(excess)) {
        const note = `${lineNo}: ${toText(excess)} ${balance.unit} (${passport})`;
        this.excesses.push({ bill, envelope, note });
      }
      if (isZero(part.quantity)) continue;
      bill = { ...bill, lines: bill.lines.map((each) => (each.lineNo === lineNo ? after : each)) };
      const crossed = pass(balance, bill.kind, part.quantity);
      this.lines.get(bill.batch)?.set(lineNo, { ...balance, ...crossed });
      this.write(passage, bill, lineNo, part);
      moved.push({ lineNo, quantity: toText(part.quantity) });
    }
    if (moved.length === 0) return;
    const isPassed = bill.lines.every((line) => isZero(leftOf(line)));
    this.bills.set(bill.id, {
      ...bill,
      version: bill.version + 1,
      status: isPassed ? 'passed' : 'passing',
    });
    const payload = { application: bill.batch, passport, lines: moved };
    const event = { kind: 'cargo.batchMoved', payload } as const;
    const told = { ...envelope, consignment: bill.batch };
    this.events.push(...place(stockBillStream(bill.id), bill.version, [event], told));
  }

  /** A movement; of goods that came back one for each day whose movements they reverse. */
  private write(
    { passport, envelope }: Passage,
    bill: bills.StoredBill,
    lineNo: number,
    part: Measures,
  ): void {
    const on = localDateOf(envelope.occurredAt);
    const key = `${bill.batch} ${lineNo}`;
    const own = this.undeclared.get(key) ?? [];
    const parts =
      bill.kind === 'return' ? reverse(byDay(own), part.quantity) : [{ countsOn: on, ...part }];
    const written = parts.map((each, index) => ({
      id: `${passport}:${bill.id}:${lineNo}:${index + 1}`,
      batch: bill.batch,
      bill: bill.id,
      lineNo,
      passport,
      crossedAt: envelope.occurredAt,
      ...each,
      state: 'undeclared' as const,
      consolidation: null,
      declaration: null,
    }));
    this.moved.push(...written);
    this.undeclared.set(key, [...own, ...written]);
  }

  async save(tx: Tx): Promise<void> {
    await applications.saveBalances(
      tx,
      [...this.lines.values()].flatMap((lines) => [...lines.values()]),
    );
    await bills.save(tx, [...this.bills.values()]);
    await movements.insert(tx, this.moved);
    await append(tx, this.events);
    for (const { bill, envelope, note } of this.excesses)
      await openExcess(tx, bill, envelope, note);
  }
}

/** More went through than the bill allows, or came back than is undeclared: people look at it. */
async function openExcess(
  tx: Tx,
  bill: bills.StoredBill,
  envelope: Envelope,
  note: string,
): Promise<void> {
  const { quantity = null, unit = null } = {};
  await openCase(
    tx,
    {
      kind: 'discrepancy',
      title: {
        zh: `出入库单 ${bill.id} 过卡数量超出可用数量`,
        en: `More passed the gate than stock bill ${bill.id} allows`,
      },
      about: stockBillStream(bill.id),
      consignment: bill.batch,
      owners: [bill.office, bill.organisation],
      findings: [
        {
          kind: 'quantityDiffers',
          severity: 'serious',
          description: note,
          quantity,
          unit,
          lineNo: null,
        },
      ],
    },
    { ...envelope, actor: PLATFORM.personId, post: null, consignment: bill.batch },
  );
}

/** Goods that entered a zone by passports of type 1: each passport is an obligation to declare. */
async function takeEntries(deps: BatchDeps, tx: Tx, passages: readonly Passage[]): Promise<void> {
  if (passages.length === 0) return;
  const streams = await readStreams(tx, [
    ...new Set(passages.map(({ passport }) => streamOf(passport))),
  ]);
  const entries = passages.flatMap(({ passport, paper, envelope }) => {
    const applied = streams
      .get(streamOf(passport))
      ?.find(({ kind }) => kind === 'cargo.passportApplied');
    if (!applied) return [];
    const { content, organisation, office } = applied.payload as Payloads['cargo.passportApplied'];
    if (content.type !== 'enterFirstDeclareLater' || content.direction !== 'in') return [];
    const packages = paper.lines.reduce((sum, line) => add(sum, decimal(line.quantity)), ZERO);
    return [
      {
        passport,
        transportDocNo: paper.no,
        organisation,
        office,
        zone: content.zone,
        packages: Number(toText(packages)),
        grossMassKg: content.goodsGrossKg,
        envelope,
      },
    ];
  });
  await enterFirst(deps, tx, entries);
}
