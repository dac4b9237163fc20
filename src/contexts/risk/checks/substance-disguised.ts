import { textOf } from '../wording.ts';
import type { Check } from './check.ts';

/** The name was written so that a machine would not read it: inserted signs, look-alike letters, initials. */
export const substanceDisguised: Check = {
  id: 'substanceDisguised',
  version: 1,
  label: { zh: '品名伪装', en: 'disguised name' },
  about: ['chemical.substance', 'chemical.disguises'],
  reads: ['chemical.lineNo'],
  quotes: ['chemical.cas'],
  points: 50,
  legalBasis: '海关法 第二十四条',
  advice: {
    zh: '按识别出的物质核对归类与证件，取样送检。',
    en: 'Check code and licences by the substance recognised; sample it.',
  },
  hits: (facts) => Number(facts['chemical.disguises']) > 0,
  sentence(facts) {
    const name = textOf(facts, 'chemical.substance');
    const line = textOf(facts, 'chemical.lineNo');
    return {
      zh: `第 ${line} 项的品名有插入、形近或缩写等写法，还原后为${name}。`,
      en: `The name in line ${line} is written with inserted or look-alike signs; undone, it reads ${name}.`,
    };
  },
};
