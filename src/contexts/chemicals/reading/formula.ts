const ELEMENTS = new Set(
  `H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb
  Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg
  Tl Pb Bi Th U`.split(/\s+/),
);

/**
 * The composition of a formula in Hill's order, `H2O4S` for `H2SO4`; `null` where it is not one. It must be
 * written with its capitals: `no` is a word, `NO` may be nitric oxide.
 */
export function compositionOf(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[·•*.](\d*)H2O$/, (_, n) => `(H2O)${n || 1}`)
    .replace(/\s+/g, '');
  if (plain.length < 2 || plain.length > 60 || !/^[A-Z([]/.test(plain)) return null;
  const counts = new Map<string, number>();
  if (!count(plain, 1, counts) || counts.size === 0) return null;
  if (counts.size === 1 && !/\d/.test(plain)) return null;
  return hill(counts);
}

function count(text: string, times: number, counts: Map<string, number>): boolean {
  let rest = text;
  while (rest !== '') {
    const group = /^[([]([^()[\]]+)[)\]](\d{0,3})/.exec(rest);
    const element = /^([A-Z][a-z]?)(\d{0,4})/.exec(rest);
    if (group) {
      if (!count(group[1] ?? '', times * Number(group[2] || 1), counts)) return false;
      rest = rest.slice(group[0].length);
    } else if (element && ELEMENTS.has(element[1] ?? '')) {
      const sign = element[1] ?? '';
      counts.set(sign, (counts.get(sign) ?? 0) + times * Number(element[2] || 1));
      rest = rest.slice(element[0].length);
    } else return false;
  }
  return true;
}

function hill(counts: ReadonlyMap<string, number>): string {
  const hasCarbon = counts.has('C');
  const rank = (sign: string): string =>
    hasCarbon && sign === 'C' ? '0' : hasCarbon && sign === 'H' ? '1' : `2${sign}`;
  return [...counts]
    .sort((a, b) => (rank(a[0]) < rank(b[0]) ? -1 : 1))
    .map(([sign, n]) => (n === 1 ? sign : `${sign}${n}`))
    .join('');
}
