import { z } from 'zod';
import { LineFindings, Verdict } from '../../chemicals/detectors/contract.ts';

/** What is thought of the goods of a declaration, and what does not fit. */
export const ChemicalPanel = z.object({
  on: z.string(),
  /** Lines that were recognised as a substance, or in which something does not fit. */
  lines: z.array(LineFindings),
  /** Lines that name no substance the lists know. */
  others: z.number().int(),
  /** Between manifest, declaration, yard, weighbridge and earlier peers. */
  consignment: z.array(Verdict),
});
export type ChemicalPanel = z.infer<typeof ChemicalPanel>;
