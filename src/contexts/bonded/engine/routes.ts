import type { Account } from '../accounts.ts';
import type { EventKind, PartKind } from '../contract.ts';

/** `store`: where a part of its kind is kept. `order`: in process on the event's order. */
export type End = Account | 'store' | 'order';

/** What an event does with each of its lines. */
export interface Route {
  readonly from: End;
  readonly to: End;
  /** Whether what arrives is a lot of its own: an import line, or what an order made. */
  readonly opensLot: boolean;
  readonly needsOrder: boolean;
}

const route = (from: End, to: End, more: Partial<Route> = {}): Route => ({
  ...{ from, to, opensLot: false, needsOrder: from === 'order' || to === 'order' },
  ...more,
});
const madeBy = (to: End): Route => route('made', to, { opensLot: true, needsOrder: true });

/** The kinds that move goods; the others open, close and undo. */
export const ROUTES: Partial<Readonly<Record<EventKind, Route>>> = {
  imported: route('customsIn', 'store', { opensLot: true }),
  issued: route('store', 'order'),
  overIssued: route('store', 'order'),
  substituted: route('store', 'order'),
  returned: route('order', 'store'),
  scrapped: route('order', 'scrap'),
  rejected: route('store', 'defective'),
  byProduced: madeBy('byProduct'),
  received: madeBy('store'),
  disassembled: route('store', 'order'),
  recovered: madeBy('store'),
  sentOut: route('store', 'outsourced'),
  cameBack: route('outsourced', 'store'),
  moved: route('store', 'inTransit'),
  arrived: route('inTransit', 'store'),
  exported: route('store', 'export'),
  soldAtHome: route('store', 'domesticSale'),
  reExported: route('store', 'reExport'),
  destroyed: route('store', 'destroyed'),
  countedShort: route('store', 'countLoss'),
  countedOver: route('countGain', 'store', { opensLot: true }),
};

/** Where a part of its kind is kept. */
export const STORE: Readonly<Record<PartKind, Account>> = {
  material: 'rawMaterial',
  semiFinished: 'semiFinished',
  finished: 'finished',
  byProduct: 'byProduct',
};
