import type { Document } from '../../reading/table.ts';

type Parties = Record<string, Document | undefined>;

/** What the tables cannot say: whose side a party is on, and which of several codes is the tariff's. */
export function settleDeclaration(document: Document): void {
  const type = String(document.type ?? '').toUpperCase();
  if (/^(IM|H\d)/.test(type)) document.ieFlag = 'I';
  else if (/^(EX|B\d)/.test(type)) document.ieFlag = 'E';
  settleParties(document);
  settleTransport(document);
  settleDocuments(document);
  if (document.containers) sealsAsText(document.containers as Document[]);
  document.lines ??= [];
  for (const line of document.lines as Document[]) settleLine(line);
}

function settleParties(document: Document): void {
  if (!document.parties || document.ieFlag === undefined) return;
  const { importer, exporter, ...others } = document.parties as Parties;
  const imports = document.ieFlag === 'I';
  const domestic = imports ? importer : exporter;
  const overseas = imports ? exporter : (importer ?? others.consignee);
  document.parties = { ...others, ...(domestic && { domestic }), ...(overseas && { overseas }) };
}

function settleTransport(document: Document): void {
  const { border, arrival, departure } = (document.means ?? {}) as Parties;
  delete document.means;
  const inland = arrival ?? departure;
  const transport = (document.transport ?? {}) as Document;
  const say = (name: string, value: unknown): void => {
    if (value !== undefined) transport[name] ??= value;
  };
  say('mode', border?.mode);
  say('inlandMode', inland?.mode);
  say('conveyance', border?.name ?? border?.id ?? inland?.name ?? inland?.id);
  say('conveyanceId', border?.id ?? inland?.id);
  say('conveyanceIdType', border?.idType ?? inland?.idType);
  say('nationality', border?.nationality ?? inland?.nationality);
  say('voyageNo', border?.journey ?? inland?.journey);
  say('date', dayOf(border?.arrivedAt ?? arrival?.arrivedAt ?? border?.departedAt));
  say('partnerCountry', partnerOf(document));
  if (Object.keys(transport).length > 0) document.transport = transport;
}

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
  const [danger, ...more] = (line.dangerousGoods ?? []) as Document[];
  if (danger) line.dangerous = danger;
  if (more.length > 0) line.furtherDangerous = more;
  delete line.dangerousGoods;
}
