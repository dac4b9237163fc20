import type { Me, Role } from '../../../src/contexts/identity/contract.ts';
import type { IconName } from '../parts/icon.tsx';

export interface Place {
  readonly to:
    | '/overview'
    | '/work-list'
    | '/declarations'
    | '/file'
    | '/bulk'
    | '/cases'
    | '/pool'
    | '/pool/sql'
    | '/pool/imports'
    | '/audit';
  readonly icon: IconName;
  readonly words:
    | 'nav.overview'
    | 'nav.workList'
    | 'nav.declarations'
    | 'nav.file'
    | 'nav.bulk'
    | 'nav.cases'
    | 'nav.pool'
    | 'nav.sql'
    | 'nav.imports'
    | 'nav.audit';
  /** The letter after `g` that goes there. */
  readonly key?: string;
  /** Who works here; nobody else is shown the way. What may be done is decided by the server. */
  readonly roles: readonly Role[];
}

export interface Group {
  readonly words: 'nav.clearance' | 'nav.oversight' | 'nav.data';
  readonly places: readonly Place[];
}

const OVERSEERS = ['supervisor', 'auditor'] as const satisfies readonly Role[];

export const NAVIGATION: readonly Group[] = [
  {
    words: 'nav.clearance',
    places: [
      {
        to: '/work-list',
        icon: 'workList',
        words: 'nav.workList',
        key: 'w',
        roles: ['portOfficer', 'supervisor'],
      },
      {
        to: '/declarations',
        icon: 'declaration',
        words: 'nav.declarations',
        key: 'd',
        roles: [
          'declarant',
          'portOfficer',
          'riskAnalyst',
          'operator',
          'otherAuthority',
          'terminal',
          ...OVERSEERS,
        ],
      },
      { to: '/file', icon: 'file', words: 'nav.file', key: 'f', roles: ['declarant'] },
      { to: '/bulk', icon: 'bulk', words: 'nav.bulk', key: 'b', roles: ['declarant'] },
      {
        to: '/cases',
        icon: 'case',
        words: 'nav.cases',
        key: 'c',
        roles: ['declarant', 'portOfficer', 'riskAnalyst', ...OVERSEERS],
      },
    ],
  },
  {
    words: 'nav.oversight',
    places: [
      {
        to: '/overview',
        icon: 'overview',
        words: 'nav.overview',
        key: 'o',
        roles: ['portOfficer', 'riskAnalyst', 'operator', ...OVERSEERS],
      },
      {
        to: '/audit',
        icon: 'audit',
        words: 'nav.audit',
        key: 'a',
        roles: ['operator', ...OVERSEERS],
      },
    ],
  },
  {
    words: 'nav.data',
    places: [
      {
        to: '/pool',
        icon: 'pool',
        words: 'nav.pool',
        key: 'p',
        roles: ['riskAnalyst', 'operator', ...OVERSEERS],
      },
      {
        to: '/pool/sql',
        icon: 'sql',
        words: 'nav.sql',
        key: 's',
        roles: ['riskAnalyst', ...OVERSEERS],
      },
      {
        to: '/pool/imports',
        icon: 'import',
        words: 'nav.imports',
        key: 'i',
        roles: ['riskAnalyst', 'operator'],
      },
    ],
  },
];

/** The part of the map this reader works in. */
export function placesFor(me: Me): readonly Group[] {
  return NAVIGATION.map((group) => ({
    ...group,
    places: group.places.filter((place) => place.roles.some((role) => me.roles.includes(role))),
  })).filter((group) => group.places.length > 0);
}

/** Where a day begins: an officer at the work list, a declarant at the declarations, the rest at the figures. */
export function homeOf(me: Me): Place['to'] {
  if (me.roles.includes('portOfficer')) return '/work-list';
  if (me.roles.includes('declarant')) return '/declarations';
  return placesFor(me).some((group) => group.places.some((place) => place.to === '/overview'))
    ? '/overview'
    : '/declarations';
}
