import { z } from 'zod';

/** Words that every part of cargo speaks. */

/** The declaration form (报关单) takes a transport document number of this length. */
const BILL_NUMBER_MAX = 40;

/**
 * Bill numbers as they are compared: no spaces, upper case. A house bill is called by its master and
 * itself, `MASTER*HOUSE`, as the declaration form writes it (提运单号＋“*”＋分提单号).
 */
export const billNumberOf = (text: string): string => text.replaceAll(/\s+/g, '').toUpperCase();

export const BillNumber = z
  .string()
  .max(60)
  .transform(billNumberOf)
  .pipe(
    z
      .string()
      .max(BILL_NUMBER_MAX)
      .regex(/^[A-Z0-9][A-Z0-9._-]*(\*[A-Z0-9][A-Z0-9._-]*)?$/),
  );
export type BillNumber = z.infer<typeof BillNumber>;

/** The caller chooses the id: the same id with the same content is the same thing. */
export const CargoId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

export { Problem } from '../../kernel/problem.ts';

/** One line of what happened, whoever's event it was. */
export const TimelineEntry = z.object({
  id: z.string(),
  kind: z.string(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  actor: z.string(),
  organisation: z.string().nullable(),
  legalBasis: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
