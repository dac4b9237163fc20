import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const casesRoutes = [
  at(
    'cases',
    lazyRouteComponent(() => import('./cases.tsx'), 'CasesScreen'),
  ),
  at(
    'cases/$id',
    lazyRouteComponent(() => import('./case.tsx'), 'CaseScreen'),
  ),
] as const;
