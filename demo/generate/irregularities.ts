import type { Finding } from '../../src/contexts/cases/contract.ts';
import type { Disposition } from '../../src/contexts/clearance/contract.ts';
import type { Answer, Irregularity } from '../answers.ts';
import { readRows } from './catalogue.ts';
import { type Draft, localDay, toContent } from './declaration.ts';
import { type Random, randomFor } from './random.ts';
import { type Tampering, tamperings, type World } from './tampering.ts';

/** A row of `irregularities.csv`: how often it happens and how it comes to light. */
interface Kind {
  readonly kind: Irregularity;
  readonly zh: string;
  readonly rate: number;
  readonly byDocuments: number;
  readonly byExamination: number;
  readonly severity: Finding['severity'];
  readonly disposition: Disposition;
}

function loadKinds(): Kind[] {
  return readRows('irregularities.csv').map((row) => ({
    kind: row.kind as Irregularity,
    zh: row.zh ?? '',
    rate: Number(row.rate),
    byDocuments: Number(row.byDocuments),
    byExamination: Number(row.byExamination),
    severity: row.severity as Finding['severity'],
    disposition: row.disposition as Disposition,
  }));
}

/** An answer whose declaration has no id yet: ids are given in order of filing, after planting. */
export type Secret = Omit<Answer, 'id'>;

export interface Planter {
  /** Plants into the day's honest drafts; returns the declarations that come to be by splitting. */
  plant(day: string, drafts: readonly Draft[], secrets: Map<Draft, Secret>): Draft[];
}

/**
 * Plants irregularities at their rates, exactly over the quarter: each kind keeps an account of how
 * many are due so far. Who cheats is drawn by propensity, so that a few enterprises account for much.
 */
export function createPlanter(world: World, seed: string): Planter {
  const kinds = loadKinds();
  const account = new Map(
    kinds.map(({ kind }) => [kind, { due: randomFor(seed, 'due', kind).next(), planted: 0 }]),
  );
  return {
    plant(day, drafts, secrets) {
      const added: Draft[] = [];
      for (const kind of kinds) {
        const random = randomFor(seed, 'irregularities', kind.kind, day);
        const books = account.get(kind.kind) ?? { due: 0, planted: 0 };
        books.due += kind.rate * drafts.length;
        const tampering = tamperings[kind.kind];
        while (books.planted + 1 <= books.due) {
          const draft = choose(drafts, secrets, tampering, world, random);
          if (!draft) break;
          const pieces = commit(kind, draft, tampering, world, random, secrets);
          added.push(...pieces);
          books.planted += 1 + pieces.length;
        }
      }
      return added;
    },
  };
}

/** One draw weighted by propensity (Efraimidis and Spirakis: the greatest of u^(1/w)). */
function choose(
  drafts: readonly Draft[],
  secrets: Map<Draft, Secret>,
  tampering: Tampering,
  world: World,
  random: Random,
): Draft | null {
  let best: Draft | null = null;
  let bestKey = -Infinity;
  for (const draft of drafts) {
    const key = Math.log(random.next()) / draft.chain.trader.propensity;
    if (key > bestKey && !secrets.has(draft) && tampering.fits(draft, world)) {
      best = draft;
      bestKey = key;
    }
  }
  return best;
}

function commit(
  kind: Kind,
  draft: Draft,
  tampering: Tampering,
  world: World,
  random: Random,
  secrets: Map<Draft, Secret>,
): Draft[] {
  const honest = toContent(draft);
  const { description, quantity, unit, pieces } = tampering.commit(draft, world, random);
  const secret = (about: Draft): Secret => ({
    irregularity: kind.kind,
    outlier: null,
    group: pieces ? `${localDay(draft.at)}/${draft.transportDocNo}` : null,
    truth: pieces || tampering.hasNoHonestTwin ? [] : differences(toContent(about), honest),
    revealed: {
      byDocuments: random.chance(kind.byDocuments),
      byExamination: random.chance(kind.byExamination),
    },
    finding: {
      kind: kind.kind,
      severity: kind.severity,
      description: `${kind.zh}：${description}`,
      quantity: quantity ?? null,
      unit: unit ?? null,
      lineNo: tampering.wholeConsignment ? null : 1,
    },
    disposition: kind.disposition,
  });
  for (const about of [draft, ...(pieces ?? [])]) secrets.set(about, secret(about));
  return pieces ?? [];
}

/** Leaf by leaf, where the declaration as filed differs from the one that would have been true. */
function differences(declared: unknown, actual: unknown, path = ''): Answer['truth'][number][] {
  if (typeof declared !== 'object' || declared === null || typeof actual !== 'object' || !actual) {
    return declared === actual
      ? []
      : [{ path, declared: declared ?? null, actual: actual ?? null }];
  }
  const [left, right] = [declared as Record<string, unknown>, actual as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const at = (key: string) =>
    Array.isArray(declared) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
  return keys.flatMap((key) => differences(left[key], right[key], at(key)));
}
