import { z } from 'zod';
import { contentHash } from '../../../kernel/canonical.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { FactSet } from '../../facts/index.ts';
import { contributionsOf, scoreRow, type Trees } from '../trees/index.ts';
import { calibrated } from './calibration.ts';
import { type Contribution, type ModelCard, ModelFile, type Schema } from './contract.ts';
import { createEncoder, schemaHashOf, withDerived } from './encoder.ts';
import type { Judge } from './evaluation.ts';
import { groupFeatures, sentenceOf } from './reasons.ts';

/** A model ready to score declarations. Pure: the same facts give the same answers. */
export interface ScoringModel {
  /** The hash of the whole file: two models of one version are one model. */
  readonly version: string;
  readonly card: ModelCard;
  /** Of a finding, were this declaration examined; calibrated on the choosing rows. */
  probability(facts: FactSet): number;
  /** Why, the weightiest first. They add up to the uncalibrated log-odds less what all share. */
  contributions(facts: FactSet): readonly Contribution[];
}

const integers = z.array(z.number().int());
const Body = z.object({
  knowledge: z.object({
    baseRate: z.number(),
    words: z.record(z.string(), z.array(z.string())),
    counts: z.array(
      z.object({ parents: integers, codes: integers, rows: integers, findings: integers }),
    ),
  }),
  trees: z.custom<Trees>((value) => typeof value === 'object' && value !== null),
});

/**
 * Opens a model file. A file whose schema is not the one its hash was taken of is refused: its trees
 * would read other numbers than they were grown on, and be wrong without a word.
 */
export const openModel = (file: unknown): ScoringModel => scoringModel(readModel(file));

export function scoringModel({ model, judge }: ReadModel): ScoringModel {
  const { encoder, trees, calibration } = judge;
  const { groups, groupOf } = groupFeatures(model.schema);
  return {
    version: contentHash(model),
    card: model.card,
    probability: (facts) => calibrated(calibration, scoreRow(trees, encoder.encode(facts))),
    contributions(facts) {
      const known = withDerived(facts);
      const { values } = contributionsOf(trees, encoder.encode(known));
      const lookup = encoder.lookUp(known);
      const sums = new Float64Array(groups.length);
      for (const [feature, value] of values.entries()) {
        const group = groupOf[feature] as number;
        sums[group] = (sums[group] as number) + value;
      }
      return groups
        .map((group, place) => ({ group, logOdds: sums[place] as number }))
        .filter(({ logOdds }) => logOdds !== 0)
        .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
        .map(({ group, logOdds }) => ({
          facts: [...group.facts],
          logOdds,
          sentence: sentenceOf(group, known, model.schema, lookup, encoder.baseRate),
        }));
    },
  };
}

/** A file that is known to be a model, and the parts of it that an evaluation needs. */
export interface ReadModel {
  readonly model: ModelFile;
  readonly judge: Judge;
}

export function readModel(file: unknown): ReadModel {
  const parsed = ModelFile.safeParse(file);
  const body = parsed.success ? Body.safeParse(parsed.data.body) : null;
  if (!parsed.success || !body?.success) {
    const issue = (parsed.success ? body?.error : parsed.error)?.issues[0];
    throw new Refused('invalid', {
      code: 'risk.model_not_readable',
      params: { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` },
    });
  }
  const model = parsed.data;
  refuseOther(model.schemaHash, schemaHashOf(model.schema), '');
  const { knowledge, trees } = body.data;
  const encoder = createEncoder(model.schema, knowledge);
  return { model, judge: { encoder, trees, calibration: model.calibration } };
}

function refuseOther(stated: string, found: string, facts: string): void {
  if (stated === found) return;
  throw new Refused('invalid', {
    code: facts === '' ? 'risk.model_schema_differs' : 'risk.model_facts_differ',
    params: { stated, found, facts },
  });
}

/**
 * Makes sure that a source of facts speaks the model's schema: every fact the model reads, in the
 * type it was trained on. A fact that is not there would pass as missing in every row.
 */
export function checkFacts(
  { schema, schemaHash }: ModelFile,
  offered: ReadonlyMap<string, Schema['facts'][number]['type']>,
): void {
  const facts = schema.facts.flatMap(({ name }) => {
    const type = offered.get(name);
    return type ? [{ name, type }] : [];
  });
  const differing = schema.facts
    .filter(({ name, type }) => offered.get(name) !== type)
    .map(({ name, type }) => `${name} (${type})`);
  refuseOther(schemaHash, schemaHashOf({ ...schema, facts }), differing.join(', '));
}
