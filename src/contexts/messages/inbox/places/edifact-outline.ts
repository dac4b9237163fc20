import type { Leaf, Outline, Span, Spot } from './outline.ts';

/** A segment and where it and its components stand. */
interface Segment extends Span {
  readonly tag: string;
  readonly elements: readonly (readonly Leaf[])[];
}

interface Marks {
  readonly component: string;
  readonly element: string;
  readonly release: string;
  readonly end: string;
}

/** Where the segments of an EDIFACT text stand, counted as its reader counts them; for showing, never for deciding. */
export function outlineEdifact(text: string): Outline {
  const start = text.search(/UN[AB]/);
  const segments = start < 0 ? [] : segmentsOf(text, start);
  return {
    spotAt: (path) => spotAt(segments, text, path),
    leaves: segments.flatMap(({ elements }) => elements.flat()),
    holderOf: (leaf) => {
      const holder = segments.find(({ from, to }) => from <= leaf.from && leaf.to <= to);
      return holder ? { ...spotOf(holder), isExact: true } : null;
    },
  };
}

const spotOf = ({ from, to }: Span): Spot => ({ from, to, inner: { from, to }, isExact: true });

function marksOf(text: string): Marks {
  if (text.startsWith('UNA')) {
    const [component = ':', element = '+', , release = '?', , end = "'"] = [...text.slice(3, 9)];
    return { component, element, release, end };
  }
  const component = /^UNB.[A-Z]{4}(\W)/.exec(text)?.[1] ?? ':';
  const end = ["'", '~', '\u001c', '\n'].find((mark) => text.includes(mark)) ?? "'";
  return { component, element: text[3] ?? '+', release: '?', end };
}

function segmentsOf(text: string, start: number): Segment[] {
  const marks = marksOf(text.slice(start));
  const segments: Segment[] = [];
  let at = text.startsWith('UNA', start) ? start + 9 : start;
  while (at < text.length) {
    while (/[\r\n ]/.test(text[at] ?? '')) at += 1;
    const end = nextMark(text, at, marks.end, marks.release);
    if (end > at) segments.push(segmentOf(text, { from: at, to: end }, marks));
    at = end + 1;
  }
  return segments;
}

/** The next mark that is not released; the end of the text where there is none. */
function nextMark(text: string, from: number, mark: string, release: string, to = text.length) {
  for (let at = from; at < to; at += 1) {
    if (text[at] === release && release !== ' ') at += 1;
    else if (text[at] === mark) return at;
  }
  return to;
}

function* parts(text: string, { from, to }: Span, mark: string, release: string): Generator<Span> {
  for (let at = from; at <= to; ) {
    const end = nextMark(text, at, mark, release, to);
    yield { from: at, to: end };
    at = end + 1;
  }
}

function segmentOf(text: string, span: Span, { component, element, release }: Marks): Segment {
  const [tag, ...elements] = parts(text, span, element, release);
  const leaf = ({ from, to }: Span): Leaf => {
    const written = text.slice(from, to);
    const plain = written.replaceAll(/./gs, (mark, at) =>
      mark === release && written[at - 1] !== release ? '' : mark,
    );
    return { from, to, text: plain };
  };
  return {
    // Its terminator belongs to it, where there is one.
    ...{ from: span.from, to: Math.min(span.to + 1, text.length) },
    tag: tag ? text.slice(tag.from, tag.to) : '',
    elements: elements.map((each) => [...parts(text, each, component, release)].map(leaf)),
  };
}

/** `7 NAD/3/2` is the second component of the third element of the seventh segment; `UNB` the first of that name. */
function spotAt(segments: readonly Segment[], text: string, path: string): Spot | null {
  const [head = '', element, component] = path.split('/');
  const [name = ''] = head.split(' ');
  if (name === 'UNA') {
    const from = text.indexOf('UNA');
    return from < 0 ? null : spotOf({ from, to: from + 9 });
  }
  const segment = /^\d+$/.test(name)
    ? segments[Number(name) - 1]
    : segments.find(({ tag }) => tag === name);
  if (!segment) return null;
  if (element === undefined) return spotOf(segment);
  const components = segment.elements[Number(element) - 1] ?? [];
  const [first, last] = component
    ? [components[Number(component) - 1], components[Number(component) - 1]]
    : [components[0], components.at(-1)];
  return first && last && first.from < last.to
    ? spotOf({ from: first.from, to: last.to })
    : { ...spotOf(segment), isExact: false };
}
