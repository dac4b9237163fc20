import { ANIONS, MADE } from './chinese-parts.ts';
import { englishEntry, englishWord, entriesOf } from './chinese-words.ts';

const MADE_BY = new Map(entriesOf(MADE));
const ANION_OF = new Map(entriesOf(ANIONS));
const COUNTS: Readonly<Record<string, string>> = {
  ...{
    一: 'mono',
    单: 'mono',
    二: 'di',
    两: 'di',
    双: 'di',
    三: 'tri',
    四: 'tetra',
    五: 'penta',
    六: 'hexa',
  },
  ...{
    七: 'hepta',
    八: 'octa',
    九: 'nona',
    十: 'deca',
    十二: 'dodeca',
    半: 'hemi',
    倍半: 'sesqui',
  },
};
const COUNT = '倍半|十二|[一单二两双三四五六七八九十半]';
const LOWER: Readonly<Record<string, string>> = {
  ...{
    铁: 'iron(ii)',
    铜: 'copper(i)',
    锡: 'tin(ii)',
    汞: 'mercury(i)',
    铬: 'chromium(ii)',
    钴: 'cobalt(ii)',
  },
  ...{
    镍: 'nickel(ii)',
    锰: 'manganese(ii)',
    铈: 'cerium(iii)',
    铊: 'thallium(i)',
    金: 'gold(i)',
    钛: 'titanium(iii)',
  },
};
const METAL =
  /^(?:[锂钠钾铷铯铍镁钙锶钡铝镓铟铊锡铅锑铋锌镉汞铜银金钛锆铪钒铌钽铬钼钨锰铼铁钴镍钌铑钯锇铱铂铀钍铈镧钕镨钇钪镭钐铕钆铽镝钬铒铥镱镥钚锝铵氢硅锗硼磷砷硒碲硫氮碳氟氯溴碘])$/;
const NON_METALS: Readonly<Record<string, string>> = {
  ...{ 氢: 'hydrogen', 铵: 'ammonium', 硫: 'sulfur', 氮: 'nitrogen', 碳: 'carbon', 氟: 'fluorine' },
  ...{ 氯: 'chlorine', 溴: 'bromine', 碘: 'iodine', 氧: 'oxygen' },
};
const MAX_NAME = 80;
/** Letters that are no locant: the text is in both languages, and is not one name. */
const A_WORD = /(?<![a-z])(?!alpha|beta|gamma|delta|omega|tert|trans|meso)[a-z]{3,}/;

const times = (han: string | undefined): string => COUNTS[han ?? ''] ?? '';

/**
 * A Chinese name of a substance in English, read by the rules of the Chinese Chemical Society: substituents stand as in
 * English; salts, esters, ethers and what is made by 化 are turned round. `null` where it cannot be read whole.
 *
 * @param normalised a name in simplified characters, in one spelling.
 */
export function englishOf(normalised: string): string | null {
  const text = normalised
    .replace(/(?<=[氟氯溴碘甲硝])代(?!硫|磷|乙)/g, '')
    .replace(/^无水(?!醋酸|乙酸)|^纯(?=.)|^工业(?=.)/g, '')
    .replace(/[噁恶]/g, '噁')
    .replace(/冰?醋(?=酸|酐)/g, '乙')
    .replace(/蚁酸/g, '甲酸')
    .replace(/(?<=[硫硝氢磷])强水/g, '酸')
    .replace(/第一(?=.)/g, '正')
    .replace(/\s+/g, '');
  const numeral = /^(.{2,})\((i{1,3}|iv|vi{0,2})\)$/.exec(text);
  if (numeral) return withNumeral(englishOf(numeral[1] ?? ''), numeral[2] ?? '');
  if (text.length > MAX_NAME || !/\p{Script=Han}/u.test(text) || A_WORD.test(text)) return null;
  return nameOf(text);
}

/** 硫酸铑(III): the number belongs to the metal, which English names first. */
const withNumeral = (english: string | null, numeral: string): string | null =>
  english?.includes(' ') ? english.replace(' ', `(${numeral}) `) : english;

/** The ways a name may be built, the surest first. */
function nameOf(text: string): string | null {
  const known = element(text) ?? englishEntry(text);
  if (known && known.length > 2) return known;
  return (
    hydrate(text) ??
    saltOfBase(text) ??
    onium(text) ??
    hydroperoxide(text) ??
    made(text) ??
    anhydride(text) ??
    ester(text) ??
    joined(text) ??
    halide(text) ??
    salt(text) ??
    alkoxide(text) ??
    inorganicAcid(text) ??
    englishWord(text)
  );
}

const element = (text: string): string | null =>
  text.length === 1 ? (NON_METALS[text] ?? null) : null;

function hydrate(text: string): string | null {
  const after = new RegExp(`^(.{2,}?)[,(.]?(${COUNT})?(?:个?水合物|水合?物|结晶水)\\)?$`).exec(
    text,
  );
  const before = after ? null : new RegExp(`^(${COUNT})?水合(.{2,})$`).exec(text);
  const [name, count] = after ? [after[1], after[2]] : [before?.[2], before?.[1]];
  const english = name ? nameOf(name) : null;
  return english && `${english} ${times(count)}hydrate`;
}

/** 苯胺盐酸盐, 盐酸苯胺, 乙酸钠盐. */
function saltOfBase(text: string): string | null {
  const metal = new RegExp(`^(.+?)(${COUNT})?([锂钠钾钙镁锌铵钡铝铜])盐$`).exec(text);
  if (metal) {
    const [, acid = '', count, of = ''] = metal;
    const english = nameOf(acid);
    return english && `${english}, ${times(count)}${metals(of)} salt`;
  }
  for (let at = text.length - 3; at > 0 && text.endsWith('酸盐'); at -= 1) {
    const anion = counted(text.slice(at, -2));
    const base = anion && !UNFINISHED.test(text.slice(0, at)) ? nameOf(text.slice(0, at)) : null;
    if (anion && base) return `${base} ${hydro(anion)}`;
  }
  const first = /^(盐酸|氢溴酸|氢碘酸)(.{2,})$/.exec(text);
  const base = first ? nameOf(first[2] ?? '') : null;
  return first && base ? `${base} ${hydro(anionOf((first[1] ?? '').slice(0, -1)) ?? '')}` : null;
}

const hydro = (anion: string): string => anion.replace(/(?=(?:chlor|brom|iod|fluor)ide$)/, 'hydro');

/** 四甲基氢氧化铵, 十六烷基三甲基溴化铵. */
function onium(text: string): string | null {
  const found = /^(.{2,})(氟|氯|溴|碘|氢氧)化(铵|鏻)$/.exec(text);
  const radicals = found ? englishWord(found[1] ?? '') : null;
  return found && radicals
    ? `${radicals}${found[3] === '铵' ? 'ammonium' : 'phosphonium'} ${MADE_BY.get(found[2] ?? '')}`
    : null;
}

const MADE_FORM = new RegExp(
  `^(${COUNT})?(${[...MADE_BY.keys()].sort((a, b) => b.length - a.length).join('|')})化(.+)$`,
);

/** 叔丁基过氧化氢, 过氧化氢异丙苯. */
function hydroperoxide(text: string): string | null {
  const group = /^(.{2,})过氧化氢$/.exec(text)?.[1] ?? /^过氧化氢(.{2,})$/.exec(text)?.[1];
  const english = group ? (group.endsWith('基') ? englishWord(group) : nameOf(group)) : null;
  return english && `${english} hydroperoxide`;
}

/** 三氯化铁 is iron trichloride, 氯化苄 benzyl chloride, 过氧化二苯甲酰 dibenzoyl peroxide. */
function made(text: string): string | null {
  const found = MADE_FORM.exec(text);
  if (!found) return null;
  const [, count, by = '', of = ''] = found;
  const what = metals(of) ?? (METAL.test(of.slice(-1)) ? null : radical(of)) ?? nameOf(of);
  return what && `${what} ${times(count)}${MADE_BY.get(by)}`.replace('monooxide', 'monoxide');
}

function anhydride(text: string): string | null {
  const found = /^(.+?)酸?酐$/.exec(text);
  const acid = found ? nameOf(`${found[1]}酸`) : null;
  return acid?.endsWith(' acid') ? acid.replace(/acid$/, 'anhydride') : null;
}

/** 乙酸乙酯 is ethyl acetate, 甲苯二异氰酸酯 toluene diisocyanate. */
function ester(text: string): string | null {
  if (!text.endsWith('酯')) return null;
  for (let at = text.indexOf('酸'); at >= 0; at = text.indexOf('酸', at + 1)) {
    const group = text.slice(at + 1, -1).replace(/^-/, '');
    if (group === '') return esterOf(text.slice(0, at));
    const [acid, alcohol] = [counted(text.slice(0, at)), radical(group)];
    if (acid && alcohol) return `${alcohol} ${acid}`;
  }
  return null;
}

/** What goes on with what follows it: 甲苯二异, 乙二醇二. */
const UNFINISHED = new RegExp(`(?:${COUNT}|[异正仲叔新邻间对顺反代亚偏焦次高过重])$`);

function esterOf(text: string): string | null {
  for (let at = text.length - 1; at > 0; at -= 1) {
    const acid = counted(text.slice(at));
    if (!acid) continue;
    const of = text.slice(0, at);
    if (UNFINISHED.test(of)) continue;
    const parent = of.endsWith('基') ? englishWord(of) : nameOf(of.replace(/-[\d,]+-$/, ''));
    if (parent) return `${parent}${/-[\d,]+-$/.exec(of)?.[0].slice(0, -1) ?? ''} ${acid}`;
  }
  return null;
}

/** An anion with how many there are: 二异氰 is diisocyanate. */
function counted(acid: string): string | null {
  const found = new RegExp(`^(${COUNT})(.+)$`).exec(acid);
  const anion = anionOf(acid);
  if (anion || !found) return anion;
  const one = anionOf(found[2] ?? '');
  return one && `${times(found[1])}${one}`;
}

/** The anion of an acid whose name is given without its 酸. */
function anionOf(acid: string): string | null {
  const known = ANION_OF.get(acid);
  if (known) return known;
  const hydrogen = /^(.+)酸(二?)氢$/.exec(acid);
  const of = hydrogen ? ANION_OF.get(hydrogen[1] ?? '') : undefined;
  if (hydrogen && of) return `${times(hydrogen[2])}hydrogen${of}`;
  const english = englishWord(`${acid}酸`);
  return english?.endsWith('ic acid') ? english.replace(/ic acid$/, 'ate') : null;
}

/** What an ester or ether calls by its alcohol: 乙 is ethyl, 二(2-乙基己) bis(2-ethylhexyl). */
function radical(text: string): string | null {
  const whole = /基\)?$/.test(text) ? text : text.replace(/(\)?)$/, '基$1');
  for (const form of [whole, text]) {
    const english = englishWord(form);
    if (english && /(?:yl|oxy)\)?$/.test(english)) return english;
  }
  return null;
}

const CLASSES: readonly (readonly [string, string])[] = [
  ...([
    ['硫醚', 'sulfide'],
    ['亚砜', 'sulfoxide'],
    ['二硫', 'disulfide'],
    ['二硫化物', 'disulfide'],
  ] as const),
  ...([
    ['砜', 'sulfone'],
    ['醚', 'ether'],
    ['甲酮', 'ketone'],
    ['酮', 'ketone'],
  ] as const),
];

/** Two groups and what joins them: 甲基叔丁基醚, 乙醚, 甲乙酮, 二甲基亚砜, 乙二醇单丁醚. */
function joined(text: string): string | null {
  const form = CLASSES.find(([han]) => text.endsWith(han) && text.length > han.length);
  if (!form) return null;
  const [han, english] = form;
  const groups = text.slice(0, -han.length);
  const glycol = new RegExp(`^(.*(?:二醇|甘醇|甘油))(${COUNT})?(.+)$`).exec(groups);
  if (english === 'ether' && glycol) {
    const [alcohol, group] = [nameOf(glycol[1] ?? ''), radical(glycol[3] ?? '')];
    if (alcohol && group) return `${alcohol} ${times(glycol[2]) || 'mono'}${group} ether`;
  }
  const isKetone = english === 'ketone';
  if (isKetone && !/基$|^[甲乙丙丁][乙丙丁苯]$/.test(groups)) return null;
  const one = radical(groups);
  if (one && /^(?:di|bis)|di[a-z]+yl$/.test(one)) return `${one} ${english}`;
  for (let at = 1; at < groups.length; at += 1) {
    const [left, right] = [groups.slice(0, at), groups.slice(at)];
    if (right.startsWith('基') || UNFINISHED.test(left)) continue;
    if (isKetone && groups.endsWith('基') && !left.endsWith('基')) continue;
    const [a, b] = [radical(left), radical(right.replace(/^-/, ''))];
    if (a && b && /^[a-z(\d]/.test(b) && !/^(?:n|tert|sec|iso)-?$/.test(a))
      return `${a} ${b} ${english}`;
  }
  return one && !isKetone ? `di${one} ${english}` : null;
}

/** 乙酰氯, 甲磺酰氯, 苄基氯. */
function halide(text: string): string | null {
  const found = new RegExp(`^(.+(?:基|苄|酰|烯丙))(${COUNT})?([氟氯溴碘])$`).exec(text);
  if (!found) return null;
  const group = englishWord(found[1] ?? '');
  return group?.endsWith('yl') ? `${group} ${times(found[2])}${MADE_BY.get(found[3] ?? '')}` : null;
}

/** 硫酸铜, 磷酸三钠, 磷酸氢二铵, 乙酸亚铁, 硫酸羟胺. */
function salt(text: string): string | null {
  for (let at = text.indexOf('酸'); at > 0; at = text.indexOf('酸', at + 1)) {
    const of = text.slice(at + 1);
    if (of === '') return null;
    const anion = counted(text.slice(0, at));
    if (!anion) continue;
    const acidic = /^(二?)氢(.+)$/.exec(of);
    const metal = metals(acidic?.[2] ?? of);
    if (acidic && metal) return `${metal} ${times(acidic[1])}hydrogen${anion}`;
    // A hydrocarbon has no salts: 乙酸乙烯 is the ester.
    if (of === '乙烯') return `vinyl ${anion}`;
    const what = metal ?? (of.length > 1 ? nameOf(of) : null);
    if (what) return `${what} ${metal ? anion : hydro(anion)}`;
  }
  return null;
}

/** Metals and what stands for them, each counted: 二钠, 亚铁, 铝钾. */
function metals(text: string): string | null {
  const names: string[] = [];
  let rest = text;
  while (rest !== '') {
    const found = new RegExp(`^(${COUNT})?(亚|高)?(.)`).exec(rest);
    const [whole = '', count, grade, sign = ''] = found ?? [];
    if (!found || !METAL.test(sign)) return null;
    const name = grade === '亚' ? LOWER[sign] : (NON_METALS[sign] ?? englishEntry(sign));
    if (!name) return null;
    names.push(`${times(count)}${name}`);
    rest = rest.slice(whole.length);
  }
  return names.length === 0 || names.length > 3 ? null : names.join(' ');
}

/** 甲醇钠 is sodium methanolate. */
function alkoxide(text: string): string | null {
  const found = /^(.+(?:醇|酚|酚))([锂钠钾镁铝])$/.exec(text);
  const alcohol = found ? englishWord(found[1] ?? '') : null;
  return found && alcohol?.endsWith('ol') ? `${metals(found[2] ?? '')} ${alcohol}ate` : null;
}

function inorganicAcid(text: string): string | null {
  const anion = text.endsWith('酸') ? ANION_OF.get(text.slice(0, -1)) : undefined;
  if (!anion) return null;
  if (anion.endsWith('ide')) return `hydro${anion.replace(/ide$/, 'ic')} acid`;
  return `${anion
    .replace(/sulfate$/, 'sulfuric')
    .replace(/sulfite$/, 'sulfurous')
    .replace(/phosphate$/, 'phosphoric')
    .replace(/phosphite$/, 'phosphorous')
    .replace(/ate$/, 'ic')
    .replace(/ite$/, 'ous')} acid`;
}
