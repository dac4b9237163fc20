import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at, root } from '../../shell/routes.ts';

export const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignInScreen'),
});

export const identityRoutes = [
  at(
    'audit',
    lazyRouteComponent(() => import('./audit.tsx'), 'AuditScreen'),
  ),
  at(
    'me',
    lazyRouteComponent(() => import('./my-posts.tsx'), 'MyPostsScreen'),
  ),
] as const;
