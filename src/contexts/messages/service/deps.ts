import type { Refusal } from '../../../kernel/refusal.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Bonded } from '../../bonded/index.ts';
import type { Cargo } from '../../cargo/index.ts';
import type { Clearance } from '../../clearance/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { Trials } from '../../risk/index.ts';
import type { FilingServices } from '../filing/file.ts';
import type { ReadMessage } from '../reading/read.ts';
import type { Connections } from '../signing/connections.ts';
import type { PortKeys } from '../signing/port-keys.ts';

/** What the wiring gives. */
export interface MessagesOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly clearance: Pick<Clearance, 'filings' | 'tryOut'>;
  readonly cargo: Pick<Cargo, 'manifests' | 'gates' | 'zones'>;
  readonly bonded: Pick<Bonded, 'lists'>;
  readonly trials: Trials;
  /** The installation's secret, of which the keys grow that sign answers. */
  readonly secret: { keyFor(label: string): Buffer };
  readonly say: (refusal: Refusal) => { readonly zh: string; readonly en: string };
  /** Who acts in a post today; `null` while nobody holds it. */
  readonly actorOf: (post: string) => Promise<Actor | null>;
  /** Where partners put files and find answers; `null` for none. */
  readonly folder: string | null;
}

/** What the use cases stand on. */
export interface MessagesDeps extends Omit<MessagesOptions, 'clearance' | 'cargo' | 'bonded'> {
  readonly services: FilingServices;
  readonly connections: Connections;
  readonly portKeys: PortKeys;
  /** Reads a message; a long one aside from the thread that answers. */
  readonly read: (bytes: Buffer) => Promise<ReadMessage>;
}
