import type { EventRecord } from '../../../../kernel/event.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { billNumberOf } from '../../contract.ts';
import type { CrossedPayload } from '../../gates/events.ts';
import type { Stage } from '../contract.ts';
import { existing } from '../store/bills.ts';
import { billsOf } from '../store/claims.ts';
import { closeStories, openStories, type Story } from '../story.ts';

/** What another context's event says of the goods of a declaration. */
const MOVES: Readonly<Record<string, { stage: Stage; isWithdrawn?: boolean }>> = {
  'clearance.examined': { stage: 'examined' },
  'clearance.removalPermitted': { stage: 'released' },
  'clearance.released': { stage: 'released' },
  'clearance.releaseRevoked': { stage: 'released', isWithdrawn: true },
};
/** The kinds `followJourney` reads: other contexts' and other parts' events that move goods along. */
export const JOURNEY_KINDS: readonly string[] = [...Object.keys(MOVES), 'cargo.crossed'];
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
  const wanted = told.flatMap(({ steps }) => steps.map(({ bill }) => bill));
  const known = await existing(tx, wanted);
  const stories = await openStories(tx, [...known]);
  for (const { event, steps } of told) {
    for (const step of steps) follow(stories.get(step.bill), step, event);
  }
  const last = events.at(-1);
  if (last) await closeStories(tx, stories.values(), last.envelope);
}

function follow(story: Story | undefined, step: Step, event: EventRecord): void {
  if (!story) return;
  const stage = step.stageOf(story.now.direction ?? 'I');
  const isReached = story.now.journey.some((each) => each.stage === stage);
  if (isReached !== step.isWithdrawn) return;
  const envelope = { ...event.envelope, actor: 'system', post: null, cause: event.id };
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
  const bill = bills.get(event.stream.slice(DECLARATION.length));
  const move = MOVES[event.kind];
  if (!bill || !move) return [];
  const { stage, isWithdrawn = false } = move;
  return [{ bill, stageOf: () => stage, place: null, isWithdrawn }];
}
