import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { effectiveOn, type LocalDate } from '../../../kernel/dates.ts';
import { WeighedAs } from './contract.ts';

const Kg = z.string().regex(/^\d{1,9}(\.\d{1,3})?$/);

/** What gates go by in a period: weight differences, the limits of a bridge, and times. */
export const GatePolicy = z.object({
  from: z.string(),
  to: z.string().nullable(),
  source: z.string(),
  /** A difference up to this share of what was expected, or up to the floor, is none. */
  tolerances: z.array(z.object({ goods: WeighedAs, percent: Kg, floorKg: Kg })),
  bridge: z.object({
    /** Measurements further apart than this have not settled. */
    settledWithinKg: Kg,
    leastKg: Kg,
    mostKg: Kg,
    /** The same figure for so many different vehicles in a row: the bridge is stuck. */
    stuckAfter: z.number().int().min(2),
  }),
  /** No vehicle gets from one gate to another in less. */
  minutesBetweenGates: z.number().positive(),
  /** From the first gate to the second of a two-gate zone it takes no longer. */
  corridorMinutes: z.number().positive(),
  /** After so long a vehicle that was told to wait is taken to have left. */
  waitingHours: z.number().positive(),
  /** An offline gate tells what happened within so many days. */
  offlineDays: z.number().positive(),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

/** The policy that comes with the platform. */
export function shippedGatePolicies(): GatePolicy[] {
  const text = readFileSync(new URL('./gate-policy.json', import.meta.url), 'utf8');
  return z.array(GatePolicy).parse(JSON.parse(text));
}

export function policyOn(policies: readonly GatePolicy[], on: LocalDate): GatePolicy {
  const policy = effectiveOn(policies, on);
  if (!policy) throw new Error(`No gate policy is in force on ${on}.`);
  return policy;
}
