import type { Document } from '../../reading/table.ts';

type Parties = Record<string, Document | undefined>;

/** What the tables cannot say: whose side a party is on, and which of several codes is the tariff's. */
export function settleDeclaration(document: Document): void {
  const type = String(document.type ?? '').toUpperCase();
  if (/^(IM|H\d|929)/.test(type)) document.ieFlag = 'I';
  else if (/^(EX|B\d|830)/.test(type)) document.ieFlag = 'E';
  settleParties(document);
  settlePackages(document);
  settleTransport(document);
  settleDocuments(document);
  if (document.containers) sealsAsText(document.containers as Document[]);
  document.lines ??= [];
  for (const line of document.lines as Document[]) settleLine(line);
}

function settleParties(document: Document): void {
  for (const party of Object.values((document.parties ?? {}) as Parties)) sayTelephone(party);
  if (!document.parties || document.ieFlag === undefined) return;
  const { importer, exporter, ...others } = document.parties as Parties;
  const imports = document.ieFlag === 'I';
  const domestic = imports ? importer : exporter;
  const overseas = imports ? exporter : (importer ?? others.consignee);
  document.parties = { ...others, ...(domestic && { domestic }), ...(overseas && { overseas }) };
}

/** The first number a party is reached by; where there are several, all of them stand beside it. */
function sayTelephone(party: Document | undefined): void {
  const numbers = (party?.communications ?? []) as string[];
  if (!party || numbers.length === 0) return;
  party.telephone = numbers[0];
  if (numbers.length === 1) delete party.communications;
}

/** Packages that are said of all goods at once, each kind by itself. */
function settlePackages(document: Document): void {
  const [first, ...further] = (document.packagings ?? []) as Document[];
  delete document.packagings;
  if (!first) return;
  const said = (document.packages ?? {}) as Document;
  document.packages = { ...first, ...said, ...(further.length > 0 && { further }) };
}

/** House bills and waybills (UN/EDIFACT 1001 and 1153). */
const HOUSE = /^(?:HWB|HAB|HB|BH|N?703|N?714)$/;

/** The paper the goods travel on, and the house's own beside its master; of more, all are kept. */
function settlePapers(transport: Document): void {
  const papers = (transport.documents ?? []) as Document[];
  const house = papers.find(({ kind }) => HOUSE.test(String(kind)));
  const main = papers.find((paper) => paper !== house) ?? house;
  if (main?.number !== undefined) transport.transportDocNo = main.number;
  if (main?.kind !== undefined) transport.transportDocKind = main.kind;
  if (house?.number !== undefined) transport.houseDocNo = house.number;
  if (papers.length < 2 && main?.transportTerms === undefined) delete transport.documents;
}

function settleTransport(document: Document): void {
  const { border, arrival, departure } = (document.means ?? {}) as Parties;
  delete document.means;
  const inland = arrival ?? departure;
  const transport = (document.transport ?? {}) as Document;
  const say = (name: string, value: unknown): void => {
    if (value !== undefined) transport[name] ??= value;
  };
  settlePapers(transport);
  say('mode', border?.mode ?? modeOf(border?.type));
  say('inlandMode', inland?.mode);
  if (border?.name !== undefined || border?.id !== undefined) {
    say('inlandConveyance', inland?.name ?? inland?.id);
    say('inlandConveyanceIdType', inland?.idType);
    say('inlandNationality', inland?.nationality);
  }
  say('conveyance', border?.name ?? border?.id ?? inland?.name ?? inland?.id);
  say('conveyanceId', border?.id ?? inland?.id);
  say('conveyanceIdType', border?.idType ?? inland?.idType);
  say('nationality', border?.nationality ?? inland?.nationality);
  say('voyageNo', border?.journey ?? inland?.journey);
  say('date', dayOf(border?.arrivedAt ?? arrival?.arrivedAt ?? border?.departedAt));
  say('partnerCountry', partnerOf(document));
  if (Object.keys(transport).length > 0) document.transport = transport;
}

/** Some write the mode, one digit, as the type of the means of transport. */
const modeOf = (type: unknown): unknown => (/^\d$/.test(String(type)) ? type : undefined);

const dayOf = (time: unknown): string | undefined =>
  typeof time === 'string' ? time.slice(0, 10) : undefined;

/** 启运国 of an import, 运抵国 of an export. */
function partnerOf({ ieFlag, exportCountry, destinationCountry }: Document): unknown {
  return ieFlag === 'E' ? destinationCountry : exportCountry;
}

function sealsAsText(containers: Document[]): void {
  for (const container of containers) {
    container.seals = ((container.seals ?? []) as Document[]).map(({ number }) => number);
  }
}

/** A document's kind is written in two parts, `C` and `506`; people and lists know it as `C506`. */
function settleDocuments(holder: Document): void {
  for (const name of ['documents', 'previousDocuments']) {
    for (const one of (holder[name] ?? []) as Document[]) {
      if (name === 'documents' && /^[A-Z]$/.test(String(one.category))) {
        one.kind = `${String(one.category)}${String(one.kind ?? '')}`;
      }
    }
  }
}

function settleLine(line: Document): void {
  settleDocuments(line);
  const classifications = (line.classifications ?? []) as Document[];
  const tariff =
    classifications.find(({ type }) => /^(TSP|HS|CN|CC|SRZ)$/.test(String(type))) ??
    classifications.find(({ code }) => /^\d{6,}/.test(String(code)));
  if (tariff) line.hsCode = tariff.code;
  const [origin] = (line.origins ?? []) as Document[];
  if (origin?.country !== undefined) line.originCountry = origin.country;
  const [regime] = ((line.taxes ?? []) as Document[]).filter((tax) => tax.regime !== undefined);
  if (regime) line.preference = regime.regime;
  const [first, ...further] = (line.procedures ?? []) as Document[];
  if (first) {
    const additional = further.map(({ current }) => current);
    line.procedure = { ...first, ...(additional.length > 0 && { additional }) };
  }
  delete line.procedures;
  const more = ((line.additionalProcedures ?? []) as Document[]).map(({ current }) => current);
  delete line.additionalProcedures;
  if (more.length > 0) {
    const { additional, ...said } = (line.procedure ?? {}) as { additional?: unknown[] };
    line.procedure = { ...said, additional: [...(additional ?? []), ...more] };
  }
  const [danger, ...dangers] = (line.dangerousGoods ?? []) as Document[];
  if (danger) line.dangerous = danger;
  if (dangers.length > 0) line.furtherDangerous = dangers;
  delete line.dangerousGoods;
}
