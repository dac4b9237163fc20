import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { EventAnswer } from '../books/contract.ts';
import type { LedgerEvent } from '../contract.ts';
import type { ListInput } from './contract.ts';

/** What can happen to a list (核注清单), on the stream `bonded-list:<number>`. State is a fold over these. */
export interface ListPayloads {
  'bonded.listFiled': {
    ledger: string;
    enterprise: string;
    office: string;
    content: ListInput;
    contentHash: string;
  };
  'bonded.listAccepted': { note: string };
  'bonded.listRejected': { note: string };
  'bonded.listWithdrawn': { note: string };
  'bonded.listReleased': { declaration: string; evidence: string };
  'bonded.listReleaseRevoked': { declaration: string; evidence: string };
  'bonded.listCrossed': { passport: string; isComplete: boolean; evidence: string };
  'bonded.listMatched': { otherSide: string };
  /** One side of a transfer goes back, so the other does. */
  'bonded.listUnmatched': { otherSide: string };
  /** 预核扣: some of what it waits for has come. */
  'bonded.listPrePosted': { met: string[] };
  /** 核扣: everything has; its event goes to the ledger. */
  'bonded.listPosted': { event: LedgerEvent };
  /** What it was posted by is no longer so: its entry is reversed, or `null` where the ledger never took it. */
  'bonded.listPostedBack': { event: LedgerEvent | null };
  'bonded.listEntered': Pick<EventAnswer, 'event' | 'outcome' | 'seq' | 'problems'>;
  /** 核销: the filing that covers it is written off. */
  'bonded.listWrittenOff': { filing: string };
}

export type ListEvent = EventsOf<ListPayloads>;
export type NewListEvent = DecidedOf<ListPayloads>;

export const POSTED = 'bonded.listPosted';
export const POSTED_BACK = 'bonded.listPostedBack';
export const listStream = (no: string): string => `bonded-list:${no}`;
