import type { HttpApp } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Chemicals } from './chemicals.ts';
import { inquiryRoutes } from './inquiry/routes.ts';
import { listRoutes } from './lists/routes.ts';
import { yardRoutes } from './storage/routes.ts';

export function chemicalsRoutes(app: HttpApp<Actor>, chemicals: Chemicals): void {
  inquiryRoutes(app, chemicals);
  listRoutes(app, chemicals.official);
  yardRoutes(app, chemicals.yards);
}
