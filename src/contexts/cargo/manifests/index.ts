export {
  ANSWERING_KINDS,
  type ManifestAnswer,
  manifestAnswersOf,
} from './answers.ts';
export {
  type AcceptedClaim,
  type ClaimRequest,
  giveBackClaim,
  type ManifestRequirement,
  type PreparedClaim,
  prepareClaims,
  recordClaims,
} from './claims.ts';
export type { BillInput, VoyageInput } from './contract.ts';
export { manifestRoutes } from './routes.ts';
export type { ManifestDeps } from './service/deps.ts';
export { createManifests, type Manifests } from './service/index.ts';
export { followJourney, JOURNEY_KINDS } from './service/journey.ts';
export { findManifestedGoods } from './service/told.ts';
export { type CarriedGoods, declaredEntryOf, findCarriedGoods } from './store/claims.ts';
