export { type BringSummary, bring, type LedgerInlet, type Posted } from './bring.ts';
export { importedEvents } from './events.ts';
export { openBills } from './explosion.ts';
export { type Ask, remoteInlet } from './inlet.ts';
export { loadLedgerMapping } from './mapping.ts';
export { createRefusedFile, type RefusedCount } from './refused-file.ts';
export type { RefusedRow } from './rows.ts';
