import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const governanceRoutes = [
  at(
    'overview',
    lazyRouteComponent(() => import('./overview.tsx'), 'OverviewScreen'),
  ),
  at(
    'overview/$metric',
    lazyRouteComponent(() => import('./figure.tsx'), 'FigureScreen'),
  ),
] as const;
