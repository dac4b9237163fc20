import { z } from 'zod';
import { LineFindings, Verdict } from '../../chemicals/detectors/contract.ts';
import { Label } from '../../facts/contract.ts';
import { Share } from '../../risk/backtest/contract.ts';

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

const Count = z.number().int().nonnegative();

/** What recognising substances brought in a period; a port that has decided nothing has none. */
export const ChemicalWatch = z.object({
  period: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Hits, and of those examined the share with a finding. */
  detectors: z.array(z.object({ check: z.string(), label: Label, hits: Count, hitRate: Share })),
  /** The same of goods that nothing chose. */
  sample: z.object({ drawn: Count, hitRate: Share }),
  /** The most declared first. */
  substances: z.array(
    z.object({
      substance: z.string(),
      cas: z.string().nullable(),
      list: z.string().nullable(),
      declarations: Count,
      unlicensed: Count,
      otherCode: Count,
      disguised: Count,
      examined: Count,
      found: Count,
    }),
  ),
  /** Recognised with less than 95 % certainty, the least certain first. */
  unsure: z.array(
    z.object({
      declaration: z.string(),
      lineNo: z.number().int(),
      day: z.string(),
      text: z.string(),
      substance: z.string(),
      likelihood: z.number(),
      found: z.boolean().nullable(),
      others: z.array(z.object({ name: z.string(), score: z.number() })),
    }),
  ),
});
export type ChemicalWatch = z.infer<typeof ChemicalWatch>;
