import type { Envelope, EventRecord } from '../../../../kernel/event.ts';
import { readStreams } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { billNumberOf } from '../../contract.ts';
import type { CrossedPayload } from '../../gates/events.ts';
import type { Stage } from '../contract.ts';
import { existing } from '../store/bills.ts';
import { billsOf } from '../store/claims.ts';
import { closeStories, openStories, type Story } from '../story.ts';
import { arrive } from './report.ts';

/** What another context's event says of the goods of a declaration. */
const MOVES: Readonly<Record<string, { stage: Stage; isWithdrawn?: boolean }>> = {
  'clearance.examined': { stage: 'examined' },
  'clearance.removalPermitted': { stage: 'released' },
  'clearance.released': { stage: 'released' },
  'clearance.releaseRevoked': { stage: 'released', isWithdrawn: true },
};
/** A terminal confirmed the arrival of what one declaration declares. */
const ARRIVED = 'clearance.arrivalConfirmed';
/** The kinds `followJourney` reads: other contexts' and other parts' events that move goods along. */
export const JOURNEY_KINDS: readonly string[] = [...Object.keys(MOVES), ARRIVED, 'cargo.crossed'];
/** Imports leave by the gate, exports come by it: which it is, the bill knows. */
const BY_THE_GATE = { I: 'out', E: 'atGate' } as const;

const DECLARATION = 'declaration:';

interface Step {
  readonly bill: string;
  readonly stageOf: (direction: 'I' | 'E') => Stage;
  readonly place: string | null;
  readonly isWithdrawn: boolean;
}

/**
 * Takes what happened elsewhere to a bill's goods into the bill's own story, so that where they are is
 * read from one stream. Told again, it changes nothing.
 */
export async function followJourney(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  const declarations = events.flatMap(({ stream }) =>
    stream.startsWith(DECLARATION) ? [stream.slice(DECLARATION.length)] : [],
  );
  const bills = await billsOf(tx, declarations);
  const told = events.map((event) => ({ event, steps: stepsOf(event, bills) }));
  const wanted = told.flatMap(({ event, steps }) => [
    ...steps.map(({ bill }) => bill),
    ...(event.kind === ARRIVED ? [bills.get(declarationOf(event)) ?? ''] : []),
  ]);
  const known = await existing(tx, wanted);
  const stories = await openStories(tx, [...known]);
  const isThere = await arrivals(tx, events, bills, stories);
  for (const { event, steps } of told) {
    for (const step of steps) follow(stories.get(step.bill), step, event);
    const story = stories.get(bills.get(declarationOf(event)) ?? '');
    if (event.kind === ARRIVED && story && isThere(story)) arriveBy(event, story);
  }
  const last = events.at(-1);
  if (last) await closeStories(tx, stories.values(), last.envelope);
}

const declarationOf = ({ stream }: EventRecord): string => stream.slice(DECLARATION.length);

/**
 * Tells whether a bill has arrived when a declaration of its goods has. Imports come by one ship, so the
 * whole bill has. Exports come in lots by the gate: theirs has when nothing of it is left to claim and
 * every declaration that claims it has arrived.
 */
async function arrivals(
  tx: Tx,
  events: readonly EventRecord[],
  bills: ReadonlyMap<string, string>,
  stories: ReadonlyMap<string, Story>,
): Promise<(story: Story) => boolean> {
  const confirmed = new Set(events.filter(({ kind }) => kind === ARRIVED).map(declarationOf));
  const others = [...confirmed].flatMap((declaration) => {
    const now = stories.get(bills.get(declaration) ?? '')?.now;
    const asks = now && now.direction !== 'I' && !now.arrived;
    return asks ? now.claims.map((claim) => claim.declaration) : [];
  });
  const unheard = [...new Set(others)].filter((declaration) => !confirmed.has(declaration));
  const lives = await readStreams(
    tx,
    unheard.map((declaration) => `${DECLARATION}${declaration}`),
  );
  for (const life of lives.values()) {
    for (const event of life) if (event.kind === ARRIVED) confirmed.add(declarationOf(event));
  }
  return ({ now }) => {
    if (now.direction === 'I') return true;
    const claimed = now.claims.reduce((sum, { packages }) => sum + (packages ?? 0), 0);
    const isWhole = now.content !== null && claimed >= (now.content.packages ?? 0);
    return isWhole && now.claims.every(({ declaration }) => confirmed.has(declaration));
  };
}

/** The declaration itself knows already; whoever else claims the bill is told. */
function arriveBy(event: EventRecord, story: Story): void {
  const { premises } = event.payload as { premises: string };
  arrive(story, [], premises, null, following(event), declarationOf(event));
}

/** What follows from somebody else's event is done by the platform, and names its cause. */
const following = (event: EventRecord): Envelope => ({
  ...event.envelope,
  actor: 'system',
  post: null,
  cause: event.id,
});

function follow(story: Story | undefined, step: Step, event: EventRecord): void {
  if (!story) return;
  const stage = step.stageOf(story.now.direction ?? 'I');
  const isReached = story.now.journey.some((each) => each.stage === stage);
  if (isReached !== step.isWithdrawn) return;
  const envelope = following(event);
  const source = event.id;
  story.push(
    envelope,
    step.isWithdrawn
      ? { kind: 'cargo.stageWithdrawn', payload: { stage, source } }
      : { kind: 'cargo.stageReached', payload: { stage, place: step.place, source } },
  );
}

function stepsOf(event: EventRecord, bills: ReadonlyMap<string, string>): Step[] {
  if (event.kind === 'cargo.crossed') {
    const { gate, papers } = event.payload as CrossedPayload;
    return papers
      .filter(({ kind }) => kind === 'bill')
      .map(({ no }) => ({
        bill: billNumberOf(no),
        stageOf: (direction) => BY_THE_GATE[direction],
        place: gate,
        isWithdrawn: false,
      }));
  }
  const bill = bills.get(declarationOf(event));
  const move = MOVES[event.kind];
  if (!bill || !move) return [];
  const { stage, isWithdrawn = false } = move;
  return [{ bill, stageOf: () => stage, place: null, isWithdrawn }];
}
