import type { Irregularity } from '../answers.ts';
import type { Catalogue } from './catalogue.ts';
import { overseasName } from './chains.ts';
import {
  amountText,
  type Draft,
  type DraftLine,
  draftCents,
  lineCents,
  localDay,
  roundTo,
} from './declaration.ts';
import type { Shell } from './enterprises.ts';
import type { Random } from './random.ts';

/** What whoever cheats can reach for. */
export interface World {
  readonly catalogue: Catalogue;
  readonly shells: readonly Shell[];
}

/** One way to cheat: which honest declarations lend themselves to it, and what is then declared. */
export interface Tampering {
  fits(draft: Draft, world: World): boolean;
  commit(draft: Draft, world: World, random: Random): Told;
  /** True when the finding is about the consignment and not about its first line. */
  readonly wholeConsignment?: boolean;
  /** True when there is no honest declaration to compare with: the lie is not in one field. */
  readonly hasNoHonestTwin?: boolean;
}
/** What an officer would write down, and the declarations a split adds. */
interface Told {
  readonly description: string;
  readonly quantity?: string;
  readonly unit?: string;
  readonly pieces?: Draft[];
}

const HOUR = 3_600_000;
/** Where goods are sent round to change their origin on paper. */
const TRANSHIPMENT = ['MY', 'VN', 'TH', 'KH', 'ID', 'MX', 'TR'];
/** Where disguised precursors are sent. */
const PRECURSOR_DESTINATIONS = ['MX', 'MM', 'NL', 'AU', 'NG'];
/** The limits that splitting tries to stay under; an express and an origin-proof threshold. */
const SPLIT_UNDER: Readonly<Record<string, number>> = { CNY: 5000, USD: 600 };

const usdOf = (draft: Draft, { catalogue }: World): number =>
  (draftCents(draft) / 100) * (catalogue.usdPer[draft.currency] ?? 1);
const main = (draft: Draft): DraftLine => {
  const [first] = draft.lines;
  if (!first) throw new Error('A declaration has at least one line.');
  return first;
};
const ordinary = (draft: Draft) => draft.chain.mode.mode === '0110';
const imports = (draft: Draft) => draft.chain.ieFlag === 'I';
const counted = (line: DraftLine) => line.goods.unit !== '035' && line.quantity >= 10;
const percent = (factor: number): string => `${Math.round(Math.abs(1 - factor) * 100)}%`;

function reprice(line: DraftLine, factor: number): void {
  line.unitPrice = Math.max(0.0001, roundTo(line.unitPrice * factor, 4));
}

export const tamperings: Readonly<Record<Irregularity, Tampering>> = {
  undervaluation: {
    fits: (draft, world) => imports(draft) && ordinary(draft) && usdOf(draft, world) > 4000,
    commit(draft, _world, random) {
      const factor = Math.min(0.85, 0.42 * random.logNormal(0.4));
      for (const line of draft.lines) reprice(line, factor);
      return { description: `申报价格低于实际成交价格约${percent(factor)}，差额另行支付` };
    },
  },
  overvaluation: {
    fits: (draft) => !imports(draft) && ordinary(draft) && draft.chain.goods.section >= 8,
    commit(draft, _world, random) {
      const factor = Math.max(1.3, 2.2 * random.logNormal(0.35));
      for (const line of draft.lines) reprice(line, factor);
      return { description: `出口申报价格高于实际价格约${percent(factor)}` };
    },
  },
  misclassification: {
    fits: (draft) => imports(draft) && main(draft).goods.lowerDutyHs !== null,
    commit(draft) {
      const line = main(draft);
      const right = line.hsCode;
      line.hsCode = line.goods.lowerDutyHs ?? right;
      return { description: `商品应归入税则号列${right}` };
    },
  },
  falseOrigin: {
    fits: (draft) =>
      imports(draft) &&
      ordinary(draft) &&
      draft.lines.length < 4 &&
      !TRANSHIPMENT.includes(draft.chain.origin),
    commit(draft, _world, random) {
      const known = draft.chain.goods.origins.map((origin) => origin.country);
      const others = TRANSHIPMENT.filter((country) => !known.includes(country));
      const origin = random.pick(others.length > 0 ? others : TRANSHIPMENT);
      for (const line of draft.lines) line.origin = origin;
      // Half take the trouble to ship through the country they name.
      if (random.chance(0.5)) draft.partner = origin;
      return { description: `货物标签及唛头显示原产于${draft.chain.origin}` };
    },
  },
  weightDiffers: {
    fits: (draft) => main(draft).goods.section !== 14 && draft.lines.length < 5,
    commit(draft, _world, random) {
      const factor = random.chance(0.7) ? random.between(0.45, 0.88) : random.between(1.15, 2.1);
      const line = main(draft);
      const actual = line.netKg;
      line.netKg = Math.max(0.001, roundTo(actual * factor, 3));
      if (line.goods.unit === '035') line.quantity = Math.max(0.01, roundTo(line.netKg, 2));
      if (factor < 1) draft.grossFactor = Math.max(draft.grossFactor, 1.02);
      return {
        description: `实测净重与申报相差${percent(factor)}`,
        quantity: amountText(actual, 3),
        unit: '035',
      };
    },
  },
  splitConsignment: {
    wholeConsignment: true,
    fits: (draft) =>
      imports(draft) &&
      SPLIT_UNDER[draft.currency] !== undefined &&
      draft.lines.length === 1 &&
      [4, 6, 8, 11, 12, 16, 18, 20].includes(draft.chain.goods.section) &&
      main(draft).unitPrice < 100,
    commit: splitUp,
  },
  counterfeitBrand: {
    hasNoHonestTwin: true,
    fits: (draft) => !imports(draft) && main(draft).goods.branded,
    commit(draft, { catalogue }, random) {
      const brand = random.pick(catalogue.names.brandsOftenCopied);
      const line = main(draft);
      line.specification = line.specification.replace(/品牌：.*/, `品牌：${brand}`);
      reprice(line, 0.75 * random.logNormal(0.2));
      return {
        description: `涉嫌侵犯“${brand}”商标专用权，未见授权`,
        quantity: amountText(line.quantity, 2),
        unit: line.goods.unit,
      };
    },
  },
  undeclaredGoods: {
    wholeConsignment: true,
    hasNoHonestTwin: true,
    fits: (draft) => !draft.chain.air && draft.packageKind !== '00' && ordinary(draft),
    commit(draft, _world, random) {
      const hidden = Math.min(4, 0.35 * random.logNormal(0.9));
      const netKg = draft.lines.reduce((total, line) => total + line.netKg, 0);
      draft.grossFactor += hidden;
      draft.packages = Math.ceil(draft.packages * (1 + hidden / 3));
      const what = random.pick(['香烟', '手机', '冷冻肉制品', '化妆品', '电子元件']);
      return {
        description: `集装箱中部夹藏未申报${what}`,
        quantity: amountText(roundTo(netKg * hidden * 0.8, 1), 1),
        unit: '035',
      };
    },
  },
  prohibitedWaste: {
    hasNoHonestTwin: true,
    fits: (draft) => imports(draft) && main(draft).goods.hides?.kind === 'waste',
    commit(draft, _world, random) {
      const line = main(draft);
      reprice(line, 0.7 * random.logNormal(0.25));
      if (random.chance(0.4)) draft.partner = random.pick(TRANSHIPMENT);
      return {
        description: `经鉴别为${line.goods.hides?.what ?? '固体废物'}，属国家禁止进口的固体废物`,
        quantity: amountText(line.netKg, 3),
        unit: '035',
      };
    },
  },
  disguisedPrecursor: {
    hasNoHonestTwin: true,
    fits: (draft) => !imports(draft) && main(draft).goods.hides?.kind === 'precursor',
    commit(draft, _world, random) {
      const line = main(draft);
      draft.partner = random.pick(PRECURSOR_DESTINATIONS);
      reprice(line, 1.8 * random.logNormal(0.35));
      return {
        description: `经检测主要成分为${line.goods.hides?.what ?? '易制毒化学品'}，品名申报不实`,
        quantity: amountText(line.netKg, 3),
        unit: '035',
      };
    },
  },
  quantityDiffers: {
    fits: (draft) => counted(main(draft)) && draft.lines.length < 5,
    commit(draft, _world, random) {
      const line = main(draft);
      const actual = line.quantity;
      line.quantity = Math.max(1, Math.round(actual * random.between(0.35, 0.93)));
      return {
        description: `实际数量比申报多${amountText(actual - line.quantity, 2)}`,
        quantity: amountText(actual, 2),
        unit: line.goods.unit,
      };
    },
  },
  falsePreference: {
    fits: (draft, { catalogue }) =>
      imports(draft) &&
      ordinary(draft) &&
      Boolean(catalogue.countries.get(draft.chain.origin)?.preference) &&
      draft.lines.every((line) => line.preference === null),
    commit(draft, { catalogue }, random) {
      const agreement = catalogue.countries.get(draft.chain.origin)?.preference ?? null;
      for (const line of draft.lines) line.preference = agreement;
      if (random.chance(0.55)) draft.partner = random.pick(['SG', 'HK', 'AE', 'NL', 'PA']);
      return { description: '原产地证书编号经境外签证机构核查不存在' };
    },
  },
  shellImporter: {
    hasNoHonestTwin: true,
    wholeConsignment: true,
    fits: (draft, world) =>
      imports(draft) && usdOf(draft, world) > 30_000 && shellsOn(draft, world).length > 0,
    commit(draft, world, random) {
      const shell = random.pick(shellsOn(draft, world));
      draft.domestic = shell.enterprise;
      draft.owner = shell.enterprise;
      const country = random.pick(['HK', draft.overseas.country]);
      const section = draft.chain.goods.section;
      draft.overseas = { name: overseasName(world.catalogue, random, country, section), country };
      return { description: '收货人注册地无经营场所，货物去向及资金来源不明' };
    },
  },
};

const shellsOn = (draft: Draft, { shells }: World): Shell[] => {
  const day = localDay(draft.at);
  return shells.filter((shell) => shell.from <= day && day < shell.to);
};

/** One consignment becomes three to five declarations within about two days, each under a limit. */
function splitUp(draft: Draft, _world: World, random: Random): Told {
  const limit = SPLIT_UNDER[draft.currency] ?? 600;
  const pieces = Array.from({ length: 2 + random.int(3) }, (_, index): Draft => {
    const delay = random.between(0.2, 14) * HOUR * (index + 1);
    return {
      ...draft,
      at: draft.at + delay,
      arrivesAt: draft.arrivesAt + delay,
      packages: 1 + random.int(4),
      transportDocNo: `${draft.transportDocNo.slice(0, -2)}${10 + index}`,
      lines: draft.lines.map((line) => ({ ...line })),
    };
  });
  draft.packages = 1 + random.int(4);
  for (const piece of [draft, ...pieces]) {
    const line = main(piece);
    const share = random.chance(0.6) ? random.between(0.953, 0.999) : random.between(0.7, 0.95);
    const perUnit = line.netKg / line.quantity;
    line.quantity = Math.max(1, Math.floor((limit * share) / line.unitPrice));
    line.unitPrice = roundTo((limit * share) / line.quantity, 4);
    line.netKg = Math.max(0.001, roundTo(line.quantity * perUnit, 3));
    if (lineCents(line) >= limit * 100) reprice(line, 0.99);
  }
  return {
    description: `同一收发货人短期内分${pieces.length + 1}票申报，单票价值略低于限额`,
    pieces,
  };
}
