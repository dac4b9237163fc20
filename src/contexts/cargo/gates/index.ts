export {
  Binding,
  type Passport,
  type PassportApplicationInput,
  PassportState,
} from './contract.ts';
export { shippedGatePolicies } from './policy.ts';
export { gateRoutes } from './routes.ts';
export {
  createGates,
  type GateOptions,
  type Gates,
  type PaperSource,
  type ReleasedPapers,
} from './service/index.ts';
export { WAITED_FOR_KINDS } from './service/waited-for.ts';
export { billPapers } from './store/bills.ts';
export { find as findPassport } from './store/passports.ts';
export { findWeighedGoods } from './store/weighed.ts';
