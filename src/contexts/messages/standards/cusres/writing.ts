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
      text('id'),
      text('function'),
      text('responseType'),
    ),
    ...time('137', document.answeredAt),
    ...time('148', document.acceptedAt),
    ...time('58', document.releasedAt),
    ...each('dates', ({ kind, at }) => time(String(kind), at)),
    ...(text('office') ? [segment('LOC', '22', text('office'))] : []),
    ...each('places', ({ kind, place }) => [segment('LOC', textOf(kind), textOf(place))]),
    ...each('texts', (one) => [freeText(String(one.kind ?? 'AAI'), String(one.text))]),
    ...each('statuses', ({ code, kind }) => [segment('GIS', [textOf(code), textOf(kind)])]),
    ...(text('voyageNo') || text('conveyance')
      ? [
          segment('TDT', '20', text('voyageNo'), '', '', '', '', '', [
            '',
            '',
            '',
            text('conveyance'),
          ]),
        ]
      : []),
    ...each('parties', (one) => [partySegment(one)]),
    ...referencesOf(document),
    ...each('errors', errorSegments),
    ...each('taxes', ({ kind, amount, currency }) => [
      segment('TAX', '1', textOf(kind)),
      ...(amount === undefined ? [] : [money('161', amount, currency)]),
    ]),
    ...each('amounts', ({ kind, amount, currency }) => [money(String(kind), amount, currency)]),
  ]);
}

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
    return references.map(({ kind, number }) => segment('RFF', [textOf(kind), textOf(number)]));
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
