import { counted, isImport, numberOf, percent, textOf } from '../wording.ts';
import type { Check } from './check.ts';

/** Only of imports: an export's origin is nearly always here, and its destination is no detour. */
export const routeUnusual: Check = {
  id: 'routeUnusual',
  version: 1,
  label: { zh: '启运国与原产国不合常规', en: 'unusual route for the origin' },
  about: [],
  reads: ['declaration.ieFlag', 'route.earlier', 'route.share'],
  quotes: ['goods.hs6', 'goods.origin', 'route.departure'],
  points: 30,
  legalBasis: '进出口货物原产地条例 第十九条',
  advice: {
    zh: '核对原产地证书、提单与全程运输单证，查验货物及包装上的原产地标记。',
    en: 'Check certificate of origin, bill of lading and through transport; look at origin marks on goods and packing.',
  },
  hits: (facts, { route }) =>
    isImport(facts) &&
    numberOf(facts, 'route.earlier') >= route.earlierMin &&
    numberOf(facts, 'route.share') < route.shareMax,
  sentence(facts) {
    const origin = textOf(facts, 'goods.origin');
    const departure = textOf(facts, 'route.departure');
    const chapter = textOf(facts, 'goods.hs6').slice(0, 2);
    const count = numberOf(facts, 'route.earlier');
    const share = numberOf(facts, 'route.share');
    return {
      zh: `原产地为 ${origin} 而自 ${departure} 启运；此前 ${count} 票原产地为 ${origin} 的第 ${chapter} 章进口货物中，${share === 0 ? '无一自该国（地区）启运' : `自该国（地区）启运的仅占 ${percent(share)}`}。`,
      en: `Goods of origin ${origin} departing from ${departure}; of ${counted(count, 'earlier import')} of chapter ${chapter} from ${origin}, ${share === 0 ? 'none' : percent(share)} departed from there.`,
    };
  },
};
