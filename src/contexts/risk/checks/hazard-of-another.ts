import { textOf } from '../wording.ts';
import type { Check } from './check.ts';

/** The UN number stated is of another hazard class than the substance. */
export const hazardOfAnother: Check = {
  id: 'hazardOfAnother',
  version: 1,
  label: { zh: '危险类别与物质不符', en: 'hazard not of the substance' },
  about: ['chemical.unStated', 'chemical.hazardClass'],
  reads: ['chemical.substance', 'chemical.hazardFits'],
  quotes: ['chemical.cas', 'chemical.lineNo'],
  points: 30,
  legalBasis: '危险化学品安全管理条例 第六十四条',
  advice: {
    zh: '核对安全技术说明书、包装使用鉴定结果单与危险货物申报。',
    en: 'Check the safety data sheet, the packaging certificate and the dangerous-goods declaration.',
  },
  hits: (facts) => facts['chemical.hazardFits'] === false,
  sentence(facts) {
    const name = textOf(facts, 'chemical.substance');
    const stated = textOf(facts, 'chemical.unStated');
    const own = textOf(facts, 'chemical.hazardClass');
    return {
      zh: `申报的 UN ${stated} 与识别出的${name}（第 ${own} 类）危险类别不同。`,
      en: `UN ${stated} as stated is of another hazard class than ${name}, which is of class ${own}.`,
    };
  },
};
