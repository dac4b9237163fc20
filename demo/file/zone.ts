import type { BatchContentInput } from '../../src/contexts/cargo/batches/contract.ts';
import type {
  GateAnswer,
  PassportAnswer,
  PassportContentInput,
} from '../../src/contexts/cargo/gates/contract.ts';
import type { VoyageInput } from '../../src/contexts/cargo/manifests/contract.ts';
import type { Consolidation } from '../../src/contexts/clearance/consolidation/contract.ts';
import type { DeclarationInput, FilingResult } from '../../src/contexts/clearance/contract.ts';
import { addDays, type LocalDate } from '../../src/kernel/dates.ts';
import { type Client, unlessDone } from './client.ts';

/** The last weeks of the quarter, so that something of each kind is still under way when it ends. */
const DAYS = 15;
const ZONE = 'yangshan';
const OFFICE = '2248';
const PLATE = '沪A86021';
const TARE_KG = 8_000;
const BATCH = 'ZQ-2026-01';
/** A part of the application each working day. */
const PART = { quantity: '40', netMassKg: '400', grossMassKg: '420', packages: 4 } as const;
const PART_KG = 420;
const BEARINGS = {
  hsCode: '8482102000',
  description: '深沟球轴承',
  originCountry: 'DE',
  unit: '011',
} as const;
const BILL_KG = 1_050;
const BILL_NET_KG = '1000';
const SELLER = { name: 'Elbe Handels GmbH', country: 'DE' } as const;
const [MONDAY, THURSDAY, SATURDAY, SUNDAY] = [1, 4, 6, 0];

export interface ZoneEnterprise {
  /** Does what falls on a day: goods out in batches, goods in before they are declared. */
  work(day: LocalDate): Promise<void>;
}

/**
 * An enterprise in the Yangshan zone. Every working day a lorry takes a part of its application out of
 * the second-line gate; the first week is declared together. On Mondays goods enter over the first
 * line before they are declared; they are on Thursday, the last of them not yet.
 */
export function createZoneEnterprise(deps: {
  readonly enterprise: Client;
  readonly singleWindow: Client;
  readonly terminal: Client;
  readonly officer: Client;
  readonly uscc: string;
  readonly name: string;
  readonly lastDay: LocalDate;
  readonly complain: (sentence: string) => void;
}): ZoneEnterprise {
  const { enterprise, singleWindow, terminal, officer, uscc, name, lastDay, complain } = deps;
  const firstDay = addDays(lastDay, 1 - DAYS);
  /** The first Saturday after a working day. */
  const weekEnds = saturdayAfter(firstDay);
  const self = { uscc, name };
  const at = (day: LocalDate, time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();

  async function open(day: LocalDate): Promise<void> {
    await enterprise.put('/api/vehicles', {
      ...{ plate: PLATE, organisation: uscc, tareKg: String(TARE_KG), kind: 'van' },
    });
    const content = applicationOf(self, day);
    const id = BATCH;
    await unlessDone(() =>
      enterprise.post('/api/batches', { id, content, occurredAt: at(day, '08:30') }),
    );
    const answer = { approve: true, note: '', occurredAt: at(day, '09:00') };
    await unlessDone(() => officer.post(`/api/batches/${id}/answer`, answer));
  }

  /** One lorry through one gate; `null` when it may not go. */
  async function pass(
    id: string,
    day: LocalDate,
    time: readonly [string, string],
    content: Pick<PassportContentInput, 'type' | 'binding' | 'line' | 'direction' | 'papers'>,
    weighs: { readonly goodsKg: number; readonly moreKg: number },
  ): Promise<string | null> {
    const vehicle = { plate: PLATE, tareKg: String(TARE_KG), kind: 'van' };
    const passport = await enterprise.post<PassportAnswer>('/api/passports', {
      ...{ id, occurredAt: at(day, time[0]) },
      content: { ...content, zone: ZONE, vehicle, goodsGrossKg: String(weighs.goodsKg) },
    });
    if (passport.outcome !== 'approved') {
      const reasons = passport.conditions.flatMap((each) => each.reasons.map(({ code }) => code));
      complain(`Passport ${id} ${passport.outcome}: ${reasons.join(', ')}`);
      return null;
    }
    const { verdict, reasons } = await terminal.post<GateAnswer>('/api/gates/readings', {
      ...{ id: `${id}-G`, occurredAt: at(day, time[1]), plate: PLATE },
      ...{ gate: content.line === 'first' ? 'YS-1' : 'YS-2', lane: `${content.direction}-1` },
      ...{ passport: passport.number, containers: [] },
      weighing: { kg: String(TARE_KG + weighs.goodsKg + weighs.moreKg) },
    });
    if (verdict === 'refuse') complain(`Gate ${id}: ${reasons.map(({ code }) => code).join(', ')}`);
    return passport.number;
  }

  /** Out with a part of the application, and back empty. The last one is heavier than it should be. */
  async function carryOut(day: LocalDate): Promise<void> {
    const id = `ZQ-SB-${day}`;
    await enterprise.post('/api/stock-bills', {
      ...{ id, application: BATCH, occurredAt: at(day, '09:10') },
      lines: [{ lineNo: 1, ...PART }],
    });
    const swing = Number(day.slice(-2));
    const moreKg = day === lastDay ? 900 : swing;
    const out = { type: 'secondLine', binding: 'oneListOneVehicle', line: 'second' } as const;
    await pass(
      ...([`ZQ-P-${day}`, day, ['09:20', '10:05']] as const),
      { ...out, direction: 'out', papers: [{ kind: 'stockBill', no: id }] },
      { goodsKg: PART_KG, moreKg },
    );
    if (day === lastDay) return;
    await pass(
      ...([`ZQ-E-${day}`, day, ['15:00', '15:30']] as const),
      { type: 'emptyVehicle', binding: null, line: 'second', direction: 'in', papers: [] },
      { goodsKg: 0, moreKg: -swing },
    );
  }

  const billOf = (day: LocalDate): string => `ZQSHA${day.replaceAll('-', '')}`;

  async function enterFirst(day: LocalDate): Promise<void> {
    await singleWindow.post('/api/manifests', voyageOf(self, billOf(day), day, at(day, '06:00')));
    const first = { type: 'enterFirstDeclareLater', line: 'first', direction: 'in' } as const;
    await pass(
      ...([`ZQ-F-${day}`, day, ['17:00', '17:40']] as const),
      { ...first, binding: 'oneListOneVehicle', papers: [{ kind: 'bill', no: billOf(day) }] },
      { goodsKg: BILL_KG, moreKg: 7 },
    );
  }

  async function declareLater(entered: LocalDate, day: LocalDate): Promise<void> {
    const { rows } = await enterprise.get<{ rows: { passport: string; transportDocNo: string }[] }>(
      '/api/entry-obligations?limit=200',
    );
    const entry = rows.find(({ transportDocNo }) => transportDocNo === billOf(entered));
    if (!entry) return complain(`Nothing entered on ${entered} is to be declared.`);
    const { outcome, problems } = await singleWindow.post<FilingResult>('/api/declarations', {
      ...{ id: `ZQ-D-${entered}`, occurredAt: at(day, '10:30') },
      content: declarationOf(self, billOf(entered), entry.passport, entered),
    });
    if (outcome === 'returned') complain(`${entered} returned: ${problems[0]?.code}`);
  }

  /** The first week is declared together on the Saturday after it. */
  async function consolidate(day: LocalDate): Promise<void> {
    const { status } = await enterprise.post<Consolidation>(
      `/api/batches/${BATCH}/consolidations`,
      {
        ...{ id: `${BATCH}-W1`, through: day, occurredAt: at(day, '10:00') },
      },
    );
    if (status !== 'declared') complain(`The week up to ${day} was ${status}.`);
  }

  return {
    async work(day) {
      const weekday = weekdayOf(day);
      if (day < firstDay) return;
      if (day === firstDay) await open(day);
      if (day === weekEnds) await consolidate(day);
      if (weekday === SATURDAY || weekday === SUNDAY) return;
      await carryOut(day);
      if (weekday === MONDAY) await enterFirst(day);
      const monday = addDays(day, -3);
      if (weekday === THURSDAY && monday >= firstDay) await declareLater(monday, day);
    },
  };
}

const weekdayOf = (day: LocalDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

const saturdayAfter = (day: LocalDate): LocalDate => {
  const next = addDays(day, 1);
  return weekdayOf(next) === SATURDAY ? next : saturdayAfter(next);
};

interface Self {
  readonly uscc: string;
  readonly name: string;
}

const applicationOf = (self: Self, day: LocalDate): BatchContentInput => ({
  ...{ zone: ZONE, direction: 'out', office: OFFICE, regime: 'bonded', deposit: '0' },
  ...{ validFrom: day, validTo: '2027-06-30' },
  head: {
    ...{ declarationOffice: OFFICE, borderOffice: OFFICE, supervisionMode: '0110' },
    ...{ levyNature: '101', tradeTerms: 'CIF', transportMode: 'Y', partnerCountry: 'DE' },
    ...{ packageKind: '22', domestic: self, overseas: SELLER },
  },
  lines: [
    { lineNo: 1, partNo: 'BRG-6204', ...BEARINGS, unitPrice: '5', currency: 'EUR', cap: '2000' },
  ],
});

const voyageOf = (
  self: Self,
  number: string,
  date: LocalDate,
  occurredAt: string,
): VoyageInput => ({
  ...{ kind: 'original', id: `${number}-M`, carrier: 'DJOL', voyageNo: number.slice(-6) },
  conveyance: { mode: '2', name: 'DONGHAI PIONEER', registration: null },
  ...{ office: OFFICE, terminal: 'SHYS4', date, occurredAt },
  bills: [
    {
      ...{ number, packages: 10, packageKind: '22', grossMassKg: String(BILL_KG) },
      ...{ description: BEARINGS.description, shipper: SELLER },
      consignee: { ...self, country: 'CN' },
      ...{ loadingPort: 'DEHAM', dischargePort: 'CNSHA', containers: [] },
    },
  ],
});

const declarationOf = (
  self: Self,
  transportDocNo: string,
  passportNo: string,
  date: LocalDate,
): DeclarationInput => ({
  ...{ filing: 'standard', ieFlag: 'I', supervisionMode: '0110', levyNature: '101' },
  modes: { entry: 'enterFirst', line: 'firstLine', zone: ZONE, passportNo },
  ...{ declarationOffice: OFFICE, borderOffice: OFFICE, examinationOffice: OFFICE },
  parties: { declarant: self, domestic: self, owner: self, overseas: SELLER },
  tradeTerms: 'CIF',
  transport: {
    ...{ mode: '2', conveyance: 'DONGHAI PIONEER', voyageNo: transportDocNo.slice(-6) },
    ...{ transportDocNo, partnerCountry: 'DE', date },
  },
  packages: { kind: '22', count: 10 },
  ...{ grossMassKg: String(BILL_KG), netMassKg: BILL_NET_KG, currency: 'EUR' },
  totalValue: '5000',
  lines: [
    {
      ...{ lineNo: 1, ...BEARINGS, quantity: '1000', netMassKg: BILL_NET_KG },
      ...{ unitPrice: '5', value: '5000' },
    },
  ],
});
