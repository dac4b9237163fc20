import type { EventRecord } from '../../../kernel/event.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { ClearanceEvent } from '../events.ts';
import type { NewLinkageEvent } from './events.ts';
import { readOrders } from './filing.ts';
import { type OrderState, recordVisit } from './order.ts';
import { writeDecided } from './service.ts';

/**
 * What the joint order follows of the declaration itself. An examination that customs orders takes
 * the visits of the others in; its record is then theirs too, and what nobody answered there is
 * answered by itself again.
 */
export const linkageFollowing = {
  name: 'clearance-linkage',
  kinds: ['clearance.examinationOrdered', 'clearance.examined', 'clearance.downgradeApproved'],
  async handle(tx: Tx, events: readonly EventRecord[]): Promise<void> {
    const told = events as readonly ClearanceEvent[];
    const orders = await readOrders(tx, [...new Set(told.map(declarationOf))].sort());
    for (const event of told) {
      const declaration = declarationOf(event);
      // Read again after each: one declaration may have been ordered examined, and examined, in one batch.
      const state =
        orders.get(declaration) && (await readOrders(tx, [declaration])).get(declaration);
      const decided = state ? decide(state, event) : [];
      if (!state || decided.length === 0) continue;
      await writeDecided(tx, state, decided, { ...event.envelope, cause: event.id });
    }
  },
} as const;

const declarationOf = ({ stream }: EventRecord): string => stream.slice(stream.indexOf(':') + 1);

function decide(state: OrderState, event: ClearanceEvent): NewLinkageEvent[] {
  const { declaration, examination, checks } = state;
  const joined = (to: string | null): NewLinkageEvent[] => [
    { kind: 'clearance.checksJoined', payload: { declaration, examination: to } },
  ];
  switch (event.kind) {
    case 'clearance.examinationOrdered':
      return checks.some(({ status, visit }) => status === 'pending' && visit)
        ? joined(event.payload.examination)
        : [];
    case 'clearance.downgradeApproved':
      return examination === null ? [] : joined(null);
    case 'clearance.examined': {
      if (examination !== event.payload.examination) return [];
      const { note, participants = [] } = event.payload.record;
      const known = participants.filter(({ owner }) =>
        checks.some((check) => check.owner === owner),
      );
      return known.length === 0
        ? joined(null)
        : recordVisit(state, { id: examination, note, participants: known });
    }
    default:
      return [];
  }
}
