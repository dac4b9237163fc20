// A message as a page shows it: whatever was sent, it can be looked at; what is large is shown in part and said to be; and
// every field that may be understood has a name in both languages.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMessage } from '../reading/read.ts';
import { drawFrom, fixtures, mutate } from '../reading/testing.ts';
import { MessageView, SHOWN_CHARACTERS_MAX, SHOWN_ENTRIES_MAX } from './contract.ts';
import { viewOf } from './view.ts';

/** As it is kept when it came in and nothing of it was filed. */
function viewed(bytes: Buffer): MessageView {
  const { documents, problems } = readMessage(bytes);
  const told = problems.map(({ params, ...problem }) => ({ ...problem, params: { ...params } }));
  const understood = documents.map(({ document }) => document);
  return viewOf(bytes, { documents: [], problems: told }, understood);
}

test('whatever was sent can be looked at, and every place is within it', () => {
  const messages = fixtures().map(({ bytes }) => bytes);
  const draw = drawFrom(20_261_122);
  let placed = 0;
  for (let n = 0; n < 80; n += 1) {
    const [one, other] = [messages[draw(messages.length)], messages[draw(messages.length)]];
    const view = MessageView.parse(viewed(mutate(one as Buffer, other as Buffer, draw)));
    for (const { place } of view.problems) {
      if (!place) continue;
      placed += 1;
      expect(place.from).toBeGreaterThanOrEqual(0);
      expect(place.to).toBeGreaterThanOrEqual(place.from);
      expect(place.to).toBeLessThanOrEqual(view.raw.length);
    }
  }
  expect(placed).toBeGreaterThan(50);
});

test('a large message is shown in part, on both sides, and a problem behind it keeps its place', () => {
  const bills = Array.from(
    { length: 1_200 },
    (_, n) => `<Consignment><TransportContractDocument><ID>B${n}</ID></TransportContractDocument>
<TotalPackageQuantity>${n === 1_199 ? 'many' : n + 1}</TotalPackageQuantity>
<Consignor><Name>${'Elbe Handels GmbH, Hamburg '.repeat(8)}</Name></Consignor></Consignment>`,
  );
  const text = `<Manifest><Head><MessageType>MT1401</MessageType></Head><Declaration>${bills.join('\n')}</Declaration></Manifest>`;
  const view = viewed(Buffer.from(text));
  expect(view).toMatchObject({ rawIsWhole: false, understoodIsWhole: false, syntax: 'xml' });
  expect(view.raw).toBe(text.slice(0, SHOWN_CHARACTERS_MAX));
  expect(view.understood[0]?.bills).toHaveLength(SHOWN_ENTRIES_MAX);
  const { place } = view.problems.find(({ seen }) => seen === 'many') ?? {};
  expect(text.slice(place?.from, place?.to)).toContain('>many<');
  expect(place?.from).toBeGreaterThan(SHOWN_CHARACTERS_MAX);
});

test('what was kept without an order is shown in that of the message', () => {
  const text =
    "UNB+UNOA:1+A+B+260101:1200+1'UNH+1+CUSCAR:D:96B:UN'BGM+85+M1+9'CNI+1+B1'UNT+4+1'UNZ+1+1'";
  const [whole] = readMessage(Buffer.from(text)).documents;
  const turned = Object.fromEntries(Object.entries(whole?.document ?? {}).reverse());
  const view = viewOf(Buffer.from(text), { documents: [], problems: [] }, [turned]);
  expect(Object.keys(turned)).not.toEqual(Object.keys(whole?.document ?? {}));
  expect(JSON.stringify(view.understood[0])).toBe(JSON.stringify(whole?.document));
});

test('a problem that names no part of it is shown by its line', () => {
  const view = viewOf(
    Buffer.from('one\ntwo\nthree'),
    { documents: [], problems: [{ code: 'messages.not_a_message', path: '/x', line: 2 }] },
    [],
  );
  const { place } = view.problems[0] ?? {};
  expect(view.raw.slice(place?.from, place?.to)).toBe('two');
});

test.each(['zh', 'en'])(
  'every field that is understood of our messages has a name: %s',
  (language) => {
    const file = new URL(`../../../../web/src/locales/${language}/fields.json`, import.meta.url);
    const names: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
    const found = new Set<string>();
    const walk = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      for (const [name, each] of Object.entries(value)) {
        if (!Array.isArray(value)) found.add(name);
        walk(each);
      }
    };
    for (const { bytes } of fixtures()) {
      for (const { document } of readMessage(bytes).documents) walk(document);
    }
    expect(found.size).toBeGreaterThan(150);
    expect([...found].filter((name) => !names[name])).toEqual([]);
  },
);
