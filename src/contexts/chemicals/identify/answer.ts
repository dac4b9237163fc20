import type { LocalDate } from '../../../kernel/dates.ts';
import type {
  Candidate,
  Component,
  Disguise,
  Hazard,
  Identification,
  ListEntry,
  ReadingProblem,
} from '../contract.ts';
import { THRESHOLD } from '../index/confidence.ts';
import type { Meant } from '../index/lookup.ts';
import type { Remarks } from '../reading/remarks.ts';
import { type Held, inForce } from './held.ts';

/** A substance that answers a component of the text; no list may have it. */
export interface Found {
  readonly substance: number | null;
  readonly cas: string | null;
  readonly matched: string;
  readonly score: number;
  readonly by: Candidate['by'];
  readonly component: number;
  readonly forms: readonly string[];
}

/** Everything of the answer that is not found in a list. */
export interface Shown {
  readonly query: string;
  readonly components: Component[];
  readonly cas: readonly string[];
  readonly un: readonly string[];
  readonly remarks: Remarks;
  readonly disguises: Disguise[];
  readonly isMixture: boolean;
  readonly problems: ReadingProblem[];
  readonly shippingNames: readonly Meant[];
}

/** From this score an answer by rule is given: a name spelt just so, a number, a salt, a disguise undone. */
const BY_RULE = 0.7;

/** Likeness is sure from the threshold chosen on withheld names, a rule from its own. */
const isSureOne = ({ score, by }: Found): boolean =>
  score >= (by === 'likeness' ? THRESHOLD : BY_RULE);

export const isSure = ([first]: readonly Found[]): boolean =>
  first !== undefined && isSureOne(first);

/** Puts the answer together: candidates in order, and what the lists say of those accepted. */
export function gather(
  held: Held,
  found: readonly Found[],
  shown: Shown,
  on: LocalDate | null,
  limit: number,
): Identification {
  const best = bestOfEach(found);
  const accepted = acceptedOf(best);
  const ordered = [...best].sort((a, b) => b.score - a.score);
  const shipped = hazardsByName(held, shown.shippingNames);
  return {
    query: shown.query.length > 500 ? `${shown.query.slice(0, 500)}…` : shown.query,
    candidates: ordered
      .slice(0, Math.max(limit, accepted.length))
      .map((one) => candidateOf(held, one)),
    unknown: accepted.length === 0 && !shipped.some(({ score }) => score >= 0.9),
    listed: accepted.flatMap((one) => entriesOf(held, one, on)),
    hazards: [...accepted.flatMap((one) => hazardsOf(held, one)), ...shipped],
    hs6: [...new Set(accepted.flatMap((one) => headingsOf(held, one)))],
    reading: {
      components: shown.components,
      cas: shown.cas.map((cas) => ({ seen: cas, cas })),
      un: [...shown.un],
      grades: [...shown.remarks.grades],
      packaging: [...shown.remarks.packaging],
      physicalForm: shown.remarks.physicalForm,
      isMixture: shown.isMixture,
      disguises: shown.disguises,
    },
    problems: shown.problems,
  };
}

/** A substance found several ways counts once, by the surest; a salt's forms are kept. */
function bestOfEach(found: readonly Found[]): Found[] {
  const best = new Map<string, Found>();
  for (const one of found) {
    const key = one.cas ?? `${one.substance}`;
    const known = best.get(key);
    if (!known || one.score > known.score) best.set(key, one);
  }
  return [...best.values()];
}

/** The sure ones: with a CAS number those, else the first of each component and whatever was spotted surely. */
function acceptedOf(found: readonly Found[]): Found[] {
  const sure = found.filter(isSureOne).sort((a, b) => b.score - a.score);
  const numbered = sure.filter(({ by }) => by === 'cas');
  if (numbered.length > 0) return numbered;
  const taken = new Set<string>();
  return sure.filter(({ component, matched }) => {
    const key = `${component}:${matched}`;
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  });
}

function candidateOf({ knowledge }: Held, one: Found): Candidate {
  const known = one.substance === null ? undefined : knowledge.substances[one.substance];
  return {
    id: known?.id ?? one.cas ?? one.matched,
    cas: one.cas,
    name: known?.name ?? one.matched,
    zh: known?.zh ?? null,
    score: Math.round(one.score * 1e4) / 1e4,
    by: one.by,
    matched: one.matched,
    component: one.component,
  };
}

function entriesOf({ knowledge }: Held, one: Found, on: LocalDate | null): ListEntry[] {
  const known = one.substance === null ? undefined : knowledge.substances[one.substance];
  const isSalt = one.forms.length > 0;
  return (known?.entries ?? []).filter((entry) => inForce(entry, on) && (!isSalt || entry.salts));
}

function hazardsOf({ knowledge }: Held, one: Found): Hazard[] {
  const known = one.substance === null ? undefined : knowledge.substances[one.substance];
  if (one.forms.length > 0) return [];
  return (known?.hazards ?? []).map((hazard) => ({ ...hazard, score: one.score }));
}

function hazardsByName({ knowledge }: Held, names: readonly Meant[]): Hazard[] {
  return names.flatMap(({ substance, score }) => {
    const shipping = knowledge.shipping[substance];
    return shipping && score >= 0.5 ? [{ ...shipping, score }] : [];
  });
}

function headingsOf({ knowledge, hs6 }: Held, { substance, forms }: Found): string[] {
  if (substance === null || forms.length > 0) return [];
  return [...(knowledge.substances[substance]?.hs6 ?? []), ...(hs6.get(substance) ?? [])];
}
