import type { Envelope } from '../../../kernel/event.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { fold } from '../declaration.ts';
import { type ClearanceEvent, type ConditionAnswer, type NewEvent, streamOf } from '../events.ts';
import * as store from '../store.ts';
import { keepClocks } from './clocks.ts';
import type { ClearanceDeps } from './deps.ts';
import { Progress } from './progress.ts';
import { tellReleases } from './releases.ts';

/** What happened elsewhere and answers a condition of a declaration: the tax is paid, the goods are there. */
export type Answer = { readonly declaration: string; readonly envelope: Envelope } & (
  | ({ readonly evidence: string } & ConditionAnswer)
  | ({ readonly refusal: string } & ConditionAnswer)
  | { readonly arrivedAt: string }
);

/**
 * Takes answers to conditions into the declarations' own stories, and releases what has nothing left
 * to wait for. Part of the caller's transaction, so that an answer is taken exactly once. An answer
 * to a declaration that is not there, is over, or was answered already changes nothing.
 */
export async function takeAnswers(
  deps: ClearanceDeps,
  tx: Tx,
  answers: readonly Answer[],
): Promise<void> {
  const ids = [...new Set(answers.map(({ declaration }) => declaration))].sort();
  if (ids.length === 0) return;
  const [, streams] = await Promise.all([
    store.lockMany(tx, ids),
    readStreams(tx, ids.map(streamOf)),
  ]);
  const changed: Progress[] = [];
  for (const id of ids) {
    const before = fold((streams.get(streamOf(id)) ?? []) as ClearanceEvent[]);
    if (!before?.acceptedAt || before.endedAt) continue;
    let state = before;
    for (const answer of answers.filter(({ declaration }) => declaration === id)) {
      const occurredAt =
        answer.envelope.occurredAt < (state.filedAt ?? '')
          ? (state.filedAt ?? '')
          : answer.envelope.occurredAt;
      const progress = new Progress(id, state, { ...answer.envelope, occurredAt, consignment: id });
      progress.push(...eventsOf(answer, state)).settle(deps);
      if (progress.events.length === 0) continue;
      changed.push(progress);
      state = progress.now;
    }
  }
  if (changed.length === 0) return;
  const last = new Map(changed.map((progress) => [progress.now.id, progress]));
  const states = [...last.values()].map(({ now }) => now);
  await Promise.all([
    append(
      tx,
      changed.flatMap(({ events }) => events),
    ),
    tellReleases(tx, changed),
    store.update(
      tx,
      states.map((state) => store.toRow(state, null)),
    ),
    keepClocks(deps, tx, states),
  ]);
  deps.committed([...last.keys()]);
}

function eventsOf(answer: Answer, state: Progress['now']): NewEvent[] {
  if ('arrivedAt' in answer) {
    if (state.arrivedAt) return [];
    return [{ kind: 'clearance.arrivalConfirmed', payload: { premises: answer.arrivedAt } }];
  }
  const { condition, owner } = answer;
  const isOpen = state.provided.requirements.some(
    (each) => each.kind === condition && !each.metAt && (owner === null || each.owner === owner),
  );
  if (!isOpen) return [];
  if ('refusal' in answer) {
    return [
      { kind: 'clearance.conditionRefused', payload: { condition, owner, reason: answer.refusal } },
    ];
  }
  return [
    { kind: 'clearance.conditionMet', payload: { condition, owner, evidence: answer.evidence } },
  ];
}
