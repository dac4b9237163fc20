import type { Hazard, ListEntry } from '../contract.ts';
import articles from './articles.json' with { type: 'json' };
import type {
  Article,
  Authority,
  LegalPosition,
  Membership,
  Question,
  Requirement,
  RequirementKind,
} from './contract.ts';
import { controlsOf, type SubstanceInGoods } from './control.ts';

type ArticleKey = keyof typeof articles;
export const article = (key: ArticleKey): Article => articles[key] as Article;

/** Licences by which dual-use goods and precursors enter and leave (监管证件代码 2, 3 and G). */
const LICENCES = { I: ['2'], E: ['3', 'G'] } as const;
const DRUG_FORM = ['Q'];

export interface GoodsAsked extends SubstanceInGoods {
  readonly entries: readonly ListEntry[];
  readonly hazards: readonly Hazard[];
  readonly ieFlag: 'I' | 'E';
}

/** What the law says of a substance in a consignment, what it then asks, of whom, and by which words. */
export function positionOf(goods: GoodsAsked): LegalPosition {
  const { memberships, questions } = controlsOf(goods.entries, goods);
  const requirements = memberships.flatMap((membership) => asked(membership, goods));
  const isDangerous =
    goods.hazards.some(({ class: own }) => own !== null) ||
    memberships.some(({ entry }) => entry.list === 'cn_hazardous');
  if (isDangerous) requirements.push(...ofHazard(goods.ieFlag));
  return { memberships, requirements: once(requirements), questions };
}

function requirement(
  kind: RequirementKind,
  authority: Authority,
  keys: readonly ArticleKey[],
  more: Partial<Requirement> = {},
): Requirement {
  const quoted = keys.map(article);
  const foundation = quoted.length === 0 ? 'memory' : 'text';
  const status = 'required' as const;
  return {
    kind,
    authority,
    licenceKinds: [],
    days: null,
    status,
    foundation,
    articles: quoted,
    ...more,
  };
}

function asked({ entry, control }: Membership, goods: GoodsAsked): Requirement[] {
  if (control === 'exempt' || control === 'told') return [];
  const status = control === 'applies' ? ('required' as const) : ('perhaps' as const);
  const all =
    entry.list === 'cn_precursor'
      ? ofPrecursor(entry, goods)
      : entry.list === 'cn_monitored'
        ? ofMonitored(entry, goods)
        : [];
  return all.map((each) => ({ ...each, status }));
}

function ofPrecursor({ class: own, entry }: ListEntry, { ieFlag }: GoodsAsked): Requirement[] {
  const isMedicinal = own === '1' && MEDICINAL.test(entry);
  const licence = requirement(
    'precursorLicence',
    'commerce',
    ['precursorLicence', 'precursorCustoms', 'precursorDays', 'precursorMixtures'],
    { licenceKinds: [...LICENCES[ieFlag]], days: 20 },
  );
  const found = [licence];
  if (isMedicinal && ieFlag === 'I') {
    found.push(
      requirement('precursorDrugForm', 'medicines', ['precursorDrugForm'], {
        licenceKinds: DRUG_FORM,
      }),
    );
  }
  found.push(
    own === '3'
      ? requirement('precursorFiling', 'police', ['precursorTransport3'])
      : requirement('precursorTransport', 'police', ['precursorTransport'], {
          days: own === '1' ? 10 : 3,
        }),
    requirement('precursorLabel', 'emergency', ['precursorLabel']),
  );
  return found;
}

/** Items 9 to 12 of class 1 bear the mark of medicinal precursors (附表). */
const MEDICINAL = /^1-(9|10|11|12)(\D|$)/;

function ofMonitored({ class: own }: ListEntry, { ieFlag }: GoodsAsked): Requirement[] {
  const isFirst = own.startsWith('1');
  const keys: ArticleKey[] =
    ieFlag === 'I'
      ? [isFirst ? 'monitoredImport1' : 'monitoredImport']
      : [isFirst ? 'monitoredExport1' : 'monitoredExport'];
  return [
    requirement('monitoredAgent', 'chemicalWeapons', ['monitoredAgent']),
    requirement('monitoredLicence', 'chemicalWeapons', keys, {
      licenceKinds: [...LICENCES[ieFlag]],
    }),
    requirement('monitoredStorage', 'chemicalWeapons', ['monitoredStorage']),
  ];
}

const ofHazard = (ieFlag: 'I' | 'E'): Requirement[] => [
  requirement('hazardousInspection', 'customs', ['hazardousInspection']),
  ...(ieFlag === 'E' ? [requirement('packagingCertificate', 'customs', [])] : []),
  requirement('hazardousLabel', 'emergency', ['hazardousLabel']),
  requirement('hazardousConsign', 'transport', ['hazardousConsign', 'hazardousHidden']),
];

/** One requirement of a kind: the surer of two. */
function once(requirements: readonly Requirement[]): Requirement[] {
  const byKind = new Map<RequirementKind, Requirement>();
  for (const each of requirements) {
    const known = byKind.get(each.kind);
    if (!known || (known.status === 'perhaps' && each.status === 'required')) {
      byKind.set(each.kind, each);
    }
  }
  return [...byKind.values()];
}

/** Positions of several components of one consignment, together. */
export function together(positions: readonly LegalPosition[]): LegalPosition {
  return {
    memberships: positions.flatMap(({ memberships }) => memberships),
    requirements: once(positions.flatMap(({ requirements }) => requirements)),
    questions: [...new Set<Question>(positions.flatMap(({ questions }) => questions))],
  };
}
