import type { HttpApp } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import { billRoutes } from './boms/routes.ts';
import type { Bonded } from './bonded.ts';
import { bookRoutes } from './books/routes.ts';
import { explanationRoutes } from './explain/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { verificationRoutes } from './journal/routes.ts';
import { ledgerRoutes } from './ledgers/index.ts';
import { noteRoutes } from './notes/routes.ts';
import { paperRoutes } from './papers/routes.ts';
import { listRoutes } from './posting/routes.ts';
import { stocktakeRoutes } from './stocktake/routes.ts';
import { writeOffRoutes } from './writeoff/routes.ts';

export function bondedRoutes(app: HttpApp<Actor>, bonded: Bonded): void {
  ledgerRoutes(app, bonded.ledgers);
  bookRoutes(app, bonded.books);
  healthRoutes(app, bonded.health);
  verificationRoutes(app, bonded.verification);
  billRoutes(app, bonded.bills);
  paperRoutes(app, bonded.papers);
  stocktakeRoutes(app, bonded.stocktakes);
  explanationRoutes(app, bonded.explanations);
  listRoutes(app, bonded.lists);
  writeOffRoutes(app, bonded.writeOff);
  noteRoutes(app, bonded.notes);
}
