import { compatibilityGroup, type Labels, type TableClass, tableClasses } from './hazard.ts';
import matrix from './matrix.json' with { type: 'json' };

/** How far two goods keep apart: 0 where the table has no general rule. */
export type Level = 0 | 1 | 2 | 3 | 4;

export interface Requirement {
  readonly level: Level;
  /** The two labels that ask for the most. */
  readonly between: readonly [string, string];
  /** Two explosives: their compatibility groups decide (7.2.7), and are not always written. */
  readonly explosives: 'together' | 'apart' | 'notEvaluated' | null;
}

const ROWS = matrix.rows as Readonly<Record<TableClass, string>>;
const COLUMN = new Map(matrix.classes.map((name, index) => [name, index]));

/**
 * Explosives that may share a space, by compatibility group (IMDG 7.2.7.1.4, from memory): those of
 * one group, except L; C, D, E and G with each other; S with all but A and L. Group N stands with C,
 * D, E and S. What the table's footnotes condition further is answered `apart`.
 */
const TOGETHER = new Set('CD CE CG CN DE DG DN EG EN BS CS DS ES FS GS HS JS KS NS'.split(' '));

/** What the table says of two classes; `*` between explosives. */
function cell(a: TableClass, b: TableClass): string {
  return ROWS[a]?.[COLUMN.get(b) ?? -1] ?? 'X';
}

/** The strictest requirement between any label of one and any label of the other. Unknown classes are refused. */
export function required(a: Labels, b: Labels): Requirement {
  const left = tableClasses(a, 'a');
  const right = tableClasses(b, 'b');
  let level: Level = 0;
  let between: [string, string] = [a.class, b.class];
  let isExplosive = false;
  left.forEach((one, i) => {
    right.forEach((other, j) => {
      const says = cell(one, other);
      if (says === '*') isExplosive = true;
      const asks = says === '*' || says === 'X' ? 0 : (Number(says) as Level);
      if (asks <= level) return;
      level = asks;
      between = [written(a, i), written(b, j)];
    });
  });
  return { level, between, explosives: isExplosive ? explosives(a.class, b.class) : null };
}

const written = ({ class: own, subsidiary }: Labels, index: number): string =>
  [own, ...subsidiary][index] ?? own;

function explosives(a: string, b: string): Requirement['explosives'] {
  const [one, other] = [compatibilityGroup(a), compatibilityGroup(b)];
  if (one === null || other === null) return 'notEvaluated';
  if (one === other) return one === 'L' ? 'apart' : 'together';
  return TOGETHER.has([one, other].toSorted().join('')) ? 'together' : 'apart';
}
