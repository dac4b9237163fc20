import type { Refusal } from '../../../kernel/refusal.ts';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { MESSAGE_BYTES_MAX } from '../contract.ts';
import { STANDARDS } from '../standards/index.ts';
import { looksLikeEdifact, segmentPlace } from './edifact.ts';
import { type Message, parseEdifact } from './interchange.ts';
import { createProblems, type Problem, type Problems } from './problems.ts';
import { mendSpelling, vocabularyOf } from './spelling.ts';
import type { EdifactStandard, Understood, XmlForm, XmlStandard } from './standard.ts';
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
  const anchors = roots.flatMap((root) => anchorsOf(root, known.forms));
  checkNamespace(standard, anchors[0]?.anchor ?? null, problems);
  const documents = anchors.flatMap(({ form, anchor, root }) =>
    form
      .read({ anchor, root }, problems)
      .map((document) => ({ standard: form.standard, kind: form.kind, document })),
  );
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
    const found: Element[] = [];
    const next: Element[] = [];
    for (const element of level) {
      if (forms.has(element.key)) found.push(element);
      for (const child of element.children) next.push(child);
    }
    if (found.length > 0) return found;
    level = next;
  }
  return [];
}

function anchorsOf(root: Element, forms: ReadonlyMap<string, XmlForm>): Anchor[] {
  return nearestAnchors([root], forms).flatMap((anchor) => {
    const form = forms.get(anchor.key);
    return form ? [{ anchor, root, form }] : [];
  });
}

/** An exchange platform wraps a message as text in base 64; what is inside is read as if it had come alone. */
function readCarried(roots: readonly Element[], problems: Problems): Understood[] {
  const data = roots[0]?.children.find(({ key }) => key === 'data')?.text ?? '';
  if (roots[0]?.key === 'dxpmsg' && data !== '') {
    return understand(Buffer.from(data, 'base64'), problems);
  }
  return refuse('messages.standard_unknown', { path: '/', seen: seen(roots[0]?.name ?? '') });
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
  const types = interchanges.flatMap(({ messages }) => messages);
  if (types.length === 0) refuse('messages.not_a_message');
  const documents = interchanges.flatMap((interchange) =>
    interchange.messages.flatMap((message) => {
      const standard = EDIFACT.get(message.type);
      if (!standard) {
        const told = { seen: seen(message.type) };
        problems.error('messages.standard_unknown', segmentPlace(message.head, 2), told);
        return [];
      }
      if (!message.segments.some(({ tag }) => tag === 'BGM')) {
        // Without its beginning nobody knows which document it is, or what is to be done with it.
        problems.error('messages.missing', segmentPlace(message.head, 'BGM'));
        return [];
      }
      const kind = typeof standard.kind === 'function' ? standard.kind(message) : standard.kind;
      return [
        { standard: standard.type, kind, document: standard.read(message, interchange, problems) },
      ];
    }),
  );
  if (documents.length === 0) refuseAll(types);
  return documents;
}

function refuseAll(messages: readonly Message[]): never {
  const unknown = messages.find(({ type }) => !EDIFACT.has(type));
  if (!unknown) refuse('messages.says_nothing', { path: '1' });
  throw new Refused('invalid', []);
}
