/** A known name found inside a longer text. */
export interface Spotted {
  readonly name: string;
  /** The text on either side, other known names left blank. */
  readonly before: string;
  readonly after: string;
  /** What touches it on either side, another known name included. */
  readonly neighbours: readonly [string, string];
}

const MAX_WORDS = 60;
const MAX_SPOTTED = 12;
const LONGEST_WORDS = 7;
const LONGEST_HAN = 16;
/** A run of Han is read to here, and no more runs than these. */
const LONGEST_RUN = 120;
const MAX_RUNS = 12;

/** Of no matter beside a name: articles, and the words of trade for what it is used as. */
const EMPTY_ENGLISH = new Set(
  `a an the for to as by in on with and or from is are no pure raw material materials chemical chemicals
  substance solvent solvents reagent organic inorganic industrial use used grade product products goods intermediate
  intermediates pharmaceutical additive active ingredient api bulk liquid solid fresh new anhydrous commercial
  sample samples other others pcs pkgs packages lot batch item sds msds dangerous hazardous class pg un net kgs
  standard quality high low tech refined distilled synthetic natural fine special export import`.split(
    /\s+/,
  ),
);
const EMPTY_HAN =
  /无水|无品牌|有机溶剂|原料药?|中间体|一级|二级|优级品?|特级|化工(?:原料|产品|品)?|化学(?:原料|品|试剂)|有机|无机|溶剂|试剂|催化剂|添加剂|助剂|医药|农药|工业|产品|货物|物质|主要|成份|成分|其他|其它|样品|用于|用作|作为|用|的|等|级|纯|新|精制|精馏|合成|生产|商品|品|装|型|号|类|为|及|和|与|或|高|液|料|款|个|件/g;

/** Said beside a name to say that the goods are not it: without it, against it, for testing it. */
const NOT_IT =
  /(?<![a-z])(?:free|without|non|no|zero|substitute|alternative|replacement|resistant|resistance|proof|detector|sensor|test|testing|analy[sz]er|scented|flavou?red|flavou?r|like|remover|removal|pump|valve|tank|meter|kit|strips?|paper|machine|equipment|system|scrubber|tower|cabinet|hose|label|book|gloves?|mask)(?![a-z])|不含|无|未含|替代|代替|检测|测试|试纸|试剂盒|耐|防|抗|去除|泵|阀|罐体|塔|柜|设备|机|装置|仪|表|手套|口罩|管|瓶子|标签|书|味|香型|片剂?|胶囊|注射液|颗粒剂|口服/;

/**
 * Finds known names in a text that is more than a name: the longest first, whole words or whole runs of Han,
 * never a part of a word (`toluene` is not found in `toluenesulfonic`).
 */
export function spot(text: string, isKnown: (name: string) => boolean): Spotted[] {
  const spans = spansOf(text, isKnown).slice(0, MAX_SPOTTED);
  let others = text;
  for (const [start, end] of spans)
    others = others.slice(0, start) + ' '.repeat(end - start) + others.slice(end);
  return spans.map(([start, end]) => ({
    name: text.slice(start, end),
    before: others.slice(0, start),
    after: others.slice(end),
    neighbours: [text.slice(0, start), text.slice(end)],
  }));
}

function spansOf(text: string, isKnown: (name: string) => boolean): [number, number][] {
  const spans: [number, number][] = [];
  const isFree = (from: number, to: number): boolean =>
    spans.every(([start, end]) => to <= start || from >= end);
  const words = [...text.matchAll(/[^\s,;:|()[\]]+|\([^()]{1,12}\)[^\s,;:|()]*/g)].slice(
    0,
    MAX_WORDS,
  );
  for (let length = Math.min(LONGEST_WORDS, words.length); length > 0; length -= 1)
    for (let i = 0; i + length <= words.length; i += 1) {
      const from = words[i]?.index ?? 0;
      const last = words[i + length - 1];
      const to = (last?.index ?? 0) + (last?.[0].length ?? 0);
      const name = text.slice(from, to).replace(/[.,:]+$/, '');
      if (isFree(from, to) && isNameLike(name) && isKnown(name))
        spans.push([from, from + name.length]);
    }
  const runs = [
    ...text.matchAll(/[\p{Script=Han}\da-z,'()-]*\p{Script=Han}[\p{Script=Han}\da-z,'()-]*/gu),
  ];
  for (const run of runs.slice(0, MAX_RUNS)) {
    const [chars, start] = [run[0].slice(0, LONGEST_RUN), run.index];
    for (let length = Math.min(LONGEST_HAN, chars.length); length > 0; length -= 1)
      for (let i = 0; i + length <= chars.length; i += 1) {
        const name = chars.slice(i, i + length);
        const isShort = length === 1 && chars.replace(EMPTY_HAN, '') !== name;
        if (isShort || !isFree(start + i, start + i + length) || !/\p{Script=Han}/u.test(name))
          continue;
        if (isKnown(name)) spans.push([start + i, start + i + length]);
      }
  }
  return spans.sort((a, b) => a[0] - b[0]);
}

/** One or two letters and bare numbers are too little to be found inside a text. */
const isNameLike = (name: string): boolean =>
  /[a-z]{4}|\d.*[a-z]{3}|[a-z]{3}.*\d|\p{Script=Han}{2}|[a-z]+\d|\d[a-z]|^[a-z]{3}$/u.test(name) &&
  !/-$|^(?:di|tri)?-?(?:meth|eth|prop|isoprop|but|hex|phen|benz|vin|all|acet|benzo)yl$/.test(
    name,
  ) &&
  !EMPTY_ENGLISH.has(name);

/** Han that go on making a name: beside a spotted name they say that it is only a part of another. */
const MAKES_NAMES =
  /[酸酯酮醛醇醚胺酰烷烯炔苯酚腈肼脲胍胂膦磷硫硅硼氟氯溴碘氧氢氮氨钠钾钙锂镁铝锌铜铁锰铬镍钴锡铅银汞钡锶钛锆钒钨钼铵基甲乙丙丁戊己庚辛壬癸化代醌嗪啶唑呋噻吡吗啉哌嘧嘌萘蒽菲芘茚芴酐盐亚过次偏焦聚缩磺羧羟氰巯三四双]/;

/** Said of goods that were made from the substance named. */
const OF_ANOTHER = /polymer|grafted|derivs?(?![a-z])|derivatives?|reaction (?:mass|products?)/;

/** How much of the certainty of a name is left when it stands in this text. */
export function shareIn({ before, after, neighbours: [left, right] }: Spotted): number {
  const [saidBefore, saidAfter] = [before.replace(EMPTY_HAN, ''), after.replace(EMPTY_HAN, '')];
  if (NOT_IT.test(saidBefore.slice(-14)) || NOT_IT.test(saidAfter)) return 0.1;
  if (MAKES_NAMES.test(left.slice(-1)) || MAKES_NAMES.test(right.slice(0, 1))) return 0.2;
  if (/\d'*,$/.test(left) || /^,\S/.test(right)) return 0.2;
  if (OF_ANOTHER.test(before) || OF_ANOTHER.test(after)) return 0.2;
  if (/[a-z0-9\-)[\]'+]$/.test(left) || /^[-[\]')a-z0-9]|^\((?![^)]*\p{Script=Han})/u.test(right))
    return 0.2;
  if (isWord(/([a-z][a-z0-9'-]*[)\]]?) $/.exec(left)) || isWord(/^ ([a-z][a-z0-9'-]*)/.exec(right)))
    return 0.5;
  const [ahead, behind] = [meaningful(before), meaningful(after)];
  if (ahead + behind === 0) return 1;
  if (behind === 0) return ahead > 3 ? 0.75 : 0.8;
  return behind > 2 ? 0.55 : 0.65;
}

/** A word beside a name, nothing between: with it the name is another's, as in petroleum ether. */
const isWord = (found: RegExpExecArray | null): boolean =>
  found !== null && !EMPTY_ENGLISH.has(found[1] ?? '');

/** How many words are left that say something. */
function meaningful(text: string): number {
  const words = text.match(/[a-z]{2,}/g) ?? [];
  const han = text.replace(EMPTY_HAN, '').match(/\p{Script=Han}/gu)?.length ?? 0;
  return words.filter((word) => !EMPTY_ENGLISH.has(word)).length + Math.ceil(han / 2);
}
