// A Chinese name says the same as an English one, part for part; what is no name of a substance is not read as one.
import { expect, test } from 'vitest';
import { englishOf } from './chinese.ts';
import { normalise } from './normalise.ts';

const inEnglish = (name: string) => englishOf(normalise(name));

test.each([
  ['1,2-二氯乙烷', '1,2-dichloroethane'],
  ['2-氯-1,3-丁二烯', '2-chloro-1,3-butadiene'],
  ['丁-1,3-二烯', 'buta-1,3-diene'],
  ['丁-2-酮', 'butan-2-one'],
  ['对甲苯磺酸', 'p-toluenesulfonic acid'],
  ['2,6-二叔丁基对甲酚', '2,6-di-tert-butyl-p-cresol'],
  ['2-(2-丁氧基乙氧基)乙醇', '2-(2-butoxyethoxy)ethanol'],
  ['1-氯-2,3-环氧丙烷', '1-chloro-2,3-epoxypropane'],
  ['N,N-二甲基甲醯胺', 'n,n-dimethylformamide'],
  ['β-萘酚', 'beta-naphthol'],
  ['乙酸乙酯', 'ethyl acetate'],
  ['醋酸乙烯', 'vinyl acetate'],
  ['醋酸正丁酯', 'n-butyl acetate'],
  ['邻苯二甲酸二(2-乙基己)酯', 'bis(2-ethylhexyl) phthalate'],
  ['丙烯酸-2-乙基己酯', '2-ethylhexyl acrylate'],
  ['磷酸三(2-氯乙基)酯', 'tris(2-chloroethyl) phosphate'],
  ['乙二醇二乙酸酯', 'ethylene glycol diacetate'],
  ['甲苯二异氰酸酯', 'toluene diisocyanate'],
  ['异氰酸苯酯', 'phenyl isocyanate'],
  ['甲基叔丁基醚', 'methyl tert-butyl ether'],
  ['乙醚', 'diethyl ether'],
  ['乙二醇单丁醚', 'ethylene glycol monobutyl ether'],
  ['甲基异丁基酮', 'methyl isobutyl ketone'],
  ['二甲基亚砜', 'dimethyl sulfoxide'],
  ['顺丁烯二酸酐', 'maleic anhydride'],
  ['苯甲酰氯', 'benzoyl chloride'],
  ['氯化苄', 'benzyl chloride'],
  ['过氧化二苯甲酰', 'dibenzoyl peroxide'],
  ['过氧化氢异丙苯', 'cumene hydroperoxide'],
  ['三氯化鐵', 'iron trichloride'],
  ['氯化亚铁', 'iron(ii) chloride'],
  ['五氧化二磷', 'diphosphorus pentaoxide'],
  ['硫酸铜', 'copper sulfate'],
  ['磷酸氢二钠', 'disodium hydrogenphosphate'],
  ['高锰酸钾', 'potassium permanganate'],
  ['六水合氯化镍', 'nickel chloride hexahydrate'],
  ['苯胺盐酸盐', 'aniline hydrochloride'],
  ['盐酸苯胺', 'aniline hydrochloride'],
  ['四甲基氢氧化铵', 'tetramethylammonium hydroxide'],
  ['甲醇钠', 'sodium methanolate'],
  ['四乙基铅', 'tetraethyllead'],
])('%s is %s', (chinese, english) => expect(inEnglish(chinese)).toBe(english));

test.each([
  '塑料椅子',
  '无水醋酸',
  '丙酮检测试纸',
  '甲苯 toluene',
  '硫酸储罐 玻璃钢',
  '涤纶面料',
  'toluene',
  '',
])('%s is no name that can be read', (text) => expect(inEnglish(text)).toBe(null));
