import { Refused } from '../../../kernel/refusal.ts';
import matrix from './matrix.json' with { type: 'json' };

/** A class of the table. */
export type TableClass = string;

/** What a package is labelled with: its class or division, and those of its subsidiary risks. */
export interface Labels {
  readonly class: string;
  readonly subsidiary: readonly string[];
}

/** Divisions of class 1 that share a column of the table. */
const SHARED: Readonly<Record<string, TableClass>> = { '1.2': '1.1', '1.5': '1.1', '1.6': '1.3' };
const CLASSES: ReadonlySet<TableClass> = new Set(matrix.classes);
/** `1.1D`: a compatibility group follows a division of class 1, and nothing else. */
const EXPLOSIVE = /^(1\.[1-6])([A-HJKLNS])?$/;

/** The column a class is found in; `null` for what the table does not know, as `1` or `4.4`. */
export function tableClass(text: string): TableClass | null {
  const written = text.trim().toUpperCase();
  const division = EXPLOSIVE.exec(written)?.[1] ?? written;
  const shared = SHARED[division] ?? division;
  return CLASSES.has(shared) ? shared : null;
}

/** The columns of all labels, the class first. Whatever the table does not know is refused, all of it at once. */
export function tableClasses(labels: Labels, path: string): TableClass[] {
  const written = [
    { text: labels.class, at: `${path}.class` },
    ...labels.subsidiary.map((text, index) => ({ text, at: `${path}.subsidiary[${index}]` })),
  ];
  const unknown = written.filter(({ text }) => tableClass(text) === null);
  if (unknown.length > 0) {
    throw new Refused(
      'invalid',
      unknown.map(({ text, at }) => ({
        code: 'chemicals.class_unknown',
        path: at,
        seen: text,
        legalBasis: 'IMDG 7.2.4',
      })),
    );
  }
  return written.map(({ text }) => tableClass(text) as TableClass);
}

/** The compatibility group of an explosive, where one is written. */
export const compatibilityGroup = (text: string): string | null =>
  EXPLOSIVE.exec(text.trim().toUpperCase())?.[2] ?? null;
