import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const poolRoutes = [
  at(
    'pool',
    lazyRouteComponent(() => import('./catalogue.tsx'), 'CatalogueScreen'),
  ),
  at(
    'pool/sql',
    lazyRouteComponent(() => import('./sql.tsx'), 'SqlScreen'),
  ),
  at(
    'pool/imports',
    lazyRouteComponent(() => import('./imports.tsx'), 'ImportsScreen'),
  ),
  at(
    'pool/datasets/$name',
    lazyRouteComponent(() => import('./dataset.tsx'), 'DatasetScreen'),
  ),
] as const;
