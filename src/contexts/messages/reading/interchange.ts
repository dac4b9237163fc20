import { Refused } from '../../../kernel/refusal.ts';
import { type Marks, parseSegments, type Segment, segmentPlace } from './edifact.ts';
import type { Problems } from './problems.ts';
import { centuryOf, readTime } from './values.ts';

export interface Interchange {
  readonly sender: string;
  readonly receiver: string;
  readonly reference: string;
  readonly preparedAt: string | null;
  /** What the sender's program calls its messages. */
  readonly application: string;
  /** It says that it is a test. */
  readonly isTest: boolean;
  readonly mark: '.' | ',';
  readonly messages: Message[];
}

export interface Message {
  readonly reference: string;
  /** `CUSCAR`. */
  readonly type: string;
  /** `D:95B:UN:LOT10`. */
  readonly version: string;
  readonly accessReference: string;
  /** The reference of the group (UNG) it stands in. */
  readonly group: string;
  readonly head: Segment;
  /** Between `UNH` and `UNT`. */
  readonly segments: Segment[];
}

/** The interchanges of a file. What the trailers count is compared with what is there, and told. */
export function parseEdifact(text: string, problems: Problems): Interchange[] {
  const { marks, segments } = parseSegments(text, problems);
  return interchangesOf(segments, marks, problems);
}

const at = (segment: Segment | undefined, element: number, component = 0): string =>
  segment?.elements[element]?.[component] ?? '';

/** What is open while segments are sorted into messages, groups and interchanges. */
interface Open {
  readonly interchanges: Interchange[];
  readonly problems: Problems;
  readonly decimal: '.' | ',';
  interchange: Interchange | null;
  message: Message | null;
  group: Group | null;
  groups: number;
}

interface Group {
  readonly reference: string;
  messages: number;
}

function interchangesOf(
  segments: readonly Segment[],
  { decimal }: Marks,
  problems: Problems,
): Interchange[] {
  const open: Open = {
    interchanges: [],
    problems,
    decimal,
    interchange: null,
    message: null,
    group: null,
    groups: 0,
  };
  for (const segment of segments) {
    const { tag } = segment;
    const service =
      tag.charCodeAt(0) === U && tag.charCodeAt(1) === N ? SERVICE.get(tag) : undefined;
    if (service !== undefined) service(segment, open);
    else if (open.message !== null) open.message.segments.push(segment);
    else problems.once('', 'messages.outside_the_root', () => segmentPlace(segment));
  }
  if (open.message !== null) {
    const { path } = segmentPlace(segments.at(-1) ?? open.message.head);
    throw new Refused('invalid', { code: 'messages.cut_off', path });
  }
  if (open.interchange !== null && open.interchange.reference !== '') {
    problems.warning('messages.interchange_not_closed', { path: 'UNB' });
  }
  for (const interchange of open.interchanges) tellTwice(interchange, problems);
  return open.interchanges;
}

const [U, N] = [0x55, 0x4e];
const SERVICE = new Map(
  Object.entries<(segment: Segment, open: Open) => void>({
    UNB: (segment, open) => {
      tellUnclosed(open);
      openInterchange(segment, open);
    },
    UNG: (segment, open) => {
      tellUnclosed(open);
      open.group = { reference: at(segment, 4), messages: 0 };
      open.groups += 1;
    },
    UNH: (segment, open) => {
      tellUnclosed(open);
      if (open.interchange === null) {
        open.problems.warning('messages.no_interchange', segmentPlace(segment));
      }
      const { messages } = open.interchange ?? openInterchange(undefined, open);
      open.message = messageOf(segment, open.group?.reference ?? '');
      if (open.group) open.group.messages += 1;
      messages.push(open.message);
    },
    UNT: (segment, open) => {
      if (open.message !== null) checkTrailer(segment, open.message, open.problems);
      open.message = null;
    },
    UNE: (segment, open) => {
      tellUnclosed(open);
      const { group, problems } = open;
      if (group !== null) checkEnd(segment, group.messages, group.reference, problems);
      open.group = null;
    },
    UNZ: (segment, open) => {
      tellUnclosed(open);
      const { interchange, groups } = open;
      if (interchange !== null) {
        const counted = groups > 0 ? groups : interchange.messages.length;
        checkEnd(segment, counted, interchange.reference, open.problems);
      }
      open.interchange = null;
    },
  }),
);

function tellUnclosed(open: Open): void {
  if (open.message === null) return;
  open.problems.warning('messages.message_not_closed', segmentPlace(open.message.head));
  open.message = null;
}

function openInterchange(head: Segment | undefined, open: Open): Interchange {
  const interchange: Interchange = {
    sender: at(head, 1),
    receiver: at(head, 2),
    preparedAt: preparedAt(at(head, 3), at(head, 3, 1)),
    reference: at(head, 4),
    application: at(head, 6),
    isTest: at(head, 10) === '1',
    mark: open.decimal,
    messages: [],
  };
  open.interchange = interchange;
  open.interchanges.push(interchange);
  open.group = null;
  open.groups = 0;
  return interchange;
}

/** Interchange dates have two digits for the year in syntax 1 to 3 and four in syntax 4. */
const preparedAt = (day: string, time: string): string | null =>
  readTime(`${day.length === 6 ? centuryOf(day) : ''}${day}${time}`).value;

const messageOf = (head: Segment, group: string): Message => ({
  reference: at(head, 0),
  type: at(head, 1),
  version: (head.elements[1] ?? []).slice(1).join(':'),
  accessReference: at(head, 2),
  group,
  head,
  segments: [],
});

function checkTrailer(trailer: Segment, message: Message, problems: Problems): void {
  const counted = message.segments.length + 2;
  if (at(trailer, 0) !== String(counted) && Number(at(trailer, 0)) !== counted) {
    const told = { seen: at(trailer, 0), params: { counted } };
    problems.warning('messages.segment_count', segmentPlace(trailer, 1), told);
  }
  tellReference(trailer, message.reference, problems);
}

function checkEnd(trailer: Segment, counted: number, reference: string, problems: Problems): void {
  if (Number(at(trailer, 0)) !== counted) {
    const told = { seen: at(trailer, 0), params: { counted } };
    problems.warning('messages.message_count', segmentPlace(trailer, 1), told);
  }
  if (reference !== '') tellReference(trailer, reference, problems);
}

function tellReference(trailer: Segment, expected: string, problems: Problems): void {
  if (at(trailer, 1) === expected) return;
  const told = { seen: at(trailer, 1), params: { expected } };
  problems.warning('messages.reference_differs', segmentPlace(trailer, 2), told);
}

/** Two messages of one interchange with one reference: an answer could not say which it means. */
function tellTwice({ messages }: Interchange, problems: Problems): void {
  if (messages.length < 2) return;
  const known = new Set<string>();
  for (const { reference, head } of messages) {
    if (known.has(reference)) {
      const told = { seen: reference };
      problems.once(reference, 'messages.reference_twice', () => segmentPlace(head, 1), told);
    }
    known.add(reference);
  }
}
