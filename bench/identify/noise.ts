import type { Random } from '../../demo/generate/random.ts';

/**
 * Ways in which a name is written on papers. This is ours, made up, and kept apart from the product's reading: it
 * has its own words and its own pairs of look-alikes, some of which the product does not know.
 */
export type Way = 'clean' | 'typo' | 'tradeName' | 'mixedScript' | 'disguise';

const GOODS_WORDS_ZH = [
  '工业级',
  '分析纯',
  '含量99%',
  '99.5%',
  '25kg/桶',
  '180公斤铁桶',
  '吨桶装',
  '散装',
  '优级品',
  '化工原料',
  '国产',
  '液体',
  '有机溶剂',
  '用途：溶剂',
  '无品牌',
  'AR 500ml',
  '净重160kg',
  '一级',
];
const GOODS_WORDS_EN = [
  '99.9% min',
  'industrial grade',
  'in drums',
  '200 kg drum',
  'AR',
  'technical grade',
  'ISO tank',
  'purity 99%',
  'bulk',
  'reagent grade 500 ml',
  'liquid',
  'chemical raw material',
  '25kg bags',
];

const HOMOGLYPHS: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  i: 'і',
};
const LEET: Readonly<Record<string, string>> = { o: '0', l: '1', e: '3' };
const HAN_ALIKE: Readonly<Record<string, string>> = {
  甲: '曱',
  苯: '笨',
  酮: '铜',
  醚: '谜',
  硫: '琉',
  盐: '监',
  氯: '绿',
  锰: '猛',
  醋: '腊',
  酐: '肝',
  哌: '派',
  樟: '障',
  醛: '荃',
  腈: '晴',
  胺: '安',
  溴: '嗅',
  素: '索',
  黄: '簧',
  酯: '脂',
  酸: '酸',
  乙: '已',
  丙: '内',
  仿: '防',
  钾: '甲',
};
const MARKS = ['.', ' ', '*', '-', '·', '_', '/', '\u200b', '|', '~'];
const TRADITIONAL: Readonly<Record<string, string>> = {
  醚: '醚',
  盐: '鹽',
  锰: '錳',
  钾: '鉀',
  钠: '鈉',
  氯: '氯',
  苯: '苯',
  烷: '烷',
  腈: '腈',
  酰: '醯',
  亚: '亞',
  异: '異',
  邻: '鄰',
  黄: '黃',
  樟: '樟',
  环: '環',
  过: '過',
  硅: '矽',
  铅: '鉛',
  铵: '銨',
  铝: '鋁',
  铁: '鐵',
  银: '銀',
  锂: '鋰',
  镁: '鎂',
  锌: '鋅',
  铬: '鉻',
};

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** A name amid the words of a line of goods. */
export function amid(name: string, random: Random): string {
  const words = isHan(name) ? GOODS_WORDS_ZH : GOODS_WORDS_EN;
  const some = Array.from({ length: random.int(3) }, () => random.pick(words));
  const before =
    isHan(name) && random.chance(0.25) ? random.pick(['品名：', '货名:', '化工品 ']) : '';
  return [`${before}${name}`, ...some].join(' ');
}

/** One slip of a finger: a letter too few, too many, twice, or two exchanged. Names of under six letters are left. */
export function slip(name: string, random: Random): string {
  if (isHan(name)) return name.replace(/[（(].*$/, '');
  const letters = [...name.matchAll(/(?<=[a-z])[a-z](?=[a-z])/gi)].map(({ index }) => index);
  if (letters.length < 5) return name;
  const at = random.pick(letters);
  const [before, here, after] = [name.slice(0, at), name[at] ?? '', name.slice(at + 1)];
  switch (random.int(4)) {
    case 0:
      return before + after;
    case 1:
      return before + here + here + after;
    case 2:
      return before + (after[0] ?? '') + here + after.slice(1);
    default:
      return before + random.pick(['a', 'e', 'i', 'r', 's', 'n']) + after;
  }
}

/** So that a machine does not read it: signs between, look-alikes, letters pulled apart, wide letters. */
export function disguise(name: string, random: Random): string {
  const signs = [...name];
  const mark = random.pick(MARKS);
  if (isHan(name)) {
    if (random.chance(0.5)) return signs.join(mark);
    const at = signs.findIndex((sign) => HAN_ALIKE[sign] !== undefined && HAN_ALIKE[sign] !== sign);
    return at < 0 ? signs.join(mark) : signs.with(at, HAN_ALIKE[signs[at] ?? ''] ?? '').join('');
  }
  switch (random.int(4)) {
    case 0:
      return signs.map((sign) => HOMOGLYPHS[sign] ?? sign).join('');
    case 1:
      return name.replace(/(?<=[a-z])[ole](?=[a-z])/, (sign) => LEET[sign] ?? sign);
    case 2:
      return /^[a-z]{4,}$/.test(name) ? signs.join(' ') : name.toUpperCase();
    default:
      return signs
        .map((sign) =>
          /[!-~]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign,
        )
        .join('');
  }
}

/** In both languages, in the other script, or with capitals here and there. */
export function mixScripts(zh: string, en: string, random: Random): string {
  const traditional = [...zh].map((sign) => TRADITIONAL[sign] ?? sign).join('');
  return random.pick([
    `${zh} ${en}`,
    `${en}（${zh}）`,
    traditional,
    `${traditional} ${en.toUpperCase()}`,
    `${zh}/${en}`,
  ]);
}
