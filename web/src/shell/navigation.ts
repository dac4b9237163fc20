import type { Me } from '../../../src/contexts/identity/contract.ts';
import type { IconName } from '../parts/icon.tsx';

export interface Place {
  readonly to:
    | '/overview'
    | '/work-list'
    | '/declarations'
    | '/file'
    | '/bulk'
    | '/cases'
    | '/messages'
    | '/bills'
    | '/manifests'
    | '/terminal'
    | '/releases'
    | '/passports'
    | '/gates'
    | '/zones'
    | '/batches'
    | '/entries'
    | '/downtime'
    | '/checks'
    | '/permits'
    | '/chemicals'
    | '/yards'
    | '/prohibitions'
    | '/audits'
    | '/modes'
    | '/clocks'
    | '/bonded'
    | '/duty'
    | '/statements'
    | '/guarantees'
    | '/ledger'
    | '/rules'
    | '/lists'
    | '/models'
    | '/anomalies'
    | '/selection'
    | '/coverage'
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
    | 'nav.messages'
    | 'nav.bills'
    | 'nav.manifests'
    | 'nav.terminal'
    | 'nav.releases'
    | 'nav.passports'
    | 'nav.gates'
    | 'nav.zones'
    | 'nav.batches'
    | 'nav.entries'
    | 'nav.downtime'
    | 'nav.checks'
    | 'nav.permits'
    | 'nav.chemicals'
    | 'nav.yards'
    | 'nav.prohibitions'
    | 'nav.audits'
    | 'nav.modes'
    | 'nav.clocks'
    | 'nav.bonded'
    | 'nav.duty'
    | 'nav.statements'
    | 'nav.guarantees'
    | 'nav.ledger'
    | 'nav.rules'
    | 'nav.lists'
    | 'nav.models'
    | 'nav.anomalies'
    | 'nav.selection'
    | 'nav.coverage'
    | 'nav.pool'
    | 'nav.sql'
    | 'nav.imports'
    | 'nav.audit';
  /** The letter after `g` that goes there. */
  readonly key?: string;
  /** The operation this place is for: a post that may not do it is not shown the way. */
  readonly needs: string;
}

export interface Group {
  readonly words:
    | 'nav.clearance'
    | 'nav.controls'
    | 'nav.cargo'
    | 'nav.money'
    | 'nav.risk'
    | 'nav.oversight'
    | 'nav.data';
  readonly places: readonly Place[];
}

export const NAVIGATION: readonly Group[] = [
  {
    words: 'nav.clearance',
    places: [
      {
        to: '/work-list',
        icon: 'workList',
        words: 'nav.workList',
        key: 'w',
        needs: 'clearance.work',
      },
      {
        to: '/declarations',
        icon: 'declaration',
        words: 'nav.declarations',
        key: 'd',
        needs: 'clearance.read',
      },
      { to: '/file', icon: 'file', words: 'nav.file', key: 'f', needs: 'clearance.file' },
      { to: '/bulk', icon: 'bulk', words: 'nav.bulk', key: 'b', needs: 'clearance.file' },
      { to: '/messages', icon: 'message', words: 'nav.messages', needs: 'messages.read' },
      {
        to: '/cases',
        icon: 'case',
        words: 'nav.cases',
        key: 'c',
        needs: 'cases.read',
      },
    ],
  },
  {
    words: 'nav.controls',
    places: [
      {
        to: '/checks',
        icon: 'examine',
        words: 'nav.checks',
        key: 'x',
        needs: 'clearance.check.read',
      },
      { to: '/clocks', icon: 'clock', words: 'nav.clocks', key: 'y', needs: 'clearance.read' },
      { to: '/permits', icon: 'shield', words: 'nav.permits', needs: 'clearance.permit.read' },
      { to: '/audits', icon: 'history', words: 'nav.audits', needs: 'clearance.audit.read' },
      {
        to: '/prohibitions',
        icon: 'stop',
        words: 'nav.prohibitions',
        needs: 'clearance.prohibition.read',
      },
      { to: '/chemicals', icon: 'search', words: 'nav.chemicals', needs: 'chemicals.inquire' },
      { to: '/yards', icon: 'container', words: 'nav.yards', needs: 'chemicals.readYards' },
      { to: '/modes', icon: 'columns', words: 'nav.modes', needs: 'clearance.read' },
    ],
  },
  {
    words: 'nav.cargo',
    places: [
      { to: '/bills', icon: 'ship', words: 'nav.bills', key: 'h', needs: 'cargo.readBills' },
      { to: '/manifests', icon: 'bulk', words: 'nav.manifests', needs: 'cargo.readManifests' },
      {
        to: '/terminal',
        icon: 'workList',
        words: 'nav.terminal',
        key: 'q',
        needs: 'cargo.acknowledgeReleases',
      },
      { to: '/releases', icon: 'done', words: 'nav.releases', needs: 'cargo.readReleases' },
      { to: '/passports', icon: 'truck', words: 'nav.passports', needs: 'cargo.readPassport' },
      { to: '/gates', icon: 'gate', words: 'nav.gates', key: 'k', needs: 'cargo.watchGates' },
      { to: '/batches', icon: 'copy', words: 'nav.batches', needs: 'cargo.readBatches' },
      { to: '/entries', icon: 'import', words: 'nav.entries', needs: 'cargo.readEntries' },
      { to: '/zones', icon: 'zone', words: 'nav.zones', needs: 'cargo.readPassport' },
      { to: '/downtime', icon: 'pause', words: 'nav.downtime', needs: 'cargo.readDowntimes' },
    ],
  },
  {
    words: 'nav.money',
    places: [
      { to: '/bonded', icon: 'ledger', words: 'nav.bonded', needs: 'bonded.readLedgers' },
      { to: '/duty', icon: 'duty', words: 'nav.duty', key: 't', needs: 'duty.read' },
      {
        to: '/statements',
        icon: 'history',
        words: 'nav.statements',
        needs: 'duty.read',
      },
      { to: '/guarantees', icon: 'shield', words: 'nav.guarantees', needs: 'duty.read' },
      { to: '/ledger', icon: 'audit', words: 'nav.ledger', needs: 'duty.readLedger' },
    ],
  },
  {
    words: 'nav.risk',
    places: [
      { to: '/rules', icon: 'shield', words: 'nav.rules', key: 'r', needs: 'risk.rule.readLive' },
      { to: '/lists', icon: 'bookmark', words: 'nav.lists', key: 'l', needs: 'risk.rule.read' },
      { to: '/models', icon: 'model', words: 'nav.models', key: 'm', needs: 'risk.model.read' },
      {
        to: '/anomalies',
        icon: 'search',
        words: 'nav.anomalies',
        key: 'n',
        needs: 'risk.anomaly.read',
      },
      {
        to: '/selection',
        icon: 'examine',
        words: 'nav.selection',
        key: 'e',
        needs: 'risk.selection.read',
      },
      {
        to: '/coverage',
        icon: 'coverage',
        words: 'nav.coverage',
        key: 'v',
        needs: 'risk.coverage.read',
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
        needs: 'governance.readFigures',
      },
      {
        to: '/audit',
        icon: 'audit',
        words: 'nav.audit',
        key: 'a',
        needs: 'identity.audit.verify',
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
        needs: 'pool.read',
      },
      {
        to: '/pool/sql',
        icon: 'sql',
        words: 'nav.sql',
        key: 's',
        needs: 'pool.sql',
      },
      {
        to: '/pool/imports',
        icon: 'import',
        words: 'nav.imports',
        key: 'i',
        needs: 'pool.import',
      },
    ],
  },
];

/** The part of the map this reader works in. */
export function placesFor(me: Me): readonly Group[] {
  return NAVIGATION.map((group) => ({
    ...group,
    places: group.places.filter((place) => me.permissions.includes(place.needs)),
  })).filter((group) => group.places.length > 0);
}

/** Where a day begins: officers at the work list, declarants at the declarations, authorities at their checks, the rest at the figures. */
export function homeOf(me: Me): Place['to'] | '/me' {
  if (me.roles.includes('portOfficer')) return '/work-list';
  if (me.roles.includes('declarant')) return '/declarations';
  if (me.roles.includes('terminal')) return '/terminal';
  if (me.roles.includes('carrier')) return '/manifests';
  if (me.roles.includes('otherAuthority')) return '/checks';
  const places = placesFor(me).flatMap((group) => group.places);
  const first = places.find((place) => place.to === '/overview') ?? places[0];
  return first?.to ?? '/me';
}
