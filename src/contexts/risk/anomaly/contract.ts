import { z } from 'zod';
import { Label } from '../../facts/contract.ts';
import { Lane } from '../contract.ts';

/** In what way a declaration is unlike its peers. */
export const AnomalyKind = z.enum(['price', 'weight', 'route', 'party', 'partyGoods']);
export type AnomalyKind = z.infer<typeof AnomalyKind>;

/** One way it is unusual, in bits, with the peers' figures in words. */
export const AnomalyPart = z.object({
  kind: AnomalyKind,
  /** Surprise beyond the ordinary: 3 bits more is eight times rarer. */
  bits: z.number(),
  sentence: Label,
});
export type AnomalyPart = z.infer<typeof AnomalyPart>;

/** A declaration that is unlike its peers. It says nothing of guilt: there is no label behind it. */
export const Anomaly = z.object({
  /** The declaration. */
  subject: z.string(),
  decision: z.string(),
  lane: Lane,
  office: z.string().nullable(),
  importer: z.string().nullable(),
  description: z.string().nullable(),
  hs6: z.string().nullable(),
  origin: z.string().nullable(),
  departure: z.string().nullable(),
  value: z.number().nullable(),
  currency: z.string().nullable(),
  /** The sum over the parts; lists are ordered by it. */
  bits: z.number(),
  /** The most surprising first. */
  parts: z.array(AnomalyPart),
});
export type Anomaly = z.infer<typeof Anomaly>;

export const AnomalySearch = z.object({
  day: z.iso.date(),
  /** Office of declaration, or of entry or exit. */
  office: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const AnomalyPage = z.object({
  day: z.string(),
  office: z.string().nullable(),
  /** How many declarations were looked at, and how many had anything unusual. */
  considered: z.number().int(),
  unusual: z.number().int(),
  anomalies: z.array(Anomaly),
});
export type AnomalyPage = z.infer<typeof AnomalyPage>;
