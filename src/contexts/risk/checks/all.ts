import type { Check } from './check.ts';
import { consignmentSplit } from './consignment-split.ts';
import { controlledUnlicensed } from './controlled-unlicensed.ts';
import { gradeDishonest } from './grade-dishonest.ts';
import { gradeSeriouslyDishonest } from './grade-seriously-dishonest.ts';
import { hazardOfAnother } from './hazard-of-another.ts';
import { hsOfAnother } from './hs-of-another.ts';
import { importerNew } from './importer-new.ts';
import { importerNewGoods } from './importer-new-goods.ts';
import { netToGross } from './net-to-gross.ts';
import { preferenceOrigin } from './preference-origin.ts';
import { preferenceRoute } from './preference-route.ts';
import { priceAbovePeers } from './price-above-peers.ts';
import { priceBelowPeers } from './price-below-peers.ts';
import { routeUnusual } from './route-unusual.ts';
import { substanceDisguised } from './substance-disguised.ts';
import { taxRateUnusual } from './tax-rate-unusual.ts';
import { taxTypeOrigin } from './tax-type-origin.ts';
import { valueUnderThreshold } from './value-under-threshold.ts';
import { watchedGoods } from './watched-goods.ts';
import { weightPerUnit } from './weight-per-unit.ts';

/** Every check, mandatory ones first: results of a decision stand in this order. */
export const allChecks: readonly Check[] = [
  gradeSeriouslyDishonest,
  watchedGoods,
  controlledUnlicensed,
  gradeDishonest,
  priceBelowPeers,
  priceAbovePeers,
  weightPerUnit,
  netToGross,
  routeUnusual,
  preferenceOrigin,
  preferenceRoute,
  taxTypeOrigin,
  taxRateUnusual,
  importerNew,
  importerNewGoods,
  valueUnderThreshold,
  consignmentSplit,
  substanceDisguised,
  hsOfAnother,
  hazardOfAnother,
];
