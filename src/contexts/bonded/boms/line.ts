import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import { type Rate, rate } from '../quantity.ts';
import type { BomLineInput, Source, SourcingInput } from './contract.ts';

/** What holds on some days, and was known from a moment on. */
export interface Recorded {
  readonly id: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly recordedAt: Instant;
  readonly evidence: string;
}

/** One line of a bill, as the compiler reads it. Rates are in thousand-millionths. */
export interface BomLine extends Recorded {
  readonly assembly: string;
  readonly component: string;
  /** 净耗 per unit of the assembly, in `unit`. */
  readonly quantity: Rate;
  readonly unit: string;
  readonly tangibleLossRate: Rate;
  readonly intangibleLossRate: Rate;
  readonly change: string | null;
}

export interface Sourcing extends Recorded {
  readonly part: string;
  readonly source: Source;
}

/** Moments are compared as text, so all are written with milliseconds. */
const inFull = (instant: Instant): Instant => new Date(instant).toISOString();

export const readLine = (input: BomLineInput): BomLine => ({
  ...input,
  recordedAt: inFull(input.recordedAt),
  quantity: rate(input.quantity),
  tangibleLossRate: rate(input.tangibleLossRate),
  intangibleLossRate: rate(input.intangibleLossRate),
});

export const readSourcing = (input: SourcingInput): Sourcing => ({
  ...input,
  recordedAt: inFull(input.recordedAt),
});

/** What a line asks for, whatever its name, its days and the paper behind it: equal text, equal asking. */
export const contentOf = (line: BomLine): string =>
  JSON.stringify([
    line.assembly,
    line.component,
    `${line.quantity}`,
    line.unit,
    `${line.tangibleLossRate}`,
    `${line.intangibleLossRate}`,
  ]);
