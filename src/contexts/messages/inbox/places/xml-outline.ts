import { SaxesParser } from 'saxes';
import type { Leaf, Outline, Spot } from './outline.ts';

/** An element and where it stands: `from` at its `<`, `opened` behind its first tag, `closing` before its last. */
interface Element {
  readonly name: string;
  readonly parent: Element | null;
  readonly from: number;
  opened: number;
  closing: number;
  to: number;
  readonly children: Element[];
}

/** Ends a reading that has gone as far as it can. */
class Enough extends Error {}

/** Where the elements of an XML text stand, as far as it can be read; for showing, never for deciding. */
export function outlineXml(text: string): Outline {
  const start = Math.max(text.search(/<\?xml|<[A-Za-z]/), 0);
  const roots = elementsOf(text, start);
  const elements: Element[] = [];
  const walk = (element: Element): void => {
    elements.push(element);
    element.children.forEach(walk);
  };
  roots.forEach(walk);
  return {
    spotAt: (path) => spotAt(roots, path),
    leaves: elements.flatMap((element) => leavesOf(text, element)),
    holderOf: (leaf) => {
      const element = elements.find(({ from, to }) => from <= leaf.from && leaf.to <= to);
      const holder = element ? innermost(element, leaf).parent : null;
      return holder && shown(holder);
    },
  };
}

function elementsOf(text: string, start: number): Element[] {
  const roots: Element[] = [];
  let current = null as Element | null;
  const parser = new SaxesParser({ position: true, xmlns: false });
  const at = (): number => start + parser.position;
  parser.on('doctype', () => {
    throw new Enough();
  });
  // A slip in the text moves nothing; what can no longer be nested ends by itself.
  parser.on('error', () => undefined);
  parser.on('opentagstart', ({ name }) => {
    const from = text.lastIndexOf('<', at() - 1);
    const element = { name, parent: current, from, children: [] };
    current = { ...element, opened: at(), closing: text.length, to: text.length };
    (current.parent?.children ?? roots).push(current);
  });
  parser.on('opentag', () => {
    if (current !== null) current.opened = at();
  });
  parser.on('closetag', () => {
    if (current === null) return;
    current.to = at();
    const last = text.lastIndexOf('</', current.to - 1);
    current.closing = Math.max(current.opened, last < current.opened ? current.opened : last);
    current = current.parent;
  });
  try {
    parser.write(text.slice(start)).close();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return roots;
}

function innermost(element: Element, place: Pick<Leaf, 'from' | 'to'>): Element {
  const child = element.children.find(({ from, to }) => from <= place.from && place.to <= to);
  return child ? innermost(child, place) : element;
}

/** A value is shown with its tags, what holds others by its first tag. */
const shown = ({ children, from, opened, closing, to }: Element): Spot => ({
  from,
  to: children.length === 0 ? to : opened,
  inner: { from: opened, to: closing },
  isExact: true,
});

/** `/Signature/Object/Package[2]/Name@unit`, or the nearest that holds it. */
function spotAt(roots: readonly Element[], path: string): Spot | null {
  let level = roots;
  let found: Element | null = null;
  for (const step of path.split('/').slice(1)) {
    const [, name = '', count = '1', attribute] = /^([^[@]*)(?:\[(\d+)\])?(@.*)?$/.exec(step) ?? [];
    const next = level.filter((element) => element.name === name)[Number(count) - 1];
    if (!next) return found && { ...shown(found), isExact: false };
    found = next;
    level = next.children;
    if (attribute) return { ...shown(next), isExact: false };
  }
  return found && shown(found);
}

function leavesOf(text: string, { from, opened, closing, children }: Element): Leaf[] {
  const attributes = [...text.slice(from, opened).matchAll(/=\s*(["'])(.*?)\1/gs)].map((match) => {
    const value = match[2] ?? '';
    const at = from + match.index + match[0].length - 1 - value.length;
    return { from: at, to: at + value.length, text: value };
  });
  if (children.length > 0 || opened >= closing) return attributes;
  const value = text.slice(opened, closing);
  return [...attributes, { from: opened, to: closing, text: unescaped(value) }];
}

const NAMED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

const unescaped = (text: string): string =>
  text
    .replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')
    .replace(/&(?:lt|gt|quot|apos|amp);/g, (name) => NAMED[name] ?? name)
    .trim();
