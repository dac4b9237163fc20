import assert from 'node:assert/strict';
import type { Grid } from './grid.ts';

/** The log-odds of the label when nothing else is known. */
export function baseOf(labels: Uint8Array, weights: Float64Array | undefined): number {
  let all = 0;
  let ones = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights ? (weights[row] as number) : 1;
    all += weight;
    if (labels[row] === 1) ones += weight;
  }
  assert(ones > 0 && ones < all, 'There is nothing to learn where all labels are the same.');
  return Math.log(ones / (all - ones));
}

/** First and second derivative of the logistic loss by the score of each row. */
export interface Derivatives {
  readonly gradients: Float64Array;
  /** The hessians, each with its row: see `Grid`. */
  readonly masses: Float64Array;
}

/**
 * With p the probability of a score s, dL/ds = p - y and d²L/ds² = p (1 - p), times the weight and
 * rounded to the grid. (`Math.round` would round alike, and treble
 * the time of the whole loop.)
 */
export function derive(
  { gradients, masses }: Derivatives,
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  grid: Grid,
): void {
  for (let row = 0; row < scores.length; row += 1) {
    const probability = 1 / (1 + Math.exp(-(scores[row] as number)));
    const weight = weights ? (weights[row] as number) : 1;
    const gradient = weight * (probability - (labels[row] as number));
    const hessian = weight * probability * (1 - probability);
    gradients[row] = Math.floor(gradient * grid.gradient + 0.5);
    masses[row] = grid.row + Math.floor(hessian * grid.hessian + 0.5);
  }
}

/** Mean logistic loss, -log of the probability given to what happened, safe for any score. */
export function lossOf(scores: Float64Array, labels: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row] as number;
    const wrong = labels[row] === 1 ? -score : score;
    sum += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
  }
  return sum / scores.length;
}
