import { Unit } from './unit.ts';
import { readWord } from './word.ts';

/** Metals of one charge, and ammonium. */
const CATIONS: Readonly<Record<string, readonly [element: string, charge: number]>> = {
  ...{ lithium: ['Li', 1], sodium: ['Na', 1], potassium: ['K', 1], rubidium: ['Rb', 1] },
  ...{ cesium: ['Cs', 1], silver: ['Ag', 1], ammonium: ['N', 1], magnesium: ['Mg', 2] },
  ...{ calcium: ['Ca', 2], strontium: ['Sr', 2], barium: ['Ba', 2], zinc: ['Zn', 2] },
  ...{ cadmium: ['Cd', 2], aluminium: ['Al', 3], lanthanum: ['La', 3] },
};
const HYDROGENS: Readonly<Record<string, number>> = { ammonium: 4 };
const COUNTS: Readonly<Record<string, number>> = { mono: 1, di: 2, tri: 3, tetra: 4, hexa: 6 };
const CATION = new RegExp(`^(mono|di|tri|tetra|hexa)?(${Object.keys(CATIONS).join('|')})$`);
const HYDROGEN = /^(mono|di|tri)?hydrogen$/;

/** A metal's salt of an acid, ions side by side: `disodium terephthalate`; `null` where the charges do not come out. */
export function saltOf(words: readonly string[]): Unit | null {
  const [cation, ...rest] = words;
  const found = CATION.exec(cation ?? '');
  const last = rest.at(-1);
  if (!found || last === undefined || rest.length > 2) return null;
  const hydrogen = rest.length === 2 ? HYDROGEN.exec(rest[0] as string) : null;
  if (rest.length === 2 && !hydrogen) return null;
  const anion = readWord(last);
  if (!anion?.isAnion || anion.free.length > 0) return null;
  const [element, charge] = CATIONS[found[2] as string] as readonly [string, number];
  const kept = hydrogen ? (COUNTS[hydrogen[1] ?? 'mono'] as number) : 0;
  const open = anion.sites.length - kept;
  if (open <= 0) return null;
  const [cations, anions] = ratio(charge, open);
  if (found[1] && COUNTS[found[1]] !== cations) return null;
  if (anion.times > 1 && anion.times !== anions) return null;
  const whole = new Unit(anion);
  for (let i = 1; i < anions; i += 1) whole.molecule.take(anion.molecule);
  // Hydrogens of oxygens are told apart by their number alone.
  whole.molecule.change(anion.sites[0] as number, -open * anions);
  for (let i = 0; i < cations; i += 1)
    whole.molecule.add(element, HYDROGENS[found[2] as string] ?? 0);
  return whole;
}

function ratio(charge: number, open: number): [cations: number, anions: number] {
  let common = Math.min(charge, open);
  while (charge % common !== 0 || open % common !== 0) common -= 1;
  return [open / common, charge / common];
}

const HALIDES: Readonly<Record<string, string>> = {
  ...{ hydrochloride: 'Cl', hydrobromide: 'Br', hydroiodide: 'I', hydrofluoride: 'F' },
};
const HALIDE = new RegExp(`^(mono|di|tri|tetra)?(${Object.keys(HALIDES).join('|')})$`);

/** The acid a base's salt was made with, and how many of it; `null` where the word says none. */
export function acidBeside(word: string): { element: string; count: number } | null {
  const found = HALIDE.exec(word);
  if (!found) return null;
  return {
    element: HALIDES[found[2] as string] as string,
    count: COUNTS[found[1] ?? 'mono'] as number,
  };
}
