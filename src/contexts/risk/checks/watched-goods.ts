import type { FactSet } from '../../facts/index.ts';
import type { Policy, WatchedGoods } from '../policy.ts';
import { textOf, trade } from '../wording.ts';
import type { Check } from './check.ts';

/** Mandatory: goods the authority has put on its watch list, by HS prefix and origin. */
export const watchedGoods: Check = {
  id: 'watchedGoods',
  version: 1,
  label: { zh: '布控清单商品', en: 'goods on the watch list' },
  about: [],
  reads: ['declaration.ieFlag', 'goods.hs6', 'goods.origin'],
  quotes: [],
  points: 30,
  legalBasis: null,
  advice: {
    zh: '核对许可证件并确认货物真实属性；不符合准入规定的，不予放行。',
    en: 'Check the licences and what the goods really are; what may not enter or leave is not released.',
  },
  hits: (facts, policy) => watched(facts, policy) !== undefined,
  sentence(facts, policy) {
    const entry = watched(facts, policy);
    const goods = declaredCode(facts);
    const { zh, en } = trade(facts);
    return {
      zh: `${zh}商品 ${goods} 属于布控清单（${policy.watchList.version} 版）：${entry?.reason.zh}。`,
      en: `The ${en} of ${goods} is on the watch list (version ${policy.watchList.version}): ${entry?.reason.en}.`,
    };
  },
  mandatory(facts, policy) {
    const entry = watched(facts, policy);
    return { lane: entry?.lane ?? 'red', legalBasis: entry?.legalBasis ?? '' };
  },
};

/** The strictest entry that names these goods; red before yellow. */
function watched(facts: FactSet, { watchList }: Policy): WatchedGoods | undefined {
  const goods = declaredCode(facts);
  const matching = watchList.entries.filter(
    ({ hsPrefix, origin, ieFlag }) =>
      ieFlag === facts['declaration.ieFlag'] &&
      goods.startsWith(hsPrefix) &&
      (origin === null || origin === facts['goods.origin']),
  );
  return matching.find(({ lane }) => lane === 'red') ?? matching[0];
}

/** The code as declared; its six digits where a source knows no more. */
const declaredCode = (facts: FactSet): string =>
  textOf(facts, 'goods.hs') || textOf(facts, 'goods.hs6');
