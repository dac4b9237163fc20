import type { MessageProblem, Receipt } from '../contract.ts';
import { looksLikeEdifact } from '../reading/edifact.ts';
import { createProblems } from '../reading/problems.ts';
import { readMessage } from '../reading/read.ts';
import { decodeText } from '../reading/text.ts';
import {
  type MessageView,
  type PlacedProblem,
  SHOWN_CHARACTERS_MAX,
  SHOWN_ENTRIES_MAX,
  type TextPlace,
} from './contract.ts';
import { outlineEdifact } from './places/edifact-outline.ts';
import type { Documents } from './places/fields.ts';
import type { Outline, Spot } from './places/outline.ts';
import { createTrace, type Trace } from './places/trace.ts';
import { outlineXml } from './places/xml-outline.ts';

/** Longer messages are not searched for places: problems show their line. */
const SEARCHED_CHARACTERS_MAX = 500_000;

type Understood = MessageView['understood'];

/**
 * A message as it is looked at: its text, what was understood, and every problem with its place in both.
 * What is too large for a page is shown in part, and said to be.
 */
export function viewOf(
  bytes: Buffer,
  { documents, problems }: Pick<Receipt, 'documents' | 'problems'>,
  understood: Understood,
): MessageView {
  const text = decodeText(bytes, createProblems());
  const syntax = looksLikeEdifact(text) ? 'edifact' : text.includes('<') ? 'xml' : null;
  const places = placesIn(text, syntax);
  const ordered = understood.map((each, n) => orderedAs(places?.read[n]?.document, each));
  const shown = shortened(ordered);
  return {
    syntax,
    raw: text.slice(0, SHOWN_CHARACTERS_MAX),
    rawIsWhole: text.length <= SHOWN_CHARACTERS_MAX,
    understood: shown ?? ordered,
    understoodIsWhole: shown === null,
    problems: [
      ...problems.map((problem) => ofMessage(problem, text, places)),
      ...documents.flatMap((each, n) => each.problems.map((one) => ofDocument(one, n, places))),
    ],
  };
}

interface Places {
  /** What is understood of the text now, in the order it stands there. */
  readonly read: Documents;
  readonly outline: Outline;
  readonly trace: Trace;
}

function placesIn(text: string, syntax: MessageView['syntax']): Places | null {
  if (syntax === null || text.length > SEARCHED_CHARACTERS_MAX) return null;
  const outline = syntax === 'xml' ? outlineXml(text) : outlineEdifact(text);
  const again = (each: string): Documents => readMessage(Buffer.from(each)).documents;
  const read = again(text);
  return { read, outline, trace: createTrace(text, outline, read, again) };
}

/** A document with its fields in the order of another: as kept, they have none. */
function orderedAs<Value>(other: unknown, value: Value): Value {
  if (value === null || typeof value !== 'object') return value;
  if (other === null || typeof other !== 'object') return value;
  const like = other as Readonly<Record<string, unknown>>;
  if (Array.isArray(value)) {
    return value.map((each: unknown, n) => orderedAs(like[n], each)) as Value;
  }
  const names = new Set([...Object.keys(like), ...Object.keys(value)]);
  const own = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...names]
      .filter((name) => Object.hasOwn(own, name))
      .map((name) => [name, orderedAs(like[name], own[name])]),
  ) as Value;
}

const placeOf = ({ from, to, isExact }: Spot): TextPlace => ({ from, to, isExact });

/** A problem of the message names a place in the text. */
function ofMessage(problem: MessageProblem, text: string, places: Places | null): PlacedProblem {
  const spot = problem.path ? (places?.outline.spotAt(problem.path) ?? null) : null;
  const fields = spot && places ? places.trace.fieldsOf(spot) : [];
  const place = spot ? placeOf(spot) : lineOf(text, problem.line);
  return { ...problem, document: null, place, fields };
}

/** A problem of what was to be filed names a field of our document. */
function ofDocument(problem: MessageProblem, n: number, places: Places | null): PlacedProblem {
  if (!problem.path) return { ...problem, document: n, place: null, fields: [] };
  const field = { document: n, path: problem.path };
  const spot = places?.trace.spotOf(field) ?? null;
  return { ...problem, document: n, place: spot && placeOf(spot), fields: [field] };
}

function lineOf(text: string, line: number | undefined): TextPlace | null {
  if (line === undefined) return null;
  let from = 0;
  for (let n = 1; n < line; n += 1) {
    from = text.indexOf('\n', from) + 1;
    if (from === 0) return null;
  }
  const end = text.indexOf('\n', from);
  return { from, to: end < 0 ? text.length : end, isExact: true };
}

/** The beginning of each list of what is too much for a page; `null` where all of it fits. */
function shortened(understood: Understood): Understood | null {
  if (JSON.stringify(understood).length <= SHOWN_CHARACTERS_MAX) return null;
  const cut = JSON.stringify(understood.slice(0, SHOWN_ENTRIES_MAX), (_, value: unknown) =>
    Array.isArray(value) ? value.slice(0, SHOWN_ENTRIES_MAX) : value,
  );
  return JSON.parse(cut) as Understood;
}
