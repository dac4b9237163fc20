import { addDays } from '../../../kernel/dates.ts';
import type { FactSet } from '../../facts/index.ts';
import type { Actor, Role } from '../../identity/index.ts';
import type { Decision } from '../contract.ts';
import { derive } from '../derive.ts';
import type { ModelFile } from '../learning/contract.ts';
import { createRows, trainModel } from '../learning/index.ts';

/** Makers for tests: a small trade in which one origin of one good is usually wrong, and models of it. */

/** A generator with a seed (Lehmer's, 1951): the same port every time. */
function createDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const GOODS = ['080390', '220421', '870323'] as const;
const ORIGINS = ['EC', 'DE', 'NL'] as const;

export interface Past {
  readonly subject: string;
  readonly day: string;
  readonly facts: FactSet;
  readonly found: boolean;
}

/** Cars from Germany are wrong four times in five, everything else once in ten. */
export function pastTrade(count: number, seed = 7): Past[] {
  const draw = createDraws(seed);
  return Array.from({ length: count }, (_, n) => {
    const goods = GOODS[Math.floor(draw() * GOODS.length)] ?? GOODS[0];
    const origin = ORIGINS[Math.floor(draw() * ORIGINS.length)] ?? ORIGINS[0];
    const isRisky = goods === '870323' && origin === 'DE';
    return {
      subject: `P${String(n).padStart(5, '0')}`,
      day: addDays('2026-01-01', Math.floor((n * 60) / count)),
      facts: {
        'declaration.ieFlag': 'I',
        'declaration.office': '2225',
        'goods.hs6': goods,
        'goods.origin': origin,
        'goods.netMass': 100 + Math.floor(draw() * 900),
        'goods.value': 1_000 + Math.floor(draw() * 9_000),
        'importer.earlier': Math.floor(draw() * 20),
        'peers.count': Math.floor(draw() * 200),
      },
      found: draw() < (isRisky ? 0.8 : 0.1),
    };
  });
}

/** A model of that trade; another seed is another model. */
export function smallModel(seed = 7): ModelFile {
  const rows = createRows();
  for (const { facts, day, found } of pastTrade(400, seed)) rows.add(facts, day, found);
  return trainModel({
    ...{ fit: rows.build(), choose: null, seed, label: 'found', mapping: null },
    sources: { fit: 'a small trade', choose: null },
  });
}

export const actor = (name: string, role: Role): Actor => ({
  ...{ personId: name, name, postId: `${name}-post`, organisationId: '2200' },
  ...{ roles: [role], offices: [], mayBackdate: false, via: 'session' },
});

/** A decision about a declaration of the past, as the engine would have written it. */
export function decisionOn(
  { subject, day, facts }: Past,
  changed: Partial<Pick<Decision, 'selectedBy' | 'model' | 'sampling' | 'shadow'>> = {},
): Decision {
  return {
    ...{ id: `${subject}:1`, subject, decidedOn: day, lane: 'red', score: 0, results: [] },
    ...{ selectedBy: 'score', model: null, sampling: null, shadow: [] },
    ...changed,
    facts: { ...derive(facts), ...facts },
    versions: {
      ...{ engine: '2', policy: 'p', checks: 'c', rules: 'r' },
      ...{ model: changed.model?.version ?? null, shadow: null },
    },
  };
}
