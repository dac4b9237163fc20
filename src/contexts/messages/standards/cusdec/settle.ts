import { codes } from '../../reading/codes.ts';
import { put } from '../../reading/composites.ts';
import type { Document } from '../../reading/table.ts';

interface Named {
  readonly role: string;
  readonly party: Document;
}

/** 3035: whose role each code is; the first that is named stands. */
const DOMESTIC = ['IM', 'AT', 'CN', 'UC', 'BY'];
const OVERSEAS = ['EX', 'CZ', 'SU', 'SE', 'OS'];
/** The owner of the goods is who brings them in or sends them out. */
const OWNER = 'GO';
const OTHERS = codes({
  DT: 'declarant',
  AE: 'declarant',
  CB: 'declarant',
  AG: 'agent',
  CA: 'carrier',
  FW: 'forwarder',
  DP: 'delivery',
  WH: 'warehouse',
  VT: 'representative',
});

/** What the segments say, as every declaration has it. */
export function settleDeclaration(declaration: Document): void {
  declaration.lines ??= [];
  sayDirection(declaration);
  sayParties(declaration);
  sayTransport(declaration);
  for (const line of declaration.lines as Document[]) {
    sayProcedure(line);
    const named = (line.named ?? []) as Named[];
    if (named.length === 0) continue;
    line.parties = named.map(({ role, party }) => ({ role, ...party }));
    delete line.named;
  }
}

function sayDirection(declaration: Document): void {
  const said = [declaration.type, declaration.typeName, declaration.procedureCode]
    .map((text) => String(text ?? '').toUpperCase())
    .join(' ');
  if (/\b929\b|\bIM|\bIFD\b|\bINP/.test(said)) declaration.ieFlag = 'I';
  else if (/\b830\b|\bEX|\bOUT/.test(said)) declaration.ieFlag = 'E';
}

function sayParties(declaration: Document): void {
  const lines = (declaration.lines ?? []) as Document[];
  // Suppliers are named on the lines by some profiles: the head's own come first.
  const named = [...((declaration.named ?? []) as Named[])];
  if (declaration.named !== undefined) delete declaration.named;
  for (const line of lines) if (line.named !== undefined) named.push(...(line.named as Named[]));
  if (named.length === 0) return;
  const exports = declaration.ieFlag === 'E';
  const buying = firstOf(named, exports ? DOMESTIC : [...DOMESTIC, OWNER]);
  const selling = firstOf(named, exports ? [...OVERSEAS, OWNER] : OVERSEAS);
  const parties: Document = {};
  put(parties, 'domestic', exports ? selling : buying);
  put(parties, 'overseas', exports ? buying : selling);
  for (const { role, party } of named) {
    const name = OTHERS.get(role);
    if (name && parties[name] === undefined) parties[name] = party;
    else if (party !== parties.domestic && party !== parties.overseas) {
      parties.others = [...((parties.others ?? []) as Document[]), { role, ...party }];
    }
  }
  declaration.parties = parties;
}

function firstOf(named: readonly Named[], roles: readonly string[]): Document | undefined {
  for (const role of roles) {
    for (const one of named) if (one.role === role) return one.party;
  }
  return undefined;
}

/** Places and papers of the journey, with the leg that crosses the border. */
const JOURNEY = [
  'loadingPort',
  'dischargePort',
  'arrivalPort',
  'originalLoadingPort',
  'departurePlace',
  'deliveryPlace',
  'destination',
  'goodsLocation',
  'transportDocNo',
  'houseDocNo',
  'date',
].flatMap((name) => [name, `${name}Name`, `${name}Related`]);

function sayTransport(declaration: Document): void {
  const transport: Document = {};
  const legs = (declaration.legs ?? []) as Document[];
  const leg = legs.find(({ stage }) => stage === '20' || stage === '11') ?? legs[0];
  put(transport, 'mode', leg?.mode);
  put(transport, 'meansType', leg?.meansType);
  put(transport, 'carrier', leg?.carrier);
  put(transport, 'carrierName', leg?.carrierName);
  put(transport, 'conveyance', leg?.name ?? leg?.registration);
  put(transport, 'conveyanceId', leg?.registration);
  put(transport, 'nationality', leg?.nationality);
  put(transport, 'voyageNo', leg?.voyageNo);
  for (const name of JOURNEY) {
    const said = declaration[name];
    if (said === undefined) continue;
    put(transport, name, said);
    delete declaration[name];
  }
  const exports = declaration.ieFlag === 'E';
  put(
    transport,
    'partnerCountry',
    exports ? declaration.destinationCountry : declaration.exportCountry,
  );
  if (legs.length === 1) delete declaration.legs;
  if (Object.keys(transport).length > 0) declaration.transport = transport;
}

/** `4000000`: procedure 40, previous 00, additional 000. */
function sayProcedure(line: Document): void {
  const code = String(line.procedureCode ?? '');
  if (!/^\d{4,7}$/.test(code)) return;
  const additional = code.slice(4);
  line.procedure = {
    current: code.slice(0, 2),
    previous: code.slice(2, 4),
    ...(additional !== '' && { additional: [additional] }),
  };
}
