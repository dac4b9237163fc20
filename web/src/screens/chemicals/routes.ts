import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const chemicalsRoutes = [
  at(
    'chemicals',
    lazyRouteComponent(() => import('./inquiry.tsx'), 'InquiryScreen'),
  ),
  at(
    'chemicals/lists',
    lazyRouteComponent(() => import('./lists/official-lists.tsx'), 'OfficialListsScreen'),
  ),
  at(
    'chemicals/lists/$id',
    lazyRouteComponent(() => import('./lists/difference.tsx'), 'ListDifferenceScreen'),
  ),
  at(
    'chemicals/watch',
    lazyRouteComponent(() => import('./watch.tsx'), 'ChemicalWatchScreen'),
  ),
  at(
    'yards',
    lazyRouteComponent(() => import('./yards.tsx'), 'YardsScreen'),
  ),
  at(
    'yards/$id',
    lazyRouteComponent(() => import('./yard.tsx'), 'YardScreen'),
  ),
] as const;
