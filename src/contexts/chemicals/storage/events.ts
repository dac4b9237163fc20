import type { DecidedOf } from '../../../kernel/event.ts';
import type { StoredGoods, YardConflict, YardEvent, YardInput } from './contract.ts';

/** What can happen to a yard, on the stream `yard:<id>`. */
export interface Payloads {
  'chemicals.yardDefined': { layout: YardInput };
  'chemicals.containerStored': { container: string; slot: string; goods: StoredGoods[] };
  'chemicals.containerMoved': { container: string; slot: string };
  'chemicals.containerLeft': { container: string };
  'chemicals.conflictBegan': { conflict: YardConflict; caseId: string };
  'chemicals.conflictEnded': { key: string; caseId: string | null };
}
export type NewYardEvent = DecidedOf<Payloads>;

export const yardStream = (id: string): string => `yard:${id}`;

export function toldOf(event: YardEvent): NewYardEvent {
  const { container } = event;
  if (event.kind === 'left') return { kind: 'chemicals.containerLeft', payload: { container } };
  const { slot } = event;
  if (event.kind === 'moved') {
    return { kind: 'chemicals.containerMoved', payload: { container, slot } };
  }
  return { kind: 'chemicals.containerStored', payload: { container, slot, goods: event.goods } };
}
