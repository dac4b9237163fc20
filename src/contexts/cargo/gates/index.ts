export { shippedGatePolicies } from './policy.ts';
export { gateRoutes } from './routes.ts';
export {
  createGates,
  type GateOptions,
  type Gates,
  type PaperSource,
  type ReleasedPapers,
} from './service/index.ts';
