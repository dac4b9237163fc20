import type {
  BillContent,
  HouseContent,
} from '../../../../../../src/contexts/cargo/manifests/contract.ts';

const FIELDS = [
  'description',
  'packages',
  'packageKind',
  'grossMassKg',
  'marks',
  'shipper',
  'consignee',
  'loadingPort',
  'dischargePort',
  'dangerous',
  'containers',
] as const;

export interface BillChange {
  /** The number of a house bill; `null` for the bill itself. */
  readonly house: string | null;
  readonly field: (typeof FIELDS)[number];
  /** Empty for what was not said. */
  readonly before: string;
  readonly after: string;
}

/** What differs between two accounts of a bill, the bill itself first; a house that comes or goes differs in all it says. */
export function changesOf(before: BillContent, after: BillContent): readonly BillChange[] {
  const [had, has] = [byNumber(before.houses), byNumber(after.houses)];
  const numbers = new Set([...had.keys(), ...has.keys()]);
  return [
    ...differing(null, before, after),
    ...[...numbers].flatMap((number) => differing(number, had.get(number), has.get(number))),
  ];
}

const byNumber = (houses: readonly HouseContent[]): ReadonlyMap<string, HouseContent> =>
  new Map(houses.map((house) => [house.number ?? '', house]));

const differing = (
  house: string | null,
  before: HouseContent | undefined,
  after: HouseContent | undefined,
): BillChange[] =>
  FIELDS.map((field) => ({
    house,
    field,
    before: before ? said(before, field) : '',
    after: after ? said(after, field) : '',
  })).filter((change) => change.before !== change.after);

function said(goods: HouseContent, field: (typeof FIELDS)[number]): string {
  switch (field) {
    case 'containers':
      return goods.containers
        .map(({ number, sizeType, seals }) => words(number, sizeType, ...seals))
        .join('; ');
    case 'shipper':
    case 'consignee': {
      const party = goods[field];
      return words(party?.name, party?.uscc, party?.country);
    }
    case 'dangerous': {
      const { dangerous } = goods;
      return dangerous
        ? words('UN', dangerous.unNumber, dangerous.hazardClass, dangerous.packingGroup)
        : '';
    }
    default:
      return String(goods[field] ?? '');
  }
}

const words = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter(Boolean).join(' ');
