export { type AssessOutcome, assess } from './calculation/assess.ts';
export { dayOfLaw } from './calculation/clocks.ts';
export type { Assessment, Charge, DutyRequest, DutyRequestLine } from './calculation/contract.ts';
export { MEETS_CONDITION } from './ledger/events.ts';
export { type DepositWanted, freeDeposit, takeDeposit } from './ledger/service/deposits.ts';
export type {
  DutyFiling,
  DutyFilingPort,
  DutyRequirement,
  KeptDuty,
  PreparedDuty,
} from './ledger/service/filing.ts';
export { createLedger, type Ledger } from './ledger/service/index.ts';
export { dutyPermissions } from './permissions.ts';
export { dutyTables } from './pool-tables.ts';
export { dutyRoutes } from './routes.ts';
export { openTariff } from './tariff/open.ts';
export type { TariffTables } from './tariff/tables.ts';
