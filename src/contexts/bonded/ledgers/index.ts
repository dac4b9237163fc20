export { ledgerPermissions } from './permissions.ts';
export { ledgerRoutes } from './routes.ts';
export { createLedgers, type Ledgers } from './service/index.ts';
export { type LedgerBook, readLedgerBook } from './service/read.ts';
export { markUsed } from './store/parts.ts';
