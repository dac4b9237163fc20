import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const cargoRoutes = [
  at(
    'bills',
    lazyRouteComponent(() => import('./bills/bills.tsx'), 'BillsScreen'),
  ),
  at(
    'bills/$number',
    lazyRouteComponent(() => import('./bills/bill.tsx'), 'BillScreen'),
  ),
  at(
    'bills/$number/correct',
    lazyRouteComponent(() => import('./bills/correction/correction.tsx'), 'BillCorrectionScreen'),
  ),
  at(
    'manifests',
    lazyRouteComponent(() => import('./manifests/manifests.tsx'), 'ManifestsScreen'),
  ),
  at(
    'manifests/new',
    lazyRouteComponent(() => import('./manifests/new-manifest.tsx'), 'NewManifestScreen'),
  ),
  at(
    'manifests/$id',
    lazyRouteComponent(() => import('./manifests/manifest.tsx'), 'ManifestScreen'),
  ),
  at(
    'terminal',
    lazyRouteComponent(() => import('./terminal/terminal.tsx'), 'TerminalScreen'),
  ),
  at(
    'releases',
    lazyRouteComponent(() => import('./releases/releases.tsx'), 'ReleasesScreen'),
  ),
  at(
    'releases/$id',
    lazyRouteComponent(() => import('./releases/release.tsx'), 'ReleaseScreen'),
  ),
  at(
    'passports',
    lazyRouteComponent(() => import('./passports/passports.tsx'), 'PassportsScreen'),
  ),
  at(
    'passports/new',
    lazyRouteComponent(() => import('./passports/new-passport.tsx'), 'NewPassportScreen'),
  ),
  at(
    'passports/$number',
    lazyRouteComponent(() => import('./passports/passport.tsx'), 'PassportScreen'),
  ),
  at(
    'gates',
    lazyRouteComponent(() => import('./gates/gates.tsx'), 'GatesScreen'),
  ),
  at(
    'zones',
    lazyRouteComponent(() => import('./zones/zones.tsx'), 'ZonesScreen'),
  ),
  at(
    'batches',
    lazyRouteComponent(() => import('./batches/batches.tsx'), 'BatchesScreen'),
  ),
  at(
    'batches/new',
    lazyRouteComponent(() => import('./batches/new-batch.tsx'), 'NewBatchScreen'),
  ),
  at(
    'batches/$id',
    lazyRouteComponent(() => import('./batches/batch.tsx'), 'BatchScreen'),
  ),
  at(
    'entries',
    lazyRouteComponent(() => import('./batches/entries.tsx'), 'EntriesScreen'),
  ),
  at(
    'downtime',
    lazyRouteComponent(() => import('./downtime/downtime.tsx'), 'DowntimeScreen'),
  ),
] as const;
