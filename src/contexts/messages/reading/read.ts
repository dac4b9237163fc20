import type { Refusal } from '../../../kernel/refusal.ts';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { MESSAGE_BYTES_MAX } from '../contract.ts';
import { STANDARDS } from '../standards/index.ts';
import { looksLikeEdifact, type Segment, segmentPlace } from './edifact.ts';
import { type Interchange, type Message, parseEdifact } from './interchange.ts';
import { createProblems, type Problem, type Problems } from './problems.ts';
import { mendSpelling, vocabularyOf } from './spelling.ts';
import type { EdifactStandard, Understood, XmlForm, XmlStandard } from './standard.ts';
import { hasSubstance } from './substance.ts';
import { decodeText } from './text.ts';
import { type Element, keyOf, parseXml, pathOf, placeOf } from './xml.ts';

/** What was understood of a file: at least one document, or none and why. */
export interface ReadMessage {
  readonly documents: readonly Understood[];
  readonly problems: readonly Problem[];
}

const XML = STANDARDS.filter((one): one is XmlStandard => one.syntax === 'xml').map((standard) => ({
  standard,
  forms: new Map(Object.entries(standard.forms).map(([name, form]) => [keyOf(name), form])),
  words: vocabularyOf([...standard.words, ...Object.keys(standard.forms)]),
  anchors: vocabularyOf(Object.keys(standard.forms)),
}));
/** Which standard an element shows, by its key. */
const FORMS = new Map(XML.flatMap((known) => [...known.forms.keys()].map((key) => [key, known])));
const EDIFACT = new Map(
  STANDARDS.filter((one): one is EdifactStandard => one.syntax === 'edifact').map(
    (standard) => [standard.type, standard] as const,
  ),
);

/**
 * Reads a message of any standard we know, whatever it is called and however it is wrapped. It is refused
 * only when its meaning is lost: cut off, not a message, of no known standard, or made to do harm.
 */
export function readMessage(bytes: Buffer): ReadMessage {
  const problems = createProblems();
  try {
    return { documents: understand(bytes, problems), problems: problems.list() };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { documents: [], problems: [...problems.list(), ...error.refusals.map(asProblem)] };
  }
}

const asProblem = (refusal: Refusal): Problem => ({ path: '', ...refusal, severity: 'error' });

function refuse(code: string, told: Pick<Refusal, 'path' | 'seen' | 'params'> = {}): never {
  throw new Refused('invalid', { code, ...told });
}

function understand(bytes: Buffer, problems: Problems): Understood[] {
  if (bytes.length > MESSAGE_BYTES_MAX) {
    refuse('messages.too_large', { params: { max: MESSAGE_BYTES_MAX } });
  }
  const text = decodeText(bytes, problems);
  if (text.trim() === '') refuse('messages.empty');
  const start = startOf(text, problems);
  const documents = looksLikeEdifact(start)
    ? readEdifact(start, problems)
    : readXml(start, problems);
  const [, second] = documents;
  if (second) {
    const params = { count: documents.length };
    problems.warning('messages.several_documents', { path: '' }, { params });
  }
  return documents;
}

/** How far into a file a message may begin: mail headers and stray lines come before some. */
const JUNK_MAX = 2_000;

function startOf(text: string, problems: Problems): string {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('<') || looksLikeEdifact(trimmed)) return trimmed;
  const head = trimmed.slice(0, JUNK_MAX);
  const found = /<\?xml|<[A-Za-z][\w:.-]*[\s/>]|UNA[^A-Za-z0-9]{4} ?.|UNB[^A-Za-z0-9]UNO/.exec(
    head,
  );
  if (!found || /^[[{]|^%PDF|^PK/.test(trimmed)) refuse('messages.not_a_message');
  problems.warning(
    'messages.outside_the_root',
    { path: '' },
    { seen: seen(head.slice(0, found.index)) },
  );
  return trimmed.slice(found.index);
}

/* ---------------------------------------------------------------- XML */

function readXml(text: string, problems: Problems): Understood[] {
  const roots = parseXml(text, problems);
  const known = recognise(roots);
  if (!known) return readCarried(roots, problems);
  const { standard, words } = known;
  mendSpelling(roots, words, problems);
  const anchors = anchorsOf(roots, known.forms);
  checkNamespace(standard, anchors[0]?.anchor ?? null, problems);
  const documents: Understood[] = [];
  for (const { form, anchor, root } of anchors) {
    const { standard: name, kind } = form;
    for (const document of form.read({ anchor, root }, problems)) {
      const called = form.called?.(document) ?? null;
      const understood = { standard: name, kind, document };
      documents.push(called === null ? understood : { ...understood, ...called });
    }
  }
  if (documents.length === 0)
    refuse('messages.says_nothing', { path: pathOf(roots[0] as Element) });
  return documents;
}

type Known = (typeof XML)[number];

function recognise(roots: readonly Element[]): Known | null {
  const known = FORMS.get(nearestAnchors(roots, FORMS)[0]?.key ?? '');
  if (known) return known;
  // A misspelt first element is mended by the standard whose it is nearest to.
  for (const one of XML) {
    mendSpelling(roots, one.anchors, createProblems());
    if (nearestAnchors(roots, one.forms).length > 0) return one;
  }
  return null;
}

const WRAPPERS_MAX = 9;

interface Anchor {
  readonly anchor: Element;
  readonly root: Element;
  readonly form: XmlForm;
}

/** The elements nearest to the top that show a form, all of one depth. */
function nearestAnchors(
  roots: readonly Element[],
  forms: { has(key: string): boolean },
): readonly Element[] {
  let level: readonly Element[] = roots;
  for (let depth = 0; depth < WRAPPERS_MAX && level.length > 0; depth += 1) {
    const found = level.filter(({ key }) => forms.has(key));
    if (found.length > 0) return found;
    const next: Element[] = [];
    for (const { children } of level) for (const child of children) next.push(child);
    level = next;
  }
  return [];
}

function anchorsOf(
  roots: readonly Element[],
  forms: ReadonlyMap<string, XmlForm>,
): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (const root of roots) {
    for (const anchor of nearestAnchors([root], forms)) {
      const form = forms.get(anchor.key);
      if (form !== undefined) anchors.push({ anchor, root, form });
    }
  }
  return anchors;
}

/**
 * A message that stands as text in an element: in base 64 as an exchange platform wraps it, or as it is in the call
 * of a service. What is inside is read as if it had come alone.
 */
function readCarried(roots: readonly Element[], problems: Problems): Understood[] {
  const data = roots[0]?.children.find(({ key }) => key === 'data')?.text ?? '';
  if (roots[0]?.key === 'dxpmsg' && data !== '') {
    return understand(Buffer.from(data, 'base64'), problems);
  }
  const carried = carriedIn(roots);
  if (carried !== null) return understand(Buffer.from(carried), problems);
  return refuse('messages.standard_unknown', { path: '/', seen: seen(roots[0]?.name ?? '') });
}

const CARRIED = /^\s*<(?:\?xml|[A-Za-z])/;

/** The first text of an element that is a message by its look. */
function carriedIn(elements: readonly Element[]): string | null {
  for (const { text, children } of elements) {
    if (CARRIED.test(text) || looksLikeEdifact(text)) return text;
    const inside = carriedIn(children);
    if (inside !== null) return inside;
  }
  return null;
}

function checkNamespace(
  { namespace }: XmlStandard,
  anchor: Element | null,
  problems: Problems,
): void {
  if (!namespace || !anchor) return;
  const found = namespaceOf(anchor);
  if (!namespace.test(found)) {
    problems.warning('messages.namespace', placeOf(anchor), { seen: seen(found) });
  }
}

function namespaceOf(element: Element): string {
  const colon = element.name.indexOf(':');
  const name = colon < 0 ? 'xmlns' : `xmlns:${element.name.slice(0, colon)}`;
  for (let at: Element | null = element; at !== null; at = at.parent) {
    const found = at.attributes?.[name];
    if (found !== undefined) return found;
  }
  return '';
}

/* ---------------------------------------------------------------- EDIFACT */

function readEdifact(text: string, problems: Problems): Understood[] {
  const interchanges = parseEdifact(text, problems);
  const documents: Understood[] = [];
  for (const interchange of interchanges) {
    for (const message of interchange.messages) {
      const understood = readOne(message, interchange, problems);
      if (understood !== null) documents.push(understood);
    }
  }
  if (documents.length > 0) return documents;
  return refuseAll(interchanges.flatMap(({ messages }) => messages));
}

function readOne(
  message: Message,
  interchange: Interchange,
  problems: Problems,
): Understood | null {
  const standard = EDIFACT.get(message.type);
  if (!standard) {
    const told = { seen: seen(message.type) };
    problems.error('messages.standard_unknown', segmentPlace(message.head, 2), told);
    return null;
  }
  if (!message.segments.some(isBeginning)) {
    // Without its beginning nobody knows which document it is, or what is to be done with it.
    problems.error('messages.missing', segmentPlace(message.head, 'BGM'));
    return null;
  }
  const kind = typeof standard.kind === 'function' ? standard.kind(message) : standard.kind;
  const document = standard.read(message, interchange, problems);
  if (!hasSubstance(kind, document)) {
    problems.error('messages.says_nothing', segmentPlace(message.head));
    return null;
  }
  return { standard: standard.type, kind, document };
}

const isBeginning = ({ tag }: Segment): boolean => tag === 'BGM';

function refuseAll(messages: readonly Message[]): never {
  if (messages.length === 0) refuse('messages.not_a_message');
  const unknown = messages.find(({ type }) => !EDIFACT.has(type));
  if (!unknown) refuse('messages.says_nothing', { path: '1' });
  throw new Refused('invalid', []);
}
