import { addDays } from '../../../kernel/dates.ts';
import type { FactSet } from '../../facts/index.ts';
import { randomFrom } from '../trees/random.ts';
import { createRows, type LabelledRows } from './rows.ts';

export interface MadeDeclaration {
  readonly facts: FactSet;
  readonly date: string;
  readonly label: boolean;
}

const ORIGINS = ['CN', 'DE', 'JP', 'US', 'VN'];
const TYPES = ['A', 'C', 'F'];

/**
 * Declarations of a port where one thing is amiss: two fifths of the pairs of heading and origin are
 * found wanting nine times in ten, all others once in twenty. Neither heading nor origin alone, nor
 * any party, tells much.
 */
export function madeDeclarations(count: number, seed = 1, from = '2025-01-01'): MadeDeclaration[] {
  const random = randomFrom(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  return Array.from({ length: count }, (_, row) => {
    const heading = pick(40);
    const origin = pick(ORIGINS.length);
    const isAmiss = (heading * 3 + origin * 7) % 5 < 2;
    const mass = 1 + pick(5000);
    const facts: FactSet = {
      'declaration.id': `D-${seed}-${row}`,
      'declaration.ieFlag': 'I',
      'declaration.currency': 'USD',
      'goods.hs6': String(100_100 + 101 * heading),
      'goods.origin': ORIGINS[origin] ?? '',
      'goods.taxType': TYPES[pick(TYPES.length)] ?? '',
      'goods.netMass': mass,
      'goods.value': mass * (1 + pick(1000) / 100),
      'party.importer': pick(10) === 0 ? null : `I${pick(300)}`,
    };
    return {
      facts,
      date: addDays(from, Math.floor((row * 90) / count)),
      label: random() < (isAmiss ? 0.9 : 0.05),
    };
  });
}

export function rowsOf(declarations: readonly MadeDeclaration[]): LabelledRows {
  const rows = createRows();
  for (const { facts, date, label } of declarations) rows.add(facts, date, label);
  return rows.build();
}
