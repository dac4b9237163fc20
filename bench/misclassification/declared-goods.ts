import { readFileSync } from 'node:fs';
import { randomFrom } from '../segregation/stowages.ts';

/** One line as declared, and whether its code was exchanged for another's. */
export interface DeclaredGoods {
  readonly description: string;
  readonly hsCode: string;
  readonly isSwapped: boolean;
}

interface Known {
  readonly names: readonly string[];
  readonly hs6: string;
}

/** The substances that come with the platform, with the code each belongs in. */
function substances(): Known[] {
  const file = new URL('../../src/contexts/chemicals/lists/data/substances.csv', import.meta.url);
  const [head = [], ...rows] = readFileSync(file, 'utf8').trim().split('\n').map(cells);
  const at = (row: readonly string[], column: string): string => row[head.indexOf(column)] ?? '';
  return rows.flatMap((row) => {
    const hs6 = at(row, 'hs6');
    if (!/^\d{6}$/.test(hs6)) return [];
    return [
      {
        hs6,
        names: [at(row, 'en'), at(row, 'zh'), ...at(row, 'aliases').split(';')].filter(isName),
      },
    ];
  });
}

const isName = (name: string): boolean => name.trim().length > 1;

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** Goods that are no substance of any list, under codes of their own; some lie in chemical chapters. */
const ORDINARY: readonly (readonly [string, string])[] = [
  ['深沟球轴承 6204', '848210'],
  ['全棉女式衬衫', '620630'],
  ['冷冻带骨鸡爪', '020714'],
  ['HDPE 塑料颗粒 聚乙烯', '390120'],
  ['聚丙烯粒料 PP', '390210'],
  ['丙烯酸乳胶漆', '320910'],
  ['洗发水 护发素套装', '330510'],
  ['香水 50ml', '330300'],
  ['肥皂', '340111'],
  ['液体洗涤剂 家用', '340220'],
  ['复合肥 NPK 15-15-15', '310520'],
  ['农药杀虫剂 悬浮剂', '380891'],
  ['硅胶干燥剂', '382499'],
  ['发动机冷却液', '382000'],
  ['打印机墨水', '321519'],
  ['玩具塑料积木', '950300'],
  ['毛绒玩具', '950300'],
  ['化妆品 面霜', '330499'],
  ['retinol face serum', '330499'],
  ['polyurethane foam sheet', '392113'],
  ['epoxy floor coating', '320890'],
  ['car wax polish', '340530'],
  ['leather shoes', '640399'],
  ['lithium ion battery pack', '850760'],
  ['red wine 750ml', '220421'],
  ['beer', '220300'],
  ['矿泉水', '220110'],
  ['大豆油', '150790'],
  ['维生素片 膳食补充剂', '210690'],
  ['复方感冒片', '300490'],
  ['医用酒精棉片', '300590'],
  ['一次性口罩', '630790'],
  ['不锈钢水杯', '732393'],
  ['LED 灯具', '940542'],
  ['手机壳 硅胶', '392690'],
  ['木制家具', '940360'],
  ['瓷砖', '690721'],
  ['玻璃杯', '701337'],
  ['铝型材', '760429'],
  ['铜管', '741110'],
  ['dried mushrooms', '071239'],
  ['frozen shrimp', '030617'],
  ['printed circuit board', '853400'],
  ['diesel engine parts', '840999'],
];
const COVERS = ['340290', '330790', '382499', '380899', '630790', '950300', '392690', '320890'];
const GRADES = ['工业级', 'AR', '分析纯', '99.5%', '99%', '试剂级', 'industrial grade', 'USP'];
const PACKS = ['200L铁桶', '25kg/袋', 'ISO TANK', '吨桶', '25公斤/桶', 'in drums', '500ml瓶装'];

const SUFFIX: readonly string[] = ['0000', '0010', '0090', '9000'];

/**
 * Lines as declarants write them: a name of a substance with grade and packing, sometimes a slip of
 * the pen, under its own code or, planted, under another substance's, a residual or a cover chapter's.
 * Every fifth honest line is ordinary goods. It shares nothing with the detectors but the list of names.
 */
export function declaredGoods(seed: number, count: number): DeclaredGoods[] {
  const random = randomFrom(seed);
  const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const known = substances();
  return Array.from({ length: count }, () => {
    const isSwapped = random() < 0.5;
    const suffix = some(SUFFIX);
    if (!isSwapped && random() < 0.2) {
      const [description, hs6] = some(ORDINARY);
      return { description, hsCode: hs6 + suffix, isSwapped };
    }
    const { names, hs6 } = some(known);
    const noise = [random() < 0.5 ? some(GRADES) : '', random() < 0.4 ? some(PACKS) : ''];
    const name = random() < 0.1 ? slip(some(names), random) : some(names);
    const description = [name, ...noise].filter(isName).join(' ');
    const hsCode = (isSwapped ? another(hs6, known, random) : hs6) + suffix;
    return { description, hsCode, isSwapped };
  });
}

function another(hs6: string, known: readonly Known[], random: () => number): string {
  for (;;) {
    const kind = random();
    const wrong =
      kind < 0.4
        ? (COVERS[Math.floor(random() * COVERS.length)] as string)
        : kind < 0.6
          ? `${hs6.slice(0, 4)}90`
          : (known[Math.floor(random() * known.length)] as Known).hs6;
    if (wrong !== hs6) return wrong;
  }
}

/** Two letters exchanged, or one left out. */
function slip(name: string, random: () => number): string {
  const letters = [...name];
  if (letters.length < 6) return name;
  const at = 1 + Math.floor(random() * (letters.length - 2));
  if (random() < 0.5) letters.splice(at, 1);
  else letters.splice(at, 2, letters[at + 1] as string, letters[at] as string);
  return letters.join('');
}
