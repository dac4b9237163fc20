import type { PaperInput } from '../../../src/contexts/bonded/papers/contract.ts';
import type { Plant } from './plant.ts';
import { COUNTED_AT } from './quarter.ts';
import { type Happened, quantityText } from './stock.ts';

type PaperKind = PaperInput['kind'];
/** A paper as its sender writes it down. */
type FiledPaper = Pick<PaperInput, 'id' | 'kind' | 'at' | 'part' | 'quantity' | 'site'> &
  Partial<PaperInput>;

/** Papers are kept for the weeks before the count. */
const KEPT_MS = 5 * 7 * 86_400_000;
/** Who saw goods of each kind of event beside the ERP: the gate, the scales, the store of the other site. */
const SEEN_BY: Partial<Record<Happened['kind'], PaperKind>> = {
  imported: 'gate',
  issued: 'slip',
  scrapped: 'slip',
  arrived: 'receipt',
};

/** What others than the ERP wrote of the last weeks, as it really was; scales see only what is sold by weight. */
export function papersOf(
  plant: Plant,
  happened: readonly Happened[],
  cancelled: readonly Happened[],
): FiledPaper[] {
  const weighed = new Set(plant.parts.filter(({ unit }) => unit === '035').map(({ part }) => part));
  const papers = happened.flatMap((event) => {
    const kind = SEEN_BY[event.kind];
    if (!kind || COUNTED_AT - event.at > KEPT_MS) return [];
    return event.lines.flatMap(({ part, quantity }, line) =>
      kind === 'slip' && !weighed.has(part)
        ? []
        : [paperOf(event, kind, `${event.id}-${line + 1}`, part, quantity)],
    );
  });
  const backs = cancelled.flatMap((event) =>
    event.lines.map(({ part, quantity }) => ({
      ...paperOf(event, 'cancellation', event.id, part, quantity),
      ...{ document: event.id, at: new Date(event.at + 3_600_000).toISOString() },
    })),
  );
  return [...papers, ...backs];
}

const PREFIX: Readonly<Record<PaperKind, string>> = {
  ...{ gate: 'G', slip: 'P', receipt: 'S', cancellation: 'C', stockBill: 'B', importLine: 'I' },
};

const paperOf = (
  { kind: tells, document, order, at, site, toSite }: Happened,
  kind: PaperKind,
  id: string,
  part: string,
  quantity: number,
): FiledPaper => ({
  ...{ id: `${PREFIX[kind]}-${id}`, kind, part, quantity: quantityText(quantity), site, tells },
  at: new Date(at).toISOString(),
  ...(document !== undefined && { document }),
  ...(order !== undefined && { order }),
  ...(toSite !== undefined && { toSite }),
});
