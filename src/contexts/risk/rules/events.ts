import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import type { Label } from '../../facts/index.ts';
import type { Expression } from '../language/index.ts';
import type { RuleContent, RuleReport, Snooze, Standing } from './contract.ts';

/** What the language made of a sound text: enough to judge by without reading the text again. */
export interface SoundReading {
  readonly version: number;
  /** The version of the language it was read by. */
  readonly language: number;
  readonly hash: string;
  readonly canonical: string;
  readonly sentence: Label;
  readonly facts: readonly string[];
  readonly lists: readonly string[];
  /** The condition within its scope: what is compiled, back-tested and explained. */
  readonly expression: Expression;
}

/** What can happen to a rule. State is a fold over these; nothing else changes it. */
export interface RulePayloads {
  'risk.ruleDrafted': { content: RuleContent };
  'risk.ruleEdited': { content: RuleContent };
  'risk.ruleReverted': { content: RuleContent; to: number; reason: string };
  'risk.ruleChecked': SoundReading;
  'risk.ruleBackTested': { report: RuleReport };
  'risk.ruleProposed': { version: number; to: Standing; note: string };
  'risk.ruleRejected': { version: number; note: string };
  /** Approved by another account, and put in the book: on trial, or deciding. */
  'risk.ruleShadowed': { version: number; note: string; book: string };
  'risk.rulePublished': { version: number; note: string; book: string };
  'risk.ruleSnoozed': { snooze: Pick<Snooze, 'id' | 'until' | 'only' | 'reason'>; book: string };
  'risk.ruleWoken': { snooze: string; reason: string; book: string };
  'risk.ruleRetired': { reason: string; book: string };
}

export interface ListPayloads {
  'risk.listProposed': {
    version: number;
    hash: string;
    entries: number;
    label: Label;
    type: 'text' | 'number';
    until: string | null;
    origin: string;
  };
  'risk.listRejected': { version: number; note: string };
  'risk.listPublished': { version: number; note: string; book: string };
}

type Told<Payloads> = {
  [K in keyof Payloads & string]: EventRecord<K, Payloads[K]>;
}[keyof Payloads & string];
type New<Payloads> = {
  [K in keyof Payloads & string]: { kind: K; payload: Payloads[K] };
}[keyof Payloads & string];

export type RuleEvent = Told<RulePayloads>;
export type NewRuleEvent = New<RulePayloads>;
export type ListEvent = Told<ListPayloads>;
export type NewListEvent = New<ListPayloads>;

export const ruleStream = (id: string): string => `rule:${id}`;
export const listStream = (name: string): string => `list:${name}`;

/** Places decided events behind the ones that are there, all under one envelope. */
export function place(
  stream: string,
  after: number,
  events: readonly (NewRuleEvent | NewListEvent)[],
  envelope: Envelope,
): EventRecord[] {
  return events.map(({ kind, payload }, index) => {
    const seq = after + index + 1;
    return { id: `${stream}@${seq}`, stream, seq, kind, envelope, payload };
  });
}
