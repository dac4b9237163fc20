import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const clearanceRoutes = [
  at(
    'declarations',
    lazyRouteComponent(() => import('./declarations.tsx'), 'DeclarationsScreen'),
  ),
  at(
    'declarations/$id',
    lazyRouteComponent(() => import('./declaration.tsx'), 'DeclarationScreen'),
  ),
  at(
    'file',
    lazyRouteComponent(() => import('./file.tsx'), 'FileScreen'),
  ),
  at(
    'bulk',
    lazyRouteComponent(() => import('./bulk.tsx'), 'BulkScreen'),
  ),
  at(
    'work-list',
    lazyRouteComponent(() => import('./work-list.tsx'), 'WorkListScreen'),
  ),
] as const;
