import { scoreRows, type Trees } from '../trees/index.ts';
import { calibrated } from './calibration.ts';
import type { Calibration, CalibrationBin, Evaluation, Measures } from './contract.ts';
import type { Encoder } from './encoder.ts';
import { aucOf, binOf, CALIBRATION_BINS, measure } from './figures.ts';
import { countPositives, factsAt, firstDate, type LabelledRows, lastDate } from './rows.ts';

/** Judges a model and both floors on the same rows, with the same draws of the bootstrap. */
export function evaluate(
  { encoder, trees, calibration }: Judge,
  rows: LabelledRows,
  matrix = encoder.encodeRows(rows),
): Evaluation {
  const { labels } = rows;
  const { codes, amounts } = encoder.schema.floors;
  const scores = scoreRows(trees, matrix);
  const probabilities = scores.map((logOdds) => calibrated(calibration, logOdds));
  const [floor, amountFloor] = [floorOf(encoder, rows, codes), floorOf(encoder, rows, amounts)];
  const measured = (rates: Float64Array): Measures =>
    measure({ scores: rates, probabilities: rates, labels });
  return {
    ...{ rows: rows.size, positives: countPositives(rows), unlabelled: rows.unlabelled },
    ...{ from: firstDate(rows), to: lastDate(rows) },
    model: measure({ scores, probabilities, labels }),
    floor: measured(floor.rates),
    amountFloor: measured(amountFloor.rates),
    unseen: judgeUnseen(scores, labels, amountFloor.evidence),
    calibration: calibrationBins(probabilities, labels),
  };
}

export interface Judge {
  readonly encoder: Encoder;
  readonly trees: Trees;
  readonly calibration: Calibration;
}

interface Floor {
  readonly rates: Float64Array;
  /** Training rows of the same key. */
  readonly evidence: Float64Array;
}

/** The plainest lookup there is: the key's own share, drawn by one row towards the share of all. */
function floorOf(encoder: Encoder, rows: LabelledRows, table: number | null): Floor {
  const rates = new Float64Array(rows.size).fill(encoder.baseRate);
  const evidence = new Float64Array(rows.size);
  for (let row = 0; table !== null && row < rows.size; row += 1) {
    const lookup = encoder.lookUp(factsAt(rows, row));
    const seen = lookup.rows[table] as number;
    rates[row] = ((lookup.findings[table] as number) + encoder.baseRate) / (seen + 1);
    evidence[row] = seen;
  }
  return { rates, evidence };
}

function judgeUnseen(
  scores: Float64Array,
  labels: Uint8Array,
  evidence: Float64Array,
): Evaluation['unseen'] {
  const isUnseen = (_: number, row: number): boolean => evidence[row] === 0;
  const own = labels.filter(isUnseen);
  const positives = own.reduce((sum, label) => sum + label, 0);
  const isOneKind = positives === 0 || positives === own.length;
  const auc = isOneKind ? null : aucOf(scores.filter(isUnseen), own);
  return { rows: own.length, positives, auc };
}

function calibrationBins(probabilities: Float64Array, labels: Uint8Array): CalibrationBin[] {
  const bins = Array.from({ length: CALIBRATION_BINS }, () => ({ rows: 0, stated: 0, found: 0 }));
  for (const [row, probability] of probabilities.entries()) {
    const bin = bins[binOf(probability)];
    if (!bin) continue;
    bin.rows += 1;
    bin.stated += probability;
    bin.found += labels[row] as number;
  }
  return bins.map(({ rows, stated, found }, place) => ({
    ...{ from: place / CALIBRATION_BINS, to: (place + 1) / CALIBRATION_BINS, rows },
    stated: rows === 0 ? null : stated / rows,
    found: rows === 0 ? null : found / rows,
  }));
}
