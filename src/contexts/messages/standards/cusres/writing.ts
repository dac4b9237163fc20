import type { Document } from '../../reading/table.ts';
import { valueAt } from '../../reading/table.ts';
import { interchange, lines, moment, segment } from '../../writing/edifact.ts';

const VERSION = 'D:96B:UN';

/** A CUSRES for a document, in the order of the message's segment table. */
export function writeCusres(document: Document): string {
  const text = (name: string): string | undefined => textOf(document[name]);
  const each = (name: string, write: (one: Document) => string[]): string[] =>
    ((document[name] ?? []) as Document[]).flatMap(write);
  const time = (kind: string, at: unknown): string[] =>
    typeof at === 'string' ? [segment('DTM', [kind, ...moment(at)])] : [];
  return interchange(document, 'CUSRES', VERSION, [
    segment(
      'BGM',
      [text('type'), '', '', text('typeName')],
      [text('id'), text('version')],
      text('function'),
      text('responseType'),
    ),
    ...time('137', document.answeredAt),
    ...time('148', document.acceptedAt),
    ...time('58', document.releasedAt),
    ...each('dates', dateSegments),
    ...(text('office')
      ? [placeSegment('22', document.office, document.officeName, document.officeRelated)]
      : []),
    ...each('places', ({ kind, place, name, related }) => [
      placeSegment(textOf(kind), place, name, related),
    ]),
    ...each('texts', (one) => [freeText(String(one.kind ?? 'AAI'), String(one.text))]),
    ...each('statuses', ({ code, kind, text: said }) => [
      segment('GIS', [textOf(code), textOf(kind), '', textOf(said)]),
    ]),
    ...(text('voyageNo') || text('conveyance')
      ? [legSegment({ stage: '20', voyageNo: document.voyageNo, name: document.conveyance })]
      : []),
    ...each('legs', (leg) => [legSegment(leg)]),
    ...contactSegments(document),
    ...each('parties', (one) => [partySegment(one), ...contactSegments(one)]),
    ...referencesOf(document),
    ...each('documents', paperSegments),
    ...each('packages', ({ count, kind }) => [segment('PAC', textOf(count), '', textOf(kind))]),
    ...each('containers', containerSegments),
    ...each('totals', ({ kind, value, unit }) => [
      segment('CNT', [textOf(kind), textOf(value), textOf(unit)]),
    ]),
    ...each('errors', errorSegments),
    ...each('taxes', taxSegments),
    ...each('amounts', ({ kind, amount, currency }) => [money(String(kind), amount, currency)]),
    ...each('unread', ({ segment: tag, text: said }) => [
      segment(
        String(tag),
        ...String(said)
          .split('+')
          .map((element) => element.split(':')),
      ),
    ]),
  ]);
}

function dateSegments({ kind, at, until, value, format }: Document): string[] {
  if (value !== undefined) return [segment('DTM', [textOf(kind), textOf(value), textOf(format)])];
  if (typeof at !== 'string') return [];
  if (typeof until !== 'string') return [segment('DTM', [textOf(kind), ...moment(at)])];
  const [[from, format1], [to]] = [moment(at), moment(until)];
  return [segment('DTM', [textOf(kind), `${from}${to}`, format1 === '102' ? '718' : '719'])];
}

const placeSegment = (kind: string | undefined, ...[place, name, related]: unknown[]): string =>
  segment('LOC', kind, [textOf(place), '', '', textOf(name)], textOf(related));

const legSegment = (leg: Document): string =>
  segment(
    'TDT',
    textOf(leg.stage),
    textOf(leg.voyageNo),
    textOf(leg.mode),
    textOf(leg.meansType),
    [textOf(leg.carrier), '', '', textOf(leg.carrierName)],
    '',
    '',
    [textOf(leg.registration), '', '', textOf(leg.name), textOf(leg.nationality)],
  );

function contactSegments({ contact, communications }: Document): string[] {
  return [
    ...(contact === undefined ? [] : [segment('CTA', '', ['', textOf(contact)])]),
    ...((communications ?? []) as Document[]).map(({ number, kind }) =>
      segment('COM', [textOf(number), textOf(kind)]),
    ),
  ];
}

function referenceSegments({ kind, number, line, version, ...dated }: Document): string[] {
  return [
    segment('RFF', [textOf(kind), textOf(number), textOf(line), textOf(version)]),
    ...datedSegments(dated),
  ];
}

/** The date of a reference or a paper stands right behind it. */
function datedSegments({ at, dates }: Document): string[] {
  return [
    ...(typeof at === 'string' ? [segment('DTM', ['137', ...moment(at)])] : []),
    ...((dates ?? []) as Document[]).flatMap(dateSegments),
  ];
}

const paperSegments = (paper: Document): string[] => [
  segment(
    'DOC',
    [textOf(paper.kind), '', '', textOf(paper.code)],
    [textOf(paper.number), textOf(paper.status), textOf(paper.source)],
    textOf(paper.note),
  ),
  ...datedSegments(paper),
];

const containerSegments = (one: Document): string[] => [
  segment(
    'EQD',
    textOf(one.equipment),
    textOf(one.number),
    textOf(one.sizeType),
    textOf(one.supplier),
    textOf(one.status),
    textOf(one.fullness),
  ),
  ...((one.seals ?? []) as unknown[]).map((seal) => segment('SEL', textOf(seal))),
];

const taxSegments = (tax: Document): string[] => [
  segment(
    'TAX',
    '1',
    textOf(tax.kind),
    '',
    textOf(tax.base),
    ['', '', '', textOf(tax.rate)],
    '',
    '',
    textOf(tax.method),
  ),
  ...(tax.amount === undefined ? [] : [money('161', tax.amount, tax.currency)]),
];

const textOf = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value);

const freeText = (kind: string, text: string): string => segment('FTX', kind, '', '', lines(text));

const money = (kind: string, amount: unknown, currency: unknown): string =>
  segment('MOA', [kind, textOf(amount), textOf(currency)]);

function partySegment(party: Document): string {
  const text = (name: string): string | undefined => textOf(party[name]);
  return segment(
    'NAD',
    text('role'),
    [text('id'), '', text('agency')],
    '',
    text('name'),
    text('address'),
    text('city'),
    text('region'),
    text('postcode'),
    text('country'),
  );
}

/** References as they were; a document made here has only what it answers. */
function referencesOf(document: Document): string[] {
  const references = (document.references ?? []) as Document[];
  if (references.length > 0) {
    return references.flatMap(referenceSegments);
  }
  const [number, id] = ['number', 'id'].map((name) =>
    textOf(valueAt(document, ['declaration', name])),
  );
  return [
    ...(id === undefined ? [] : [segment('RFF', ['ABO', id])]),
    ...(number === undefined ? [] : [segment('RFF', ['ABT', number])]),
  ];
}

function errorSegments({ path, code, text }: Document): string[] {
  return [
    segment('ERP', String(path ?? '').split(':')),
    ...(code === undefined ? [] : [segment('ERC', textOf(code))]),
    ...(text === undefined ? [] : [freeText('AAO', String(text))]),
  ];
}
