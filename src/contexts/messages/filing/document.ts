import { isUscc } from '../../../kernel/codes.ts';
import { seen } from '../../../kernel/refusal.ts';
import type { MessageProblem } from '../contract.ts';
import type { Document } from '../reading/table.ts';

/** Reads our document leaf by leaf and keeps what is wanting in it for what is to be filed. */
export interface Leaves {
  readonly problems: MessageProblem[];
  text(path: string): string | null;
  count(path: string): number | null;
  list(path: string): readonly Document[];
  /** As `text`; told where it is not there. */
  needed(path: string): string | null;
  /** A text no longer than what is filed has room for; told where it is longer, and never cut. */
  code(
    path: string,
    max: number,
    translate?: (code: string | null) => string | null,
  ): string | null;
  say(code: string, path: string, value?: unknown): void;
}

export function leavesOf(document: Document): Leaves {
  const problems: MessageProblem[] = [];
  const say: Leaves['say'] = (code, path, value) => {
    problems.push({ code, path, ...(value !== undefined && { seen: seen(value) }) });
  };
  const text = (path: string): string | null => {
    const value = leafAt(document, path);
    return typeof value === 'string' || typeof value === 'number'
      ? String(value).trim() || null
      : null;
  };
  return {
    problems,
    say,
    text,
    count: (path) => {
      const value = leafAt(document, path);
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
    },
    list: (path) => {
      const value = leafAt(document, path);
      return Array.isArray(value) ? (value as Document[]) : [];
    },
    needed: (path) => {
      const value = text(path);
      if (value === null) say('messages.needed', path);
      return value;
    },
    code: (path, max, translate = (code) => code) => {
      const value = text(path);
      const code = translate(value);
      if (code === null || code.length <= max) return code;
      say('messages.code_unknown', path, value);
      return null;
    },
  };
}

/** `lines[2].hsCode`, or `lines.2.hsCode`, in a document. */
function leafAt(document: Document, path: string): unknown {
  let at: unknown = document;
  for (const name of path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** The social credit code of a party: given as such, or as the party's id. */
export function usccAt(leaves: Leaves, path: string): string | null {
  const given = leaves.text(`${path}.uscc`);
  if (given !== null) return given;
  const id = leaves.text(`${path}.id`);
  return id !== null && isUscc(id) ? id : null;
}

/** A filing made of a document; `null` where something stands against it. */
export interface Mapped<Input> {
  readonly input: Input | null;
  readonly problems: readonly MessageProblem[];
}

/** What was told as an error keeps a document from being filed. */
export const mapped = <Input>(input: Input, { problems }: Leaves): Mapped<Input> => ({
  input: problems.some(({ severity }) => severity !== 'warning') ? null : input,
  problems,
});
