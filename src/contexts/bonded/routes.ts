import type { HttpApp } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Bonded } from './bonded.ts';
import { bookRoutes } from './books/routes.ts';
import { ledgerRoutes } from './ledgers/index.ts';

export function bondedRoutes(app: HttpApp<Actor>, bonded: Bonded): void {
  ledgerRoutes(app, bonded.ledgers);
  bookRoutes(app, bonded.books);
}
