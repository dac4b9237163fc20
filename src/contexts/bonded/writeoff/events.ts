import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { EventAnswer } from '../books/contract.ts';
import type { Filing, FilingDecision, FilingDuty, Reason } from './contract.ts';

/** What a filing is drafted as; its rows follow from the journal and the count. */
export type Drafted = Pick<
  Filing,
  | 'ledger'
  | 'number'
  | 'kind'
  | 'from'
  | 'through'
  | 'lastSeq'
  | 'stocktake'
  | 'evidence'
  | 'figuresHash'
  | 'tolerance'
  | 'totals'
> & {
  readonly enterprise: string;
  readonly office: string;
  readonly contentHash: string;
  /** The first row of the journal that is not within its reach: where the next filing begins to read. */
  readonly nextFrom: number;
};

/** What can happen to a filing (报核), on the stream `bonded-filing:<id>`. State is a fold over these. */
interface FilingPayloads {
  'bonded.filingDrafted': Drafted;
  'bonded.filingWithdrawn': { note: string };
  /** The enterprise stands for its rows; from here on the platform examines. */
  'bonded.filingSigned': { figuresHash: string };
  'bonded.filingAssessed': { duty: FilingDuty };
  /** A person has to look: why, and the case that says so. */
  'bonded.filingReferred': { reasons: Reason[]; caseId: string };
  'bonded.filingDecided': FilingDecision;
  /** The second pair of eyes; where they disagree it is decided anew. */
  'bonded.filingConfirmed': { agree: boolean; note: string };
  'bonded.filingDutyCovered': { by: 'guaranteed' | 'paid'; evidence: string };
  'bonded.filingReturned': { note: string };
  'bonded.filingWrittenOff': { isAutomatic: boolean };
  /** The book was brought to what was counted; what it refused is told. */
  'bonded.filingEntered': { events: Pick<EventAnswer, 'event' | 'outcome' | 'problems'>[] };
}

export type FilingEvent = EventsOf<FilingPayloads>;
export type NewFilingEvent = DecidedOf<FilingPayloads>;

export const WRITTEN_OFF = 'bonded.filingWrittenOff';
export const filingStream = (id: string): string => `bonded-filing:${id}`;
/** The name of its bill in duty's ledger: no declaration is called so. */
export const billOf = (filing: string): string => `bonded-filing.${filing}`;
export const filingOfBill = (bill: string): string | null =>
  bill.startsWith('bonded-filing.') ? bill.slice('bonded-filing.'.length) : null;
