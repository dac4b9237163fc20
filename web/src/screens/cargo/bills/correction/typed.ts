import type {
  BillContent,
  CargoParty,
  HouseContent,
} from '../../../../../../src/contexts/cargo/manifests/contract.ts';

export interface TypedContainer {
  readonly number: string;
  readonly sizeType: string;
  /** One or more, with commas between them. */
  readonly seals: string;
}

interface TypedTexts {
  readonly number: string;
  readonly description: string;
  readonly packages: string;
  readonly packageKind: string;
  readonly grossMassKg: string;
  readonly marks: string;
  readonly shipperName: string;
  readonly shipperUscc: string;
  readonly shipperCountry: string;
  readonly consigneeName: string;
  readonly consigneeUscc: string;
  readonly consigneeCountry: string;
  readonly loadingPort: string;
  readonly dischargePort: string;
  readonly unNumber: string;
  readonly hazardClass: string;
  readonly packingGroup: string;
}
export type TextName = keyof TypedTexts;

/** What a bill or one of its house bills says, as it is typed: everything is text. */
export interface TypedGoods extends TypedTexts {
  readonly containers: readonly TypedContainer[];
}

/** A bill as it is typed, with its house bills. */
export interface TypedBill {
  readonly own: TypedGoods;
  readonly houses: readonly TypedGoods[];
}

export const typedBill = (content: BillContent): TypedBill => ({
  own: typedGoods(content),
  houses: content.houses.map(typedGoods),
});

export const typedGoods = (goods: HouseContent): TypedGoods => ({
  number: goods.number ?? '',
  description: goods.description ?? '',
  packages: goods.packages === null ? '' : String(goods.packages),
  packageKind: goods.packageKind ?? '',
  grossMassKg: goods.grossMassKg ?? '',
  marks: goods.marks ?? '',
  shipperName: goods.shipper?.name ?? '',
  shipperUscc: goods.shipper?.uscc ?? '',
  shipperCountry: goods.shipper?.country ?? '',
  consigneeName: goods.consignee?.name ?? '',
  consigneeUscc: goods.consignee?.uscc ?? '',
  consigneeCountry: goods.consignee?.country ?? '',
  loadingPort: goods.loadingPort ?? '',
  dischargePort: goods.dischargePort ?? '',
  unNumber: goods.dangerous?.unNumber ?? '',
  hazardClass: goods.dangerous?.hazardClass ?? '',
  packingGroup: goods.dangerous?.packingGroup ?? '',
  containers: goods.containers.map(({ number, sizeType, seals }) => ({
    number: number ?? '',
    sizeType: sizeType ?? '',
    seals: seals.join(', '),
  })),
});

/** The bill as typed, in the form an amendment takes: what was left empty is absent. */
export const billOf = ({ own, houses }: TypedBill): BillContent => ({
  ...goodsOf(own),
  houses: houses.map(goodsOf),
});

function goodsOf(typed: TypedGoods): HouseContent {
  const said = (name: TextName): string | null => typed[name].trim() || null;
  const [unNumber, hazardClass, packingGroup] = [
    said('unNumber'),
    said('hazardClass'),
    said('packingGroup'),
  ];
  const packages = said('packages');
  return {
    number: said('number'),
    description: said('description'),
    packages: packages === null ? null : Number(packages),
    packageKind: said('packageKind'),
    grossMassKg: said('grossMassKg'),
    marks: said('marks'),
    shipper: partyOf(said('shipperName'), said('shipperUscc'), said('shipperCountry')),
    consignee: partyOf(said('consigneeName'), said('consigneeUscc'), said('consigneeCountry')),
    loadingPort: said('loadingPort'),
    dischargePort: said('dischargePort'),
    dangerous:
      unNumber || hazardClass || packingGroup ? { unNumber, hazardClass, packingGroup } : null,
    containers: typed.containers.map(({ number, sizeType, seals }) => ({
      number: number.trim() || null,
      sizeType: sizeType.trim() || null,
      seals: seals
        .split(/[,，]/)
        .map((seal) => seal.trim())
        .filter(Boolean),
    })),
  };
}

const partyOf = (
  name: string | null,
  uscc: string | null,
  country: string | null,
): CargoParty | null => (name || uscc || country ? { name, uscc, country } : null);
