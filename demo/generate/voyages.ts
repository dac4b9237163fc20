import type { BillInput, VoyageInput } from '../../src/contexts/cargo/manifests/contract.ts';
import type { Catalogue } from './catalogue.ts';
import { countryOf } from './chains.ts';
import { amountText, type Draft, toContent } from './declaration.ts';
import { type Random, randomFor } from './random.ts';

/** Bills of one part of a manifest. */
const PART = 400;
const HOUR = 3_600_000;
/** Shanghai (UN/LOCODE). */
const PORT = 'CNSHA';
/** A forty-foot container takes about this much of ordinary goods. */
const CONTAINER_KG = 22_000;
const CONTAINERS_MAX = 12;
/** Imports are manifested before they arrive, exports before they are loaded. */
const BEFORE_FILING_HOURS = 6;
const SAILED_HOURS_BEFORE = 30;

/**
 * The manifests behind a day's declarations: one for each voyage and office, in parts, filed by the
 * carrier some hours before the first of its goods is declared. What the bills say is what was declared:
 * who lies to customs lies to the carrier first.
 */
export function voyagesOf(
  catalogue: Catalogue,
  drafts: readonly Draft[],
  date: string,
  seed: string,
): VoyageInput[] {
  const voyages = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { ieFlag, office, air } = draft.chain;
    const key = [ieFlag, office.code, draft.conveyance, draft.voyageNo, air].join('/');
    const aboard = voyages.get(key);
    if (aboard) aboard.push(draft);
    else voyages.set(key, [draft]);
  }
  return [...voyages.values()].flatMap((aboard, index) => {
    const parts = inParts(billsOf(catalogue, aboard, seed));
    return parts.map((bills, part) =>
      voyage(aboard, bills, `MF${date.slice(2)}-${index + 1}`, [part + 1, parts.length]),
    );
  });
}

function voyage(
  aboard: readonly Draft[],
  bills: BillInput[],
  id: string,
  [number, of]: readonly [number, number],
): VoyageInput {
  const [first] = aboard;
  if (!first) throw new Error('A voyage without goods has no manifest.');
  const { chain } = first;
  const filedAt = Math.min(...aboard.map(({ at }) => at)) - BEFORE_FILING_HOURS * HOUR;
  const isImport = chain.ieFlag === 'I';
  return {
    kind: isImport ? 'original' : 'preLoading',
    id: id.replaceAll('-', ''),
    part: { number, of },
    carrier: first.carrier.prefix,
    conveyance: { mode: chain.air ? '5' : '2', name: first.conveyance, registration: null },
    voyageNo: first.voyageNo,
    office: chain.office.code,
    terminal: first.premises.id,
    date: first.transportDate,
    ...(isImport && { sailedAt: new Date(filedAt - SAILED_HOURS_BEFORE * HOUR).toISOString() }),
    bills,
    occurredAt: new Date(filedAt).toISOString(),
  };
}

/** One bill for each transport document; pieces of one consignment share it, and so do houses their master. */
function billsOf(catalogue: Catalogue, aboard: readonly Draft[], seed: string): BillInput[] {
  const byNumber = new Map<string, Draft[]>();
  for (const draft of aboard) {
    const [number = ''] = draft.transportDocNo.split('*');
    const pieces = byNumber.get(number);
    if (pieces) pieces.push(draft);
    else byNumber.set(number, [draft]);
  }
  return [...byNumber].map(([number, pieces]) => {
    const whole = { ...bill(catalogue, pieces, seed), number };
    const isMaster = pieces.some(({ transportDocNo }) => transportDocNo.includes('*'));
    return isMaster ? masterOf(whole, pieces, catalogue, seed) : whole;
  });
}

/** A master bill from forwarder to forwarder; each house is a bill of its own, in the master's boxes. */
function masterOf(
  whole: BillInput,
  pieces: readonly Draft[],
  catalogue: Catalogue,
  seed: string,
): BillInput {
  const forwarder = pieces[0]?.chain.forwarder;
  return {
    ...whole,
    consignee: { uscc: forwarder?.uscc, name: forwarder?.nameZh, country: 'CN' },
    houses: pieces.map((draft) => ({
      ...bill(catalogue, [draft], seed),
      number: draft.transportDocNo.split('*')[1],
      containers: [],
    })),
  };
}

function bill(catalogue: Catalogue, pieces: readonly Draft[], seed: string): BillInput {
  const [draft] = pieces;
  if (!draft) throw new Error('A bill has goods.');
  const { chain } = draft;
  const contents = pieces.map(toContent);
  const gross = contents.reduce((total, { grossMassKg }) => total + Number(grossMassKg), 0);
  const trader = { uscc: draft.domestic.uscc, name: draft.domestic.nameZh, country: 'CN' };
  const [shipper, consignee] =
    chain.ieFlag === 'I' ? [draft.overseas, trader] : [trader, draft.overseas];
  const random = randomFor(seed, 'bill', draft.transportDocNo);
  const abroad = countryOf(catalogue, draft.partner).port;
  const [loadingPort, dischargePort] = chain.ieFlag === 'I' ? [abroad, PORT] : [PORT, abroad];
  return {
    number: draft.transportDocNo,
    packages: pieces.reduce((total, { packages }) => total + packages, 0),
    packageKind: draft.packageKind,
    grossMassKg: amountText(gross, 3),
    description: contents[0]?.lines[0]?.description ?? '',
    shipper,
    consignee,
    loadingPort,
    dischargePort,
    containers: isBoxed(draft) ? containersFor(gross, random) : [],
  };
}

const isBoxed = ({ chain, packageKind }: Draft): boolean => !chain.air && packageKind !== '00';

function containersFor(grossKg: number, random: Random): BillInput['containers'] {
  const count = Math.min(CONTAINERS_MAX, Math.max(1, Math.ceil(grossKg / CONTAINER_KG)));
  return Array.from({ length: count }, () => {
    const first10 = `JHGU${String(random.int(1_000_000)).padStart(6, '0')}`;
    const seal = `S${String(random.int(10_000_000)).padStart(7, '0')}`;
    return { number: `${first10}${checkDigit(first10)}`, sizeType: '45G1', seals: [seal] };
  });
}

/** The last digit of a container number (ISO 6346). */
function checkDigit(first10: string): number {
  let total = 0;
  [...first10].forEach((character, place) => {
    const digit = '0123456789A_BCDEFGHIJK_LMNOPQRSTU_VWXYZ'.indexOf(character);
    total += digit * 2 ** place;
  });
  return (total % 11) % 10;
}

function inParts<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < items.length; from += PART) parts.push(items.slice(from, from + PART));
  return parts;
}
