import { isUscc } from '../../../kernel/codes.ts';
import type { BillInput, VoyageInput } from '../../cargo/index.ts';
import type { Document } from '../reading/table.ts';
import { countryOf, modeOf, packageKindOf } from './codes.ts';
import { type Leaves, leavesOf, type Mapped, mapped, usccAt } from './document.ts';

type House = NonNullable<BillInput['houses']>[number];

/** What is to be known of a manifest besides what it says. */
export interface ManifestOf {
  readonly id: string;
  /** The organisation that sends it; `null` for one that only passes it on. */
  readonly partner: string | null;
}

/**
 * A voyage's manifest as cargo is asked to file it. House bills stand under their master, which must have its
 * own figures in the message: adding up its houses would say that nothing is missing.
 */
export function manifestOf(document: Document, { id, partner }: ManifestOf): Mapped<VoyageInput> {
  const leaves = leavesOf(document);
  const bills = billsOf(leaves);
  if (leaves.list('bills').length === 0) leaves.say('messages.needed', 'bills');
  const kind = leaves.text('kind');
  // Reports of arrival, tally and stuffing are no manifests of what is to come or go.
  if (kind !== 'original' && kind !== 'preLoading')
    leaves.say('messages.code_unknown', 'kind', kind);
  const input: VoyageInput = {
    kind: kind === 'preLoading' ? 'preLoading' : 'original',
    id,
    carrier: carrierOf(leaves, partner),
    conveyance: {
      mode: leaves.code('conveyance.mode', 1, modeOf),
      name: leaves.text('conveyance.name'),
      registration: leaves.text('conveyance.registration'),
    },
    voyageNo: leaves.text('voyageNo'),
    office: leaves.code('office', 4),
    terminal: null,
    date: leaves.code('date', 10),
    bills,
  };
  return mapped(input, leaves);
}

/** A carrier is known by its social credit code; by any other code it is the sender, and that is told. */
function carrierOf(leaves: Leaves, partner: string | null): string | null {
  const stated = leaves.text('carrier');
  if (stated !== null && isUscc(stated)) return stated;
  if (partner === null) {
    leaves.say('messages.carrier_unknown', 'carrier', stated ?? '');
    return null;
  }
  if (stated !== null && stated !== partner) {
    leaves.problems.push({
      ...{ code: 'messages.carrier_is_sender', path: 'carrier', seen: stated },
      ...{ params: { partner }, severity: 'warning' },
    });
  }
  return partner;
}

function billsOf(leaves: Leaves): BillInput[] {
  const said = leaves.list('bills');
  const masters = new Map<string, BillInput & { houses: House[] }>();
  said.forEach((bill, index) => {
    if (bill.master !== undefined) return;
    const own = { ...goodsOf(leaves, index), houses: [] };
    masters.set(
      masters.has(String(own.number)) ? `${own.number} ${index}` : String(own.number),
      own,
    );
  });
  said.forEach((bill, index) => {
    if (bill.master === undefined) return;
    const master = masters.get(String(bill.master));
    if (master) master.houses.push(goodsOf(leaves, index));
    else leaves.say('messages.master_not_told', `bills[${index}].master`, bill.master);
  });
  return [...masters.values()];
}

function goodsOf(leaves: Leaves, index: number): House {
  const at = (name: string): string => `bills[${index}].${name}`;
  const first = (name: string): string | null =>
    leaves.text(at(name)) ?? leaves.text(at(`items[0].${name}`));
  const kindAt =
    leaves.text(at('packageKind')) === null ? at('items[0].packageKind') : at('packageKind');
  return {
    number: leaves.code(at('number'), 40),
    packages: leaves.count(at('packages')),
    packageKind: leaves.code(kindAt, 2, packageKindOf),
    grossMassKg: leaves.text(at('grossMassKg')),
    description: descriptionOf(leaves, at),
    marks: first('marks'),
    shipper: partyOf(leaves, at('shipper')),
    consignee: partyOf(leaves, at('consignee')),
    loadingPort: portOf(leaves.text(at('loadingPort')) ?? leaves.text('loadingPort')),
    dischargePort: portOf(leaves.text(at('dischargePort')) ?? leaves.text('dischargePort')),
    containers: leaves.list(at('containers')).map((container, n) => ({
      number: leaves.code(at(`containers[${n}].number`), 20),
      sizeType: leaves.code(at(`containers[${n}].sizeType`), 4),
      seals: ((container.seals ?? []) as unknown[]).map(String).filter((seal) => seal !== ''),
    })),
    dangerous: dangerousOf(leaves, at),
  };
}

function descriptionOf(leaves: Leaves, at: (name: string) => string): string | null {
  const own = leaves.text(at('description'));
  if (own !== null) return own;
  const items = leaves.list(at('items')).flatMap(({ description }) => description ?? []);
  return items.length > 0 ? items.join('; ') : null;
}

function partyOf(leaves: Leaves, path: string): House['shipper'] {
  const said = {
    uscc: usccAt(leaves, path),
    name: leaves.text(`${path}.name`),
    country: leaves.code(`${path}.country`, 2, countryOf),
  };
  return Object.values(said).some((value) => value !== null) ? said : null;
}

/** A Chinese manifest writes the office behind the port: `CNSHA/2225`. */
const portOf = (code: string | null): string | null => code?.replace(/\/.*$/, '') ?? null;

function dangerousOf(leaves: Leaves, at: (name: string) => string): House['dangerous'] {
  const holder = [
    at('dangerous'),
    ...leaves.list(at('items')).map((_, n) => at(`items[${n}].dangerous`)),
  ].find((path) => leaves.text(`${path}.unNumber`) !== null);
  if (holder === undefined) return null;
  return {
    unNumber: leaves.code(`${holder}.unNumber`, 4),
    hazardClass: leaves.code(`${holder}.hazardClass`, 5),
    packingGroup: leaves.code(`${holder}.packingGroup`, 3),
  };
}
