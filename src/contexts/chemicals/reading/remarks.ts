import type { Concentration, Reading } from '../contract.ts';

/** What stands beside a name in a description, taken out of it: the name is what is left. */
export interface Remarks {
  readonly rest: string;
  readonly concentration: Concentration | null;
  readonly grades: readonly string[];
  readonly packaging: readonly string[];
  readonly physicalForm: Reading['physicalForm'];
  /** It says what an explosive is kept wet or tame with. */
  readonly isTamed: boolean;
}

const NUMBER = String.raw`\d{1,3}(?:\.\d{1,4})?`;
const PERCENT = '(?:%|％|percent|per cent|pct|wt%|% ?w/w|% ?v/v|vol%)';
const RANGE = new RegExp(
  String.raw`(?:(?<word>≥|>=|>|≤|<=|<|not less than|not more than|more than|less than|at least|at most|max\.?|min\.?|不低于|不高于|不大于|不小于|大于|小于|高于|低于|至少|至多|含量不低于)\s*)?(?<low>${NUMBER})\s*(?:${PERCENT})?\s*(?:(?:-|~|–|to|至|到)\s*(?<high>${NUMBER})\s*)?(?<unit>${PERCENT})\s*(?<tail>w/w|v/v|vol|min\.?|max\.?|以上|以下|by mass|by weight|by volume)?`,
  'gi',
);

/** Said first, since `not less than` has `less than` in it. */
const AT_LEAST = /≥|>=|not less|at least|min|不低于|不小于|至少|以上/;
const AT_MOST = /≤|<=|not more|at most|max|不高于|不大于|至多|以下/;
const MORE = />|more than|大于|高于/;
const LESS = /<|less than|小于|低于/;

function concentrationOf(match: RegExpExecArray): Concentration | null {
  const { word = '', low = '', high, unit = '', tail = '' } = match.groups ?? {};
  const first = Number(low);
  const second = high === undefined ? first : Number(high);
  if (first > 100 || second > 100) return null;
  const hints = `${word} ${tail}`;
  const of = /v\/v|vol/.test(`${unit}${tail}`) ? 'volume' : 'mass';
  const seen = match[0].trim();
  if (high !== undefined)
    return { low: Math.min(first, second), high: Math.max(first, second), of, seen };
  const isLow = AT_LEAST.test(hints) || (!AT_MOST.test(hints) && MORE.test(hints));
  if (isLow) return { low: first, high: 100, of, seen };
  if (AT_MOST.test(hints) || LESS.test(hints)) return { low: 0, high: first, of, seen };
  return { low: first, high: first, of, seen };
}

const GRADES =
  /工业级|优级品|特级品?|一级品?|二级品?|精品|试剂纯|纯品|工业用|化学纯|分析纯|优级纯|色谱纯|光谱纯|电子级|医药级|药用级?|食品级|饲料级|试剂级|农业级|军工级|高纯级?|超纯|一级品|优等品|合格品|无水级|(?<![a-z])(?:(?:industrial|technical|tech|food|feed|pharma(?:ceutical)?|reagent|analytical|acs|electronic|cosmetic|commercial|laboratory|lab|hplc|gc|usp|bp|ep|fcc|chemically pure|extra pure|high purity|ultra pure|puriss) ?(?:grade|quality)|(?:a\.?r|c\.?p|g\.?r|l\.?r|usp|hplc|acs)(?![a-z.])|(?:technically|chemically) pure|99\+)/g;

const PACKAGES =
  '吨桶|铁桶|塑料桶|塑桶|钢桶|纸板桶|桶装|罐装|袋装|瓶装|散装|槽车|集装罐|吨袋|编织袋|钢瓶|iso ?tank|isotank|ibc|tote|drums?|barrels?|bags?|bottles?|cans?|cylinders?|cartons?|jerricans?|flexitanks?|pails?|kegs?|pallets?|bulk|桶|袋|瓶|箱|罐|托盘|托|批|支|盒|听|包';
const PACKAGING = new RegExp(
  String.raw`(?:净重|毛重|net|gross|规格|包装)?[:：]?\s*\d+(?:\.\d+)?\s*(?:kgs?|公斤|千克|kilograms?|g|克|吨|t|mt|tons?|l|升|litres?|liters?|ml|毫升|gal(?:lons?)?|lbs?)(?:\s*(?:\/|per|每|x|×|\*)?\s*(?:(?:steel|plastic|blue|new|hdpe|iron|纸板|镀锌|蓝|铁|钢|塑料)\s*)?(?:${PACKAGES}|(?<=[x×*]\s*)\d+))*装?(?![a-z])|(?:\d+\s*(?:x|×|\*)\s*)?\d+\s*(?:${PACKAGES})(?![a-z])|(?:in )?(?:吨桶|铁桶|塑料桶|钢桶|纸板桶|桶装|罐装|袋装|瓶装|散装|槽车|集装罐|吨袋|编织袋|钢瓶装?|(?<![a-z])(?:(?:steel|plastic|hdpe|iron|fibre|new|un) )*(?:iso ?tank|ibc|drums?|barrels?|isotank|flexitanks?|jerricans?|in bulk)(?![a-z]))`,
  'g',
);

const FORMS: readonly (readonly [RegExp, NonNullable<Reading['physicalForm']>])[] = [
  [
    /(?:水|甲醇|乙醇)?溶液|(?<![a-z])(?:aqueous )?(?:solutions?|soln\.?)(?![a-z])|aqueous(?![a-z])/g,
    'solution',
  ],
  [/粉末|粉状|(?<![a-z])(?:powdered|powder)(?![a-z])/g, 'powder'],
  [/液体|液态|(?<![a-z])(?:liquid|molten)(?![a-z])/g, 'liquid'],
  [
    /气体|气态|压缩的?|(?<![a-z])(?:compressed gas|compressed|liquefied gas|liquefied)(?![a-z])/g,
    'gas',
  ],
  [
    /固体|固态|晶体|结晶|颗粒|片状|粒状|块状|(?<![a-z])(?:solid|crystals?|crystalline|granules?|granular|flakes?|pellets?|pearls|prills)(?![a-z])/g,
    'solid',
  ],
];

/** Words of trade that say nothing of what the substance is. */
const COURTESIES =
  /\((?:供|作为?)?[\u4e00-\u9fff]{1,10}用(?:途|品)?\)|品名[:：]|货名[:：]|商品名称[:：]|成分[:：含为]*|主要成分|化学名[:：]?|用途[:：].*$|品牌[:：][^,;|]*|型号[:：][^,;|]*|无品牌|原产国?[:：]?[^,;|\s]{0,6}|中国产|国产|进口的?|非危险品|普货|含量[:：]?|纯度[:：]?|浓度[:：]?|规格[:：]?|包装[:：]?|净重[:：]?|毛重[:：]?|(?<![a-z])(?:as per|made in \w+|brand:?|purity:?|assay:?|content:?|conc(?:entration|\.)?:?|n\.?o\.?s\.?|non[- ]?hazardous|not restricted|for (?:industrial|laboratory|lab|synthesis)(?: use)?|china origin|origin:? ?\w+|chemical name:?|commodity:?|description of goods:?|product(?: name)?:|goods:?|packed|packing:?|net weight:?|gross weight:?)(?![a-z])|cas(?: ?rn| ?no\.?| ?号| number|登记号)?[:：. ]*(?=[\d])|un ?(?:no\.?|number|编号)?[:：. ]*(?=\d{4}(?!\d))/g;

/** What keeps an explosive tame is no part of what it is: `dry or wetted with not less than 30 % water, by mass`. */
const TAMED =
  /,? ?(?<![a-z])(?:dry or )?(?:wetted|moistened|damped|desensiti[sz]ed|phlegmati[sz]ed)(?: with [^;|]*)?$|,? ?with (?:not less than|at least|≥|>=) ?\d{1,2} ?% (?:water|alcohol|plasticizer)(?![a-z])[^;|]*$|[,(（ ]?含水(?:量)?(?:[^)）,;|]*%)?[)）]?$/;

/** Takes concentration, grade, packaging, form and courtesies out of a normalised text. */
export function readRemarks(text: string): Remarks {
  let rest = text.replace(TAMED, ' ');
  const grades: string[] = [];
  const packaging: string[] = [];
  let concentration: Concentration | null = null;
  let physicalForm: Reading['physicalForm'] = null;
  rest = rest.replace(RANGE, (...args) => {
    const groups = args.at(-1) as Record<string, string>;
    const match = Object.assign([String(args[0])], { groups }) as unknown as RegExpExecArray;
    concentration ??= concentrationOf(match);
    return ' ';
  });
  rest = rest.replace(GRADES, (grade) => {
    grades.push(grade.trim());
    return ' ';
  });
  rest = rest.replace(PACKAGING, (pack) => {
    packaging.push(pack.trim());
    return ' ';
  });
  rest = rest.replace(COURTESIES, ' ');
  for (const [form, is] of FORMS)
    rest = rest.replace(form, () => {
      physicalForm ??= is;
      return ' ';
    });
  const isTamed = TAMED.test(text);
  return { rest: tidied(rest), concentration, grades, packaging, physicalForm, isTamed };
}

/** Loose ends: empty brackets, signs at the edges, more than one space. */
export const tidied = (text: string): string =>
  text
    .replace(/\(\s*[,;:/.-]*\s*\)|\[\s*\]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:|/.*_=#!?~-]+|[\s,;:|/*_=#!?~]+$/g, '')
    .replace(/(?<=[a-z\d)]) ?[.-]$/, (end) => (end.trim() === '-' ? '-' : ''))
    .trim();
