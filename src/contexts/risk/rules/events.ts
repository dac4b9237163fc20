import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
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

export type RuleEvent = EventsOf<RulePayloads>;
export type NewRuleEvent = DecidedOf<RulePayloads>;
export type ListEvent = EventsOf<ListPayloads>;
export type NewListEvent = DecidedOf<ListPayloads>;

export const ruleStream = (id: string): string => `rule:${id}`;
export const listStream = (name: string): string => `list:${name}`;
