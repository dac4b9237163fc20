import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import { addDays, type LocalDate } from '../../src/kernel/dates.ts';
import type { Authorities } from './authorities.ts';
import type { Client } from './client.ts';
import { sendDeclarations, sendManifest } from './single-window.ts';

/** Who brings them, and where: what a manifest and five declarations have in common. */
export interface ChemicalsTrade {
  readonly singleWindow: Client;
  readonly authorities: Pick<Authorities, 'issue'>;
  readonly importer: { readonly uscc: string; readonly name: string };
  readonly complain: (sentence: string) => void;
}

interface Shipment {
  readonly hsCode: string;
  readonly description: string;
  readonly specification: string;
  readonly kg: number;
  readonly pricePerKg: number;
  /** What the carrier was told it carries. */
  readonly booked: string;
  readonly dangerous?: readonly [unNumber: string, hazardClass: string, packingGroup: string];
  readonly licence?: string;
}

/**
 * One of each thing recognition has to tell apart: a precursor with its licence, one in disguise behind another word, a
 * mixture the law exempts, an acid under a residual code whose share nobody said, and a peroxide under the code of
 * something harmless and without its mark.
 */
const SHIPMENTS: readonly Shipment[] = [
  {
    ...{ hsCode: '2915240000', description: '醋酸酐', specification: '纯度99.5%;200千克/桶' },
    ...{ kg: 16000, pricePerKg: 1.1, booked: '醋酸酐 ACETIC ANHYDRIDE' },
    ...{ dangerous: ['1715', '8', 'II'], licence: '26AB000101' },
  },
  {
    ...{ hsCode: '3402900090', description: '高 锰.酸·钾 清洗剂', specification: '25千克/桶' },
    ...{ kg: 9000, pricePerKg: 1.9, booked: '异丙醇 工业级' },
    dangerous: ['1219', '3', 'II'],
  },
  {
    ...{ hsCode: '3814000000', description: '稀释剂', kg: 12000, pricePerKg: 1.6 },
    specification: '甲苯20%,丙酮15%,乙酸丁酯65%;200升/桶',
    ...{ booked: '稀释剂 THINNER', dangerous: ['1263', '3', 'II'] },
  },
  {
    ...{ hsCode: '3824999999', description: '盐酸', specification: '1吨/桶', kg: 20000 },
    ...{ pricePerKg: 0.2, booked: '盐酸 HYDROCHLORIC ACID', dangerous: ['1789', '8', 'II'] },
  },
  {
    ...{ hsCode: '2918140000', description: '过氧化苯甲酰', specification: '98%;25千克/袋' },
    ...{ kg: 8000, pricePerKg: 3.2, booked: '柠檬酸 CITRIC ACID' },
  },
];

const billOf = (number: number): string => `DJOLCHEM0${number}`;

/** Files them on the last day, under the names they go by. Doing it again changes nothing. */
export async function fileChemicals(trade: ChemicalsTrade, day: LocalDate): Promise<void> {
  const { singleWindow, authorities, complain } = trade;
  const filings = SHIPMENTS.map((shipment, index) => ({
    id: `DEMO-CHEM-0${index + 1}`,
    content: declared(trade, shipment, index + 1, day),
    occurredAt: `${day}T08:1${index}:00.000Z`,
  }));
  await sendManifest(singleWindow, manifest(trade, day), complain);
  await authorities.issue(filings);
  await sendDeclarations(singleWindow, { filings }, complain);
}

const manifest = ({ importer }: ChemicalsTrade, day: LocalDate) => ({
  ...{ kind: 'original', id: 'MF-CHEM', carrier: 'DJOL', voyageNo: '0930C', office: '2225' },
  conveyance: { mode: '2', name: 'DONGJI HAIYAO', registration: null },
  ...{ terminal: 'SHWGQ4', date: addDays(day, 3) },
  bills: SHIPMENTS.map(({ kg, booked, dangerous }, index) => ({
    ...{ number: billOf(index + 1), packages: packagesOf(kg), packageKind: '93' },
    ...{ grossMassKg: grossOf(kg), description: booked },
    shipper: { name: 'Rheinfels Chemie GmbH', country: 'DE' },
    consignee: { ...importer, country: 'CN' },
    ...{ loadingPort: 'DEHAM', dischargePort: 'CNSHA' },
    containers: [{ number: `JHGU790000${index + 1}`, sizeType: '22G1', seals: [`SC${index + 1}`] }],
    ...(dangerous && {
      dangerous: {
        unNumber: dangerous[0],
        hazardClass: dangerous[1],
        packingGroup: dangerous[2],
      },
    }),
  })),
});

const packagesOf = (kg: number): number => kg / 200;
const grossOf = (kg: number): string => String(kg + 12 * packagesOf(kg));

function declared(
  { importer }: ChemicalsTrade,
  { hsCode, description, specification, kg, pricePerKg, licence }: Shipment,
  number: number,
  day: LocalDate,
): DeclarationInput {
  const value = (kg * pricePerKg).toFixed(2);
  return {
    ...{ filing: 'advance', ieFlag: 'I', supervisionMode: '0110', levyNature: '101' },
    ...{ declarationOffice: '2225', borderOffice: '2225', examinationOffice: '2225' },
    parties: {
      ...{ declarant: importer, domestic: importer, owner: importer },
      overseas: { name: 'Rheinfels Chemie GmbH', country: 'DE' },
      terminal: { name: '外高桥港区四期' },
    },
    tradeTerms: 'CIF',
    transport: {
      ...{ mode: '2', conveyance: 'DONGJI HAIYAO', voyageNo: '0930C' },
      ...{ transportDocNo: billOf(number), partnerCountry: 'DE', date: addDays(day, 3) },
    },
    packages: { kind: '93', count: packagesOf(kg) },
    ...{ grossMassKg: grossOf(kg), netMassKg: String(kg), currency: 'EUR', totalValue: value },
    licences: licence ? [{ kind: '2', number: licence }] : [],
    documents: [{ kind: 'contract', number: `RC260${number}` }],
    lines: [
      {
        ...{ lineNo: 1, hsCode, description, specification, originCountry: 'DE' },
        ...{ quantity: String(kg), unit: '035', netMassKg: String(kg) },
        ...{ unitPrice: String(pricePerKg), value },
      },
    ],
  };
}
