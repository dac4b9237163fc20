import { compare, parseDecimal } from '../../../kernel/decimal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { findManifestedGoods, findWeighedGoods } from '../../cargo/index.ts';
import type { Chemicals, Consignment, StatedHazard } from '../../chemicals/index.ts';
import type { FactSet } from '../../facts/index.ts';
import type { DeclarationContent } from '../contract.ts';

/** A declaration as far as the rest of its consignment is found by it. */
interface Declared {
  readonly id: string;
  readonly content: DeclarationContent;
  /** What its decision was made on; none where it is not shown to the reader. */
  readonly facts: FactSet;
}

/**
 * What manifest, yards, weighbridges and earlier peers say of a declaration's goods, and what hazard the
 * manifest states: of a single line only, since a bill has one mark for all of its goods.
 */
export async function consignmentOf(
  db: Db,
  yards: Pick<Chemicals['yards'], 'goodsOf'>,
  { id, content, facts }: Declared,
): Promise<{ consignment: Consignment; stated: StatedHazard | null }> {
  const manifested = await findManifestedGoods(db, id, content.transport.transportDocNo);
  const own = manifested?.isShared === false ? manifested : null;
  const bill = own?.bill ?? null;
  const [stored, weighed] = await Promise.all([
    yards.goodsOf({ declaration: id, bill }),
    findWeighedGoods(db, id, bill),
  ]);
  const mark = content.lines.length === 1 ? own?.content.dangerous : null;
  return {
    stated: mark
      ? {
          ...{ un: mark.unNumber, class: mark.hazardClass, packingGroup: mark.packingGroup },
          isDangerous: true,
        }
      : null,
    consignment: {
      manifest: own?.content.description ?? null,
      containerTypes: own?.content.containers.flatMap(({ sizeType }) => sizeType ?? []) ?? [],
      stored,
      weighed: weighed && {
        ...{ kg: weighed.kg, tareKg: weighed.tareKg },
        declaredKg: lesser(weighed.goodsKg, content.grossMassKg),
      },
      peers: [
        besidePeers(facts, 'price', 'price.perKg', 'peers.count', 'peers.price'),
        besidePeers(facts, 'mass', 'weight.perUnit', 'peers.weightCount', 'peers.weight'),
      ],
    },
  };
}

/** What has passed so far was declared as what its vehicles state, and never as more than the declaration. */
function lesser(passedKg: string, declaredKg: string | null): string {
  const [passed, declared] = [parseDecimal(passedKg), parseDecimal(declaredKg ?? '')];
  return declaredKg !== null && passed && declared && compare(declared, passed) < 0
    ? declaredKg
    : passedKg;
}

function besidePeers(
  facts: FactSet,
  what: Consignment['peers'][number]['what'],
  value: string,
  count: string,
  of: string,
): Consignment['peers'][number] {
  const read = (name: string): number | null => {
    const fact = facts[name];
    return typeof fact === 'number' ? fact : null;
  };
  return {
    ...{ what, value: read(value), count: read(count) },
    ...{ median: read(`${of}Median`), deviations: read(`${of}Deviation`) },
  };
}
