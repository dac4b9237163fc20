import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import type { Measures } from '../learning/contract.ts';
import type { Standing } from '../rules/contract.ts';
import type { ModelAim, ModelOrigin } from './contract.ts';

/** What can happen to a model. State is a fold over these; nothing else changes it. */
export interface ModelPayloads {
  'risk.modelTrained': {
    version: string;
    /** Left out by models from before there were several aims: any harm. */
    aim?: ModelAim;
    origin: ModelOrigin;
    bytes: number;
    figures: Measures;
  };
  'risk.modelProposed': { to: Standing; note: string };
  'risk.modelRejected': { note: string };
  /** Approved by another account, and put beside every decision. */
  'risk.modelShadowed': { note: string };
  /** Approved by another account, and selecting; `replaces` is the model it took the place of. */
  'risk.modelPublished': { note: string; replaces: string | null };
  /** Another model took its place. */
  'risk.modelSuperseded': { by: string };
  'risk.modelRetired': { reason: string };
  'risk.modelRolledBack': { to: string; reason: string };
  /** Live again, because the one that replaced it was rolled back. */
  'risk.modelRestored': { from: string };
}

type Kind = keyof ModelPayloads;
export type ModelEvent = { [K in Kind]: EventRecord<K, ModelPayloads[K]> }[Kind];
export type NewModelEvent = { [K in Kind]: { kind: K; payload: ModelPayloads[K] } }[Kind];

export const modelStream = (id: string): string => `model:${id}`;

/** Places a decided event behind those that are there. */
export function placeModelEvent(
  id: string,
  after: number,
  { kind, payload }: NewModelEvent,
  envelope: Envelope,
): ModelEvent {
  const stream = modelStream(id);
  const seq = after + 1;
  return { id: `${stream}@${seq}`, stream, seq, kind, envelope, payload } as ModelEvent;
}
