import { textOf } from '../wording.ts';
import type { Check } from './check.ts';

/** The tariff code declared is none of those the substance is classified in. */
export const hsOfAnother: Check = {
  id: 'hsOfAnother',
  version: 1,
  label: { zh: '商品编码与物质不符', en: 'tariff code not of the substance' },
  about: ['chemical.expectedHs'],
  reads: ['chemical.substance', 'chemical.hsFits'],
  quotes: ['chemical.cas', 'chemical.lineNo'],
  points: 25,
  legalBasis: '海关法 第二十四条、第四十二条',
  advice: {
    zh: '核对归类；必要时取样送检确认成分。',
    en: 'Check the classification; sample where in doubt.',
  },
  hits: (facts) => facts['chemical.hsFits'] === false,
  sentence(facts) {
    const name = textOf(facts, 'chemical.substance');
    const line = textOf(facts, 'chemical.lineNo');
    const expected = textOf(facts, 'chemical.expectedHs');
    return {
      zh: `第 ${line} 项识别为${name}，应归 ${expected}，申报编码不在其中。`,
      en: `Line ${line} is recognised as ${name}, which belongs in ${expected}; the code declared is another.`,
    };
  },
};
