import { isUscc } from '../../../kernel/codes.ts';
import { isLocalDate, type LocalDate } from '../../../kernel/dates.ts';
import {
  compare,
  type Decimal,
  isNegative,
  isZero,
  parseDecimal,
  sum,
  toText,
} from '../../../kernel/decimal.ts';
import { seen as shown } from '../../../kernel/refusal.ts';
import { BillNumber, billNumberOf, type Problem } from '../contract.ts';
import { houseNumber } from './bill.ts';
import { containerCheckDigit, isContainerNumber } from './container.ts';
import type {
  BillContent,
  CargoParty,
  Container,
  HouseContent,
  VoyageManifest,
} from './contract.ts';

/** Whether a code is in force on a day; `reference` knows. */
export type InForce = (table: string, code: string, on: LocalDate) => boolean;

/** What a manifest must hold, and in what form. */
export const MANIFEST_RULES = '海关进出境运输工具舱单管理办法（海关总署令第172号）';
/** Ships and aircraft have names and voyages. */
const MODES_WITH_VOYAGE = new Set(['2', '5']);
/** Descriptions that say nothing: nobody can assess goods by them before they arrive. */
const SAYS_NOTHING =
  /^(general cargo|freight of all kinds|f\.?a\.?k\.?|said to contain|consolidated cargo|various|parts|goods|杂货|货物|日用品|配件|普货)\.?$/i;

/**
 * Everything wrong with a manifest, all at once: field, value seen, rule. A rule that would speak
 * about a field that is itself missing stays silent. Warnings are told and let through.
 *
 * @param on the day it is filed: codes are checked as they stood on that day.
 */
export function checkManifest(
  manifest: VoyageManifest,
  on: LocalDate,
  inForce: InForce,
): Problem[] {
  const checker = new Checker(on, inForce);
  const { conveyance, part } = manifest;
  checker.required('carrier', manifest.carrier);
  checker.code('transport_mode', 'conveyance.mode', conveyance.mode);
  checker.code('customs_office', 'office', manifest.office);
  if (conveyance.mode && MODES_WITH_VOYAGE.has(conveyance.mode)) {
    checker.required('conveyance.name', conveyance.name);
    checker.required('voyageNo', manifest.voyageNo);
  }
  if (checker.required('date', manifest.date) && !isLocalDate(manifest.date)) {
    checker.say('cargo.impossible_date', 'date', manifest.date);
  }
  if (part.number > part.of) {
    checker.say('cargo.part_beyond_last', 'part.number', String(part.number), { of: part.of });
  }
  const numbers = new Set<string>();
  manifest.bills.forEach((bill, index) => {
    checkBill(checker, bill, `bills[${index}].`);
    const number = billNumberOf(bill.number ?? '');
    if (numbers.has(number)) checker.say('cargo.bill_repeated', `bills[${index}].number`, number);
    if (number) numbers.add(number);
  });
  return checker.problems;
}

/** As `checkManifest`, for one bill with its houses as an amendment would have it. */
export function checkContent(content: BillContent, on: LocalDate, inForce: InForce): Problem[] {
  const checker = new Checker(on, inForce);
  checkBill(checker, content, '');
  return checker.problems;
}

export const isError = ({ severity }: Problem): boolean => severity !== 'warning';

class Checker {
  readonly problems: Problem[] = [];
  private readonly on: LocalDate;
  private readonly inForce: InForce;

  constructor(on: LocalDate, inForce: InForce) {
    this.on = on;
    this.inForce = inForce;
  }

  say(
    code: string,
    path: string,
    value: string,
    params?: Record<string, string | number>,
    severity: 'error' | 'warning' = 'error',
  ): void {
    this.problems.push({
      ...{ code, path, seen: shown(value), legalBasis: MANIFEST_RULES, severity },
      ...(params && { params }),
    });
  }

  required(path: string, value: string | null): value is string {
    if (value) return true;
    this.say('cargo.required', path, '');
    return false;
  }

  code(table: string, path: string, value: string | null): void {
    if (this.required(path, value) && !this.inForce(table, value, this.on)) {
      this.say('cargo.code_not_in_force', path, value, { table, on: this.on });
    }
  }

  positive(path: string, value: string | null): Decimal | null {
    if (!this.required(path, value)) return null;
    const amount = parseDecimal(value);
    if (amount && !isNegative(amount) && !isZero(amount)) return amount;
    this.say('cargo.must_be_positive', path, value);
    return null;
  }
}

function checkBill(checker: Checker, bill: BillContent, path: string): void {
  checkGoods(checker, bill, path);
  for (const end of ['loadingPort', 'dischargePort'] as const) {
    const port = bill[end];
    if (checker.required(`${path}${end}`, port) && !/^[A-Z]{2}[A-Z2-9]{3}$/.test(port)) {
      checker.say('cargo.port_shape', `${path}${end}`, port);
    }
  }
  const master = checkNumber(checker, bill.number, `${path}number`);
  if (bill.houses.length > 0) checkHouses(checker, bill, master, path);
}

function checkNumber(checker: Checker, number: string | null, path: string): string | null {
  if (!checker.required(path, number)) return null;
  const parsed = BillNumber.safeParse(number);
  if (parsed.success && !parsed.data.includes('*')) return parsed.data;
  checker.say('cargo.bill_number_shape', path, number);
  return null;
}

function checkHouses(
  checker: Checker,
  bill: BillContent,
  master: string | null,
  path: string,
): void {
  const numbers = new Set<string>();
  const containers = new Set(bill.containers.map(({ number }) => number));
  bill.houses.forEach((house, index) => {
    const at = `${path}houses[${index}].`;
    checkGoods(checker, house, at);
    const number = checkNumber(checker, house.number, `${at}number`);
    if (!number) return;
    if (numbers.has(number)) checker.say('cargo.bill_repeated', `${at}number`, number);
    numbers.add(number);
    if (master && !BillNumber.safeParse(houseNumber(master, number)).success) {
      checker.say('cargo.bill_number_shape', `${at}number`, houseNumber(master, number));
    }
    house.containers.forEach((container, place) => {
      if (container.number && !containers.has(container.number)) {
        const field = `${at}containers[${place}].number`;
        checker.say('cargo.container_not_on_master', field, container.number);
      }
    });
  });
  checkSums(checker, bill, path);
}

/** The houses are the master, divided: nothing may be lost or gained between them. */
function checkSums(checker: Checker, bill: BillContent, path: string): void {
  const packages = bill.houses.reduce((total, house) => total + (house.packages ?? 0), 0);
  if (bill.packages !== null && packages !== bill.packages) {
    checker.say('cargo.houses_disagree', `${path}packages`, String(bill.packages), {
      houses: packages,
    });
  }
  const own = parseDecimal(bill.grossMassKg ?? '');
  const parts = bill.houses.map((house) => parseDecimal(house.grossMassKg ?? ''));
  if (!own || parts.includes(null)) return;
  const total = sum(parts.filter((part) => part !== null));
  if (compare(own, total) !== 0) {
    checker.say('cargo.houses_disagree', `${path}grossMassKg`, toText(own), {
      houses: toText(total),
    });
  }
}

function checkGoods(checker: Checker, goods: HouseContent, path: string): void {
  const packages = goods.packages === null ? null : String(goods.packages);
  checker.positive(`${path}packages`, packages);
  checker.positive(`${path}grossMassKg`, goods.grossMassKg);
  checker.code('package_kind', `${path}packageKind`, goods.packageKind);
  if (checker.required(`${path}description`, goods.description)) {
    if (SAYS_NOTHING.test(goods.description)) {
      const field = `${path}description`;
      checker.say('cargo.description_says_nothing', field, goods.description, undefined, 'warning');
    }
  }
  checkParty(checker, goods.shipper, `${path}shipper`);
  checkParty(checker, goods.consignee, `${path}consignee`);
  const seen = new Set<string>();
  goods.containers.forEach((container, index) => {
    checkContainer(checker, container, `${path}containers[${index}].number`, seen);
  });
  if (goods.dangerous && !/^\d{4}$/.test(goods.dangerous.unNumber ?? '')) {
    const field = `${path}dangerous.unNumber`;
    checker.say('cargo.un_number_shape', field, goods.dangerous.unNumber ?? '');
  }
}

function checkParty(checker: Checker, party: CargoParty | null, path: string): void {
  checker.required(`${path}.name`, party?.name ?? null);
  if (party?.uscc && !isUscc(party.uscc)) {
    checker.say('cargo.uscc_check_character', `${path}.uscc`, party.uscc);
  }
}

/** A wrong check digit is most often a slip of the pen; the box itself is what it is. */
function checkContainer(
  checker: Checker,
  { number }: Container,
  path: string,
  before: Set<string>,
): void {
  if (!checker.required(path, number)) return;
  if (before.has(number)) checker.say('cargo.container_repeated', path, number);
  before.add(number);
  if (!isContainerNumber(number)) {
    checker.say('cargo.container_shape', path, number);
    return;
  }
  const expected = containerCheckDigit(number.slice(0, 10));
  if (String(expected) !== number.slice(10)) {
    checker.say('cargo.container_check_digit', path, number, { expected }, 'warning');
  }
}
