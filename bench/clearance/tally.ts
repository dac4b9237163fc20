import type { Outcome } from './order.ts';

const FAULTS_KEPT = 1_000;

/** What has come of the day so far; every actor writes into it. */
export function createTally() {
  const filed: Record<string, Outcome['filed'][string]> = {};
  const paid: Record<string, string> = {};
  return {
    ...{ filed, paid },
    filingMs: [] as number[],
    gateMs: [] as number[],
    crossed: new Set<string>(),
    acknowledged: new Set<string>(),
    faults: [] as string[],
    /** When the last filing so far was answered. */
    filedUntil: 0,
    bills: 0,
    findings: 0,
    arrived: 0,
    fault(what: string): void {
      if (this.faults.length < FAULTS_KEPT) this.faults.push(what);
    },
  };
}
export type Tally = ReturnType<typeof createTally>;
