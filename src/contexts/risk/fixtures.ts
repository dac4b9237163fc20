import type { LocalDate } from '../../kernel/dates.ts';
import type { FactSet, FactValue } from '../facts/index.ts';
import { createEngine, type Scorer } from './engine.ts';
import { createHistory, type History } from './history.ts';
import { loadPolicy, type Policy } from './policy.ts';

export const policy: Policy = loadPolicy();

/** An engine whose random sample selects nobody, so that other reasons can be seen alone. */
export const engine = createEngine({
  policy: { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } },
  seed: 'a seed for tests',
});

/** Bananas from Ecuador to a regular importer, at the usual price: nothing hits. */
export function bananas(changed: Record<string, FactValue> = {}): FactSet {
  return {
    'declaration.ieFlag': 'I',
    'declaration.office': '2225',
    'declaration.currency': 'USD',
    'declaration.value': 24_000,
    'declaration.netMass': 20_000,
    'declaration.grossMass': 21_500,
    'goods.hs': '0803900000',
    'goods.hs6': '080390',
    'goods.origin': 'EC',
    'goods.unit': '035',
    'goods.quantity': 20_000,
    'goods.netMass': 20_000,
    'goods.value': 24_000,
    'route.departure': 'EC',
    'party.importer': '91310000000000001X',
    'party.seller': 'Frutas del Guayas',
    'party.importerGrade': 'regular',
    ...changed,
  };
}

export const dayOf = (n: number): LocalDate =>
  new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);

/** Forty days of ordinary trade: two consignments a day at 0.95 to 1.34 USD/kg. */
export function fortyDays(): History {
  const history = createHistory();
  for (let n = 0; n < 40; n++) {
    for (const price of [0.95 + n / 100, 1.34 - n / 100])
      history.observe(bananas({ 'goods.value': price * 20_000 }), dayOf(n));
  }
  return history;
}

/** Everything known of a declaration after those forty days. */
export const known = (changed: Record<string, FactValue> = {}, history = fortyDays()): FactSet => {
  const stated = bananas(changed);
  return { ...stated, ...history.factsFor(stated, dayOf(40)) };
};

/** A model that says what it is told to: one reason for risk, one against it. */
export const modelOf = (
  probability: (facts: FactSet) => number,
  version = 'model of a test',
): Scorer => ({
  version,
  probability,
  contributions: () => [
    { facts: ['goods.value'], logOdds: 1.5, sentence: { zh: '价值高', en: 'high value' } },
    { facts: ['goods.origin'], logOdds: -0.5, sentence: { zh: '常见产地', en: 'usual origin' } },
  ],
});
