import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const authoritiesRoutes = [
  at(
    'checks',
    lazyRouteComponent(() => import('./checks.tsx'), 'ChecksScreen'),
  ),
  at(
    'permits',
    lazyRouteComponent(() => import('./permits.tsx'), 'PermitsScreen'),
  ),
  at(
    'permits/$id',
    lazyRouteComponent(() => import('./permit.tsx'), 'PermitScreen'),
  ),
  at(
    'prohibitions',
    lazyRouteComponent(() => import('./prohibitions.tsx'), 'ProhibitionsScreen'),
  ),
  at(
    'audits',
    lazyRouteComponent(() => import('./audits.tsx'), 'AuditsScreen'),
  ),
  at(
    'audits/$id',
    lazyRouteComponent(() => import('./audit.tsx'), 'AuditScreen'),
  ),
  at(
    'modes',
    lazyRouteComponent(() => import('./modes.tsx'), 'ModesScreen'),
  ),
  at(
    'clocks',
    lazyRouteComponent(() => import('./clocks.tsx'), 'ClocksScreen'),
  ),
] as const;
