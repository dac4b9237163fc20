import type { Stowed } from '../../src/contexts/chemicals/segregation/stowage.ts';

/**
 * Written apart from what it checks: 49 CFR 176.83(b) as carriers print it, with the two cells in
 * which the present IMDG table differs, and a ship measured in metres, every pair of boxes compared.
 */
const PRINTED = `
1.1 1.2 1.5 | * * * 4 2 2 4 4 4 4 4 4 2 4 2 4 X
1.3 1.6     | * * * 4 2 2 4 3 3 4 4 4 2 4 2 2 X
1.4         | * * * 2 1 1 2 2 2 2 2 2 X 4 2 2 X
2.1         | 4 4 2 X X X 2 1 2 X 2 2 X 4 2 1 X
2.2         | 2 2 1 X X X 1 X 1 X X 1 X 2 1 X X
2.3         | 2 2 1 X X X 2 X 2 X X 2 X 2 1 X X
3           | 4 4 2 2 1 2 X X 2 1 2 2 X 3 2 X X
4.1         | 4 3 2 1 X X X X 1 X 1 2 X 3 2 1 X
4.2         | 4 3 2 2 1 2 2 1 X 1 2 2 1 3 2 1 X
4.3         | 4 4 2 X X X 1 X 1 X 2 2 X 2 2 1 X
5.1         | 4 4 2 2 X X 2 1 2 2 X 2 1 3 1 2 X
5.2         | 4 4 2 2 1 2 2 2 2 2 2 X 1 3 2 2 X
6.1         | 2 2 X X X X X X 1 X 1 1 X 1 X X X
6.2         | 4 4 4 4 2 2 3 3 3 2 3 3 1 X 3 3 X
7           | 2 2 2 2 1 1 2 2 2 2 1 2 X 3 X 2 X
8           | 4 2 2 1 X X X 1 1 1 2 2 X 3 2 X X
9           | X X X X X X X X X X X X X X X X X`;
const LATER = new Set(['2.1 4.3', '4.3 2.1', '3 4.3', '4.3 3']);

const rows = PRINTED.trim()
  .split('\n')
  .map((line) => {
    const [names = '', cells = ''] = line.split('|');
    return { names: names.trim().split(/\s+/), cells: cells.trim().split(' ') };
  });

export const printedClasses = rows.flatMap(({ names }) => names);

function digit(a: string, b: string): number {
  const row = rows.find(({ names }) => names.includes(a));
  const column = rows.findIndex(({ names }) => names.includes(b));
  const cell = LATER.has(`${a} ${b}`) ? '2' : row?.cells[column];
  return cell === undefined || cell === 'X' || cell === '*' ? 0 : Number(cell);
}

const BAY_M = 6.1;
const ROW_M = 2.5;
/** Metres between the sides of two boxes; nothing where they overlap. */
const gap = (a: number, b: number, size: number): number =>
  Math.max(0, Math.abs(a - b) * size - size);

/** The pairs that stand too near, as `a b level`. */
export function slowlyConflicting(stowed: readonly Stowed[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < stowed.length; i += 1) {
    for (let j = i + 1; j < stowed.length; j += 1) {
      const [a, b] = [stowed[i] as Stowed, stowed[j] as Stowed];
      const labels = (box: Stowed) => box.goods.map((it) => [it.class, ...it.subsidiary]);
      let level = 0;
      for (const one of labels(a).flat())
        for (const other of labels(b).flat()) level = Math.max(level, digit(one, other));
      if (level > 0 && tooNear(a, b, level)) found.push(`${a.id} ${b.id} ${level}`);
    }
  }
  return found;
}

function tooNear(a: Stowed, b: Stowed, level: number): boolean {
  const fore = gap(a.bay, b.bay, BAY_M);
  const side = gap(a.row, b.row, ROW_M);
  const decks = [a, b].filter(({ place }) => place === 'deck').length;
  switch (level) {
    case 1:
      return false;
    case 2:
      if (decks === 1) return false;
      if (decks === 0 && a.place !== b.place) return false;
      return fore < 6 && side < 2.4;
    case 3:
      if (decks === 1) return false;
      return decks === 2 ? fore < 6 && side < 4.8 : a.place === b.place;
    default:
      return fore < 24 || (decks === 0 && a.place === b.place);
  }
}
