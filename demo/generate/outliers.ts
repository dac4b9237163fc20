import { OUTLIERS, type Outlier } from '../answers.ts';
import { overseasName } from './chains.ts';
import { type Draft, roundTo } from './declaration.ts';
import type { Secret } from './irregularities.ts';
import { type Random, randomFor } from './random.ts';
import type { World } from './tampering.ts';

/** One in seventy honest declarations looks odd for an honest reason. */
const OUTLIER_SHARE = 0.015;

interface Oddity {
  fits(draft: Draft): boolean;
  apply(draft: Draft, world: World, random: Random): void;
}

const scale = (draft: Draft, factor: number): void => {
  for (const line of draft.lines) {
    line.unitPrice = Math.max(0.0001, roundTo(line.unitPrice * factor, 4));
  }
};

const oddities: Readonly<Record<Outlier, Oddity>> = {
  clearanceSale: {
    fits: (draft) => draft.chain.goods.branded,
    apply: (draft, _world, random) => scale(draft, random.between(0.35, 0.6)),
  },
  prototype: {
    fits: (draft) => [16, 17, 18].includes(draft.chain.goods.section),
    apply(draft, _world, random) {
      scale(draft, random.between(2.5, 6));
      for (const line of draft.lines) {
        const perUnit = line.netKg / line.quantity;
        line.quantity = 1 + random.int(3);
        line.netKg = Math.max(0.001, roundTo(perUnit * line.quantity, 3));
        if (line.goods.unit === '035') line.netKg = line.quantity;
      }
    },
  },
  urgentByAir: {
    fits: (draft) => !draft.chain.air && draft.chain.ieFlag === 'I',
    apply: (draft, _world, random) => scale(draft, random.between(1.3, 1.8)),
  },
  lawfulTranshipment: {
    fits: (draft) => draft.chain.ieFlag === 'I' && !draft.chain.air,
    apply(draft, _world, random) {
      draft.partner = random.pick(['SG', 'KR', 'HK', 'MY', 'AE']);
    },
  },
  heavyPackaging: {
    fits: (draft) => draft.packageKind === '22',
    apply(draft, _world, random) {
      draft.grossFactor = random.between(1.6, 3.2);
    },
  },
  newSupplier: {
    fits: () => true,
    apply(draft, { catalogue }, random) {
      const { country } = draft.overseas;
      const name = overseasName(catalogue, random, country, draft.chain.goods.section);
      draft.overseas = { name, country };
      scale(draft, random.logNormal(0.25));
    },
  },
};

/** Makes some honest drafts of the day look odd, and remembers which and why. */
export function addOutliers(
  day: string,
  drafts: readonly Draft[],
  secrets: Map<Draft, Secret>,
  world: World,
  seed: string,
): void {
  const random = randomFor(seed, 'outliers', day);
  for (const draft of drafts) {
    if (!random.chance(OUTLIER_SHARE)) continue;
    const outlier = random.pick(OUTLIERS);
    if (secrets.has(draft) || !oddities[outlier].fits(draft)) continue;
    oddities[outlier].apply(draft, world, random);
    secrets.set(draft, {
      irregularity: null,
      outlier,
      group: null,
      truth: [],
      revealed: { byDocuments: false, byExamination: false },
      finding: null,
      disposition: null,
    });
  }
}
