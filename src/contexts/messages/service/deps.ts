import type { Refusal } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { FilingServices } from '../filing/file.ts';

export interface MessagesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly services: FilingServices;
  readonly say: (refusal: Refusal) => { readonly zh: string; readonly en: string };
}
