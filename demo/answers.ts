import type { Finding } from '../src/contexts/cases/contract.ts';
import type { Disposition } from '../src/contexts/clearance/contract.ts';

/** The kinds of irregularity that are planted; `catalogue/irregularities.csv` has a row for each. */
export const IRREGULARITIES = [
  'undervaluation',
  'overvaluation',
  'misclassification',
  'falseOrigin',
  'weightDiffers',
  'splitConsignment',
  'counterfeitBrand',
  'undeclaredGoods',
  'prohibitedWaste',
  'disguisedPrecursor',
  'quantityDiffers',
  'falsePreference',
  'shellImporter',
] as const;
export type Irregularity = (typeof IRREGULARITIES)[number];

/** Honest declarations that look odd, so that odd is not the same as wrong. */
export const OUTLIERS = [
  'clearanceSale',
  'prototype',
  'urgentByAir',
  'lawfulTranshipment',
  'heavyPackaging',
  'newSupplier',
] as const;
export type Outlier = (typeof OUTLIERS)[number];

/**
 * The sealed truth about one declaration. It lies in `answers.sealed.ndjson`, which the server never
 * opens; a declaration that has no answer there is honest and ordinary.
 */
export interface Answer {
  readonly id: string;
  readonly irregularity: Irregularity | null;
  readonly outlier: Outlier | null;
  /** Declarations cut from one consignment share a group. */
  readonly group: string | null;
  /** Where what is declared differs from what is there: path, declared, actual. */
  readonly truth: readonly { path: string; declared: unknown; actual: unknown }[];
  /** What would come to light: by reading the documents, by examining the goods. */
  readonly revealed: { readonly byDocuments: boolean; readonly byExamination: boolean };
  readonly finding: Finding | null;
  readonly disposition: Disposition | null;
}

/** The sealed truth about one bill whose goods are not as they were manifested; its id is `bill:NUMBER`. */
export interface CargoAnswer {
  readonly id: string;
  readonly discrepancy: 'short' | 'over' | 'wrong' | 'damaged';
  /** Packages, damaged packages or seals: as manifested, and as they are. */
  readonly manifested: string;
  readonly found: string;
}

/** The sealed truth about one part of a factory's count; its id is `count:LEDGER:PART`. */
export interface StockAnswer {
  readonly id: string;
  readonly fault: string;
  readonly part: string;
  readonly account: 'rawMaterial' | 'semiFinished' | 'scrap';
  readonly site: string;
  /** What the fault adds to counted less book, signed. */
  readonly quantity: string;
  /** The record that is wrong or missing, where there is one. */
  readonly record: string | null;
}

export type SealedAnswer = Answer | CargoAnswer | StockAnswer;

export const isAboutCargo = (answer: SealedAnswer): answer is CargoAnswer =>
  'discrepancy' in answer;
export const isAboutStock = (answer: SealedAnswer): answer is StockAnswer => 'fault' in answer;

export const ANSWERS_FILE = 'answers.sealed.ndjson';
