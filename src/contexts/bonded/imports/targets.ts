import { AlternativeInput, BomLineInput } from '../boms/contract.ts';
import { Consumption, Part } from '../contract.ts';
import { PaperInput } from '../papers/contract.ts';
import { CountLine } from '../stocktake/contract.ts';

/** What a row of a file can be, beside lines of events. */
export const ENTRIES = {
  parts: Part,
  consumption: Consumption,
  tags: CountLine,
  papers: PaperInput,
  bills: BomLineInput,
  alternatives: AlternativeInput,
} as const;
export type EntryTarget = keyof typeof ENTRIES;
/** What each of them is, once it is read. */
export interface EntryOf {
  readonly parts: Part;
  readonly consumption: Consumption;
  readonly tags: CountLine;
  readonly papers: PaperInput;
  readonly bills: BomLineInput;
  readonly alternatives: AlternativeInput;
}
