import type { BillRow } from '../../../../../src/contexts/cargo/manifests/contract.ts';

export type QuayTask = 'confirmArrival' | 'tally' | 'load';
export const QUAY_STALE = ['/api/bills', '/api/bill-stages', '/api/manifests', '/api/releases'];

/** The report that answers some bills: arrived, counted as manifested, or loaded. */
export function reportOf(task: QuayTask, premises: string, bills: readonly BillRow[]) {
  const report = { id: `Q${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}`, premises };
  switch (task) {
    case 'confirmArrival':
      return { kind: 'arrival', ...report, bills: bills.map(({ number }) => ({ number })) };
    case 'tally':
      return {
        ...{ kind: 'tally', ...report },
        bills: bills.map(({ number, packages, grossMassKg }) => ({
          ...{ number, grossMassKg },
          packages: packages ?? 0,
        })),
      };
    case 'load': {
      const [first] = bills;
      return {
        ...{ kind: 'loading', ...report },
        conveyance: { mode: '2', name: first?.conveyance, registration: null },
        voyageNo: first?.voyageNo,
        bills: bills.map(({ number, packages, grossMassKg }) => ({
          ...{ number, packages, grossMassKg },
        })),
      };
    }
  }
}
