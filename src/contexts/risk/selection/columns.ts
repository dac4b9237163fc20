import type { Decision } from '../contract.ts';
import { officeOf } from './capacity.ts';

/** What figures of selection ask of a decision, as columns beside it. */
export interface SelectionColumns {
  readonly office: string | null;
  readonly harm: number | null;
  readonly threshold: number | null;
  readonly samplingRate: number | null;
  /** Exploration adds to the rate of the random sample; which of the two a draw fell to is thus known. */
  readonly drawnAs: 'sample' | 'explore' | null;
}

export function selectionColumns({ facts, model, sampling }: Decision): SelectionColumns {
  return {
    office: officeOf(facts),
    harm: model?.harm ?? null,
    threshold: numberOf(facts['selection.threshold']),
    samplingRate: sampling?.rate ?? null,
    drawnAs: sampling?.selected
      ? drawnAs(sampling, numberOf(facts['selection.exploreRate']))
      : null,
  };
}

const drawnAs = (
  { rate, draw }: { rate: number; draw: number },
  explore: number | null,
): 'sample' | 'explore' => (draw < rate - (explore ?? 0) ? 'sample' : 'explore');

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
