import { lazyRouteComponent } from '@tanstack/react-router';
import { at } from '../../shell/routes.ts';

export const messagesRoutes = [
  at(
    'messages',
    lazyRouteComponent(() => import('./messages.tsx'), 'MessagesScreen'),
  ),
  at(
    'messages/try',
    lazyRouteComponent(() => import('./try.tsx'), 'TryMessageScreen'),
  ),
  at(
    'messages/partners',
    lazyRouteComponent(() => import('./partners.tsx'), 'PartnersScreen'),
  ),
  at(
    'messages/partners/$partner',
    lazyRouteComponent(() => import('./partner.tsx'), 'PartnerScreen'),
  ),
  at(
    'messages/$id',
    lazyRouteComponent(() => import('./message.tsx'), 'MessageScreen'),
  ),
] as const;
