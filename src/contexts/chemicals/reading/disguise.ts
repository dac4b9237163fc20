import type { Disguise } from '../contract.ts';

/**
 * A character of chemistry, and those it is written with by mistake or on purpose: of the same shape, of the same
 * sound, or with a part pulled off.
 */
const LOOK_ALIKE: readonly (readonly [string, string])[] = [
  ...'甲曱岬申钾|苯笨本苤|乙乚已巳|丙内柄|酮铜洞桐同|醚醉迷谜眯米密|磷粦鳞|硫流琉馏留|盐艳沿言监|氯俩绿录碌|仿肪访防'.split(
    '|',
  ),
  ...'锰孟猛蒙|酐甘肝干杆|哌敌派|啶定碇锭|樟章障漳|素速索|黄簧潢|醛僬荃全权|腈晴睛精胫|胺按氨安案|羟圣抢|酰鲜先'.split(
    '|',
  ),
  ...'酚份氛分|醇纯淳唇|酯只脂旨|酸竣唆梭|醋腊错措借昔|溴嗅修臭|碘典|红弘洪|赤尺|硝消销|烷完玩|烯希稀|炔缺|氟佛弗'.split(
    '|',
  ),
  ...'砷伸|氰青清|汞贡|胡糊|椒淑|麻嘛|碱减咸|麦卖'.split('|'),
].flatMap((line) => [...line.slice(1)].map((seen) => [seen, line[0] ?? ''] as const));

/** Characters pulled apart into two. */
const SPLIT: readonly (readonly [string, string])[] = [
  ...([
    ['酉同', '酮'],
    ['酉迷', '醚'],
    ['酉昔', '醋'],
    ['酉干', '酐'],
    ['酉全', '醛'],
    ['石硫', '硫'],
  ] as const),
  ...([
    ['石粦', '磷'],
    ['月青', '腈'],
    ['月安', '胺'],
    ['口派', '哌'],
    ['金孟', '锰'],
    ['石典', '碘'],
  ] as const),
];

/** Latin letters written with Cyrillic, Greek or digits that look the same. */
const LOOK_ALIKE_LATIN: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    в: 'b',
    с: 'c',
    е: 'e',
    н: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    о: 'o',
    р: 'p',
    ѕ: 's',
    т: 't',
    у: 'y',
    х: 'x',
  },
  ...{ ο: 'o', ν: 'v', ρ: 'p', ι: 'i', ɑ: 'a', ⅼ: 'l', '@': 'a', $: 's', '€': 'e' },
};

const DIGITS: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's' };

const ALIKE = new Map(LOOK_ALIKE);
const MAX_SIGNS = 24;

const INSERTED_BETWEEN_HAN =
  /(?<=\p{Script=Han})[\s.*_\-|/\\+~^`'"!?#=·•●★☆◆,:;(){}[\]<>]+(?=\p{Script=Han})/gu;
const SPACED_LETTERS = /(?<![a-z\d])[a-z](?:[\s.*_\-|]+[a-z]){3,}(?![a-z\d])/g;
const INSERTED_IN_WORD = /(?<=[a-z]{2})[.*_|~^!#=•●★☆]+(?=[a-z]{2})/g;
const EMOJI = /[\p{Extended_Pictographic}\u{1f000}-\u{1faff}\u{e0000}-\u{e007f}]+/gu;

/** A text read as a person would read it, and how it had been written so that a machine would not. */
export interface Unmasked {
  readonly text: string;
  readonly disguises: readonly Disguise[];
}

/** Undoes what only a disguise does: emoji, letters pulled apart, signs put between, foreign look-alike letters. */
export function unmask(text: string): Unmasked {
  const disguises: Disguise[] = [];
  const told = (kind: Disguise['kind'], seen: string, read: string): string => {
    if (disguises.length < 20)
      disguises.push({ kind, seen: seen.slice(0, 80), read: read.slice(0, 80) });
    return read;
  };
  let plain = text.replace(EMOJI, (signs) => told('inserted', signs, ''));
  plain = plain.replace(/[\p{L}@$€]{2,}/gu, (word) => {
    if (!/[a-z]/.test(word) || !/[\p{Script=Cyrillic}\p{Script=Greek}ɑⅼ@$€]/u.test(word))
      return word;
    const read = [...word].map((sign) => LOOK_ALIKE_LATIN[sign] ?? sign).join('');
    return /^[a-z]+$/.test(read) ? told('lookAlike', word, read) : word;
  });
  plain = plain.replace(/(?<![\p{L}\d-])[\p{Script=Cyrillic}]{3,}(?![\p{L}\d])/gu, (word) => {
    const read = [...word].map((sign) => LOOK_ALIKE_LATIN[sign] ?? '?').join('');
    return read.includes('?') ? word : told('lookAlike', word, read);
  });
  plain = plain.replace(/(?<![a-z\d])[a-z]+[01345][a-z]{3,}(?![a-z\d])/g, (word) =>
    told(
      'lookAlike',
      word,
      word.replace(/[01345]/, (digit) => DIGITS[digit] ?? digit),
    ),
  );
  plain = plain.replace(SPACED_LETTERS, (letters) =>
    told('spaced', letters, letters.replace(/[^a-z]/g, '')),
  );
  plain = plain.replace(INSERTED_IN_WORD, (signs) => told('inserted', signs, ''));
  return { text: plain, disguises };
}

/** Han characters with nothing between them, where signs had been put. */
export const joinHan = (text: string): string => text.replace(INSERTED_BETWEEN_HAN, '');

/**
 * The other reading of a Chinese name: each character that is not of chemistry as the one it stands for. Asked
 * only when the name as written is unknown, since 铜 is copper oftener than it is a ketone.
 */
export function lookAlikes(name: string): string {
  let read = name;
  for (const [seen, is] of SPLIT) read = read.replaceAll(seen, is);
  return [...read].map((sign) => ALIKE.get(sign) ?? sign).join('');
}

/** The same with one character read otherwise, for names in which the others mean themselves. */
export function oneLookAlike(name: string): string[] {
  const signs = [...name].slice(0, MAX_SIGNS);
  return signs.flatMap((sign, i) => {
    const is = ALIKE.get(sign);
    return is ? [signs.with(i, is).join('')] : [];
  });
}
