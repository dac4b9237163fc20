import { type Envelope, type EventRecord, place } from '../../../kernel/event.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { openCase } from '../../cases/index.ts';
import { apply, fold, type State } from './bill.ts';
import type { Discrepancy } from './contract.ts';
import { type BillEvent, type NewBillEvent, streamOf } from './events.ts';
import { settle } from './settle.ts';
import * as store from './store/bills.ts';

/** A bill on its way through one transaction: the state so far and the events that will be written. */
export class Story {
  now: State;
  readonly events: BillEvent[] = [];
  /** What was found and has no case yet. */
  readonly found: Omit<Discrepancy, 'caseId' | 'at'>[] = [];

  constructor(state: State) {
    this.now = state;
  }

  push(envelope: Envelope, ...events: NewBillEvent[]): this {
    const own = { ...envelope, consignment: this.now.number };
    for (const event of place(streamOf(this.now.number), this.now.version, events, own)) {
      this.now = apply(this.now, event);
      this.events.push(event);
    }
    return this;
  }

  /** Gives what is left to whoever waits for it; the declarations that now agree with the bill. */
  settle(envelope: Envelope): string[] {
    const events = settle(this.now);
    this.push(envelope, ...events);
    return events.flatMap((event) => {
      if (event.kind === 'cargo.billMatched') return [event.payload.declaration];
      if (event.kind === 'cargo.claimExceeds') this.exceeds(event.payload.declaration);
      return [];
    });
  }

  find(...discrepancies: Omit<Discrepancy, 'caseId' | 'at'>[]): this {
    this.found.push(...discrepancies);
    return this;
  }

  private exceeds(declaration: string): void {
    const claim = this.now.claims.find((each) => each.declaration === declaration);
    const { content } = this.now;
    this.find({
      kind: 'overClaimed',
      expected: said(content?.packages ?? 0, content?.grossMassKg ?? '0'),
      found: `${declaration}: ${said(claim?.packages ?? 0, claim?.grossMassKg ?? '0')}`,
    });
  }
}

/** Packages and gross mass as people read them beside each other. */
export const said = (packages: number, grossMassKg: string): string =>
  `${packages} × ${grossMassKg} kg`;

/** Bills held until the end of the transaction, each with its story so far. */
export async function openStories(tx: Tx, numbers: readonly string[]): Promise<Map<string, Story>> {
  const wanted = [...new Set(numbers)];
  if (wanted.length === 0) return new Map();
  const fresh = await store.hold(tx, wanted);
  // Nothing has happened yet to bills that are there since this moment.
  const told = wanted.filter((number) => !fresh.has(number));
  const streams = await readStreams(tx, told.map(streamOf));
  return new Map(
    wanted.map((number) => [
      number,
      new Story(fold(number, (streams.get(streamOf(number)) ?? []) as BillEvent[])),
    ]),
  );
}

/** Opens the cases of what was found, and writes events and rows: the end of every act on bills. */
export async function closeStories(
  tx: Tx,
  stories: Iterable<Story>,
  envelope: Envelope,
): Promise<void> {
  const all = [...stories];
  await openCases(tx, all, envelope);
  await writeStories(tx, all);
}

/** Opens the cases of what was found, and tells of them in the stories. */
export async function openCases(
  tx: Tx,
  stories: readonly Story[],
  envelope: Envelope,
): Promise<void> {
  for (const story of stories) await openCasesOf(tx, story, envelope);
}

/** Writes what happened, and the rows as they are now. `beside` happened with it and stands after it in the log. */
export async function writeStories(
  tx: Tx,
  stories: readonly Story[],
  beside: readonly EventRecord[] = [],
): Promise<void> {
  const changed = stories.filter(({ events }) => events.length > 0);
  const claimed = changed.filter(({ events }) => events.some(({ kind }) => CLAIMING.has(kind)));
  await Promise.all([
    append(tx, [...changed.flatMap(({ events }) => events), ...beside]),
    store.save(
      tx,
      changed.map(({ now }) => now),
    ),
    store.saveClaims(
      tx,
      claimed.map(({ now }) => now),
    ),
  ]);
}

/** The kinds after which a bill's claims are not what they were. */
const CLAIMING = new Set<BillEvent['kind']>([
  'cargo.claimed',
  'cargo.claimGivenBack',
  'cargo.billMatched',
  'cargo.claimExceeds',
]);

const TITLES: Record<Discrepancy['kind'], { zh: string; en: string; finding: string }> = {
  short: { zh: '短卸', en: 'Short-landed', finding: 'quantityDiffers' },
  over: { zh: '溢卸', en: 'Over-landed', finding: 'quantityDiffers' },
  wrong: { zh: '箱号或封志不符', en: 'Container or seal differs', finding: 'misdeclaredGoods' },
  damaged: { zh: '货物残损', en: 'Damaged', finding: 'other' },
  unmanifested: { zh: '无舱单货物', en: 'Goods without a manifest', finding: 'undeclaredGoods' },
  loadedAgainstOrder: {
    zh: '禁止装载期间装船',
    en: 'Loading reported against an order not to load',
    finding: 'other',
  },
  overClaimed: {
    zh: '申报超出舱单',
    en: 'Declared beyond the manifest',
    finding: 'quantityDiffers',
  },
};

async function openCasesOf(tx: Tx, story: Story, envelope: Envelope): Promise<void> {
  for (const found of story.found.splice(0)) {
    const title = TITLES[found.kind];
    const { number, office } = story.now;
    const caseId = await openCase(
      tx,
      {
        kind: 'discrepancy',
        title: { zh: `${title.zh}：${number}`, en: `${title.en}: ${number}` },
        about: streamOf(number),
        consignment: number,
        owners: [office ?? ''],
        findings: [
          {
            kind: title.finding,
            severity: found.kind === 'loadedAgainstOrder' ? 'serious' : 'minor',
            description: `${found.expected} → ${found.found}`,
            quantity: null,
            unit: null,
            lineNo: null,
          },
        ],
      },
      envelope,
    );
    story.push(envelope, { kind: 'cargo.discrepancyFound', payload: { ...found, caseId } });
  }
}
