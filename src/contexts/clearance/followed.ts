import type { EventRecord } from '../../kernel/event.ts';
import type { Following } from '../../platform/event-log/follow.ts';
import type { Tx } from '../../platform/postgres/transaction.ts';
import { ANSWERING_KINDS, manifestAnswersOf } from '../cargo/index.ts';
import { MEETS_CONDITION } from '../duty/index.ts';
import type { Answer } from './service/answers.ts';

/** What happens to a bill or to the tax answers conditions of the declarations it concerns. */
export function outsideFollowing(
  takeAnswers: (tx: Tx, answers: readonly Answer[]) => Promise<void>,
): Following {
  return {
    name: 'clearance-outside',
    kinds: [...ANSWERING_KINDS, ...MEETS_CONDITION],
    handle: (tx, events) => takeAnswers(tx, events.flatMap(answersOf)),
  };
}

/** An event as the answers it gives, each under the event's own envelope and naming it as the cause. */
function answersOf(event: EventRecord): Answer[] {
  const envelope = { ...event.envelope, cause: event.id };
  if ((MEETS_CONDITION as readonly string[]).includes(event.kind)) {
    const declaration = event.stream.slice('duty:'.length);
    const condition = 'taxPaidOrGuaranteed';
    return [{ declaration, envelope, condition, owner: null, evidence: event.id }];
  }
  return manifestAnswersOf(event).map((answer) => {
    const { declaration } = answer;
    if ('arrivedAt' in answer) return { declaration, envelope, arrivedAt: answer.arrivedAt };
    const { condition, evidence } = answer;
    return { declaration, envelope, condition, owner: null, evidence };
  });
}
