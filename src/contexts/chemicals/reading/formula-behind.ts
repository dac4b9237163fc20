import { type Atoms, atomsOf, NO_ATOMS, plus } from './atoms.ts';

/** Metals with the letters by which names tell them; of two readings of `cs2` the one whose metal is named is right. */
const NAMED: Readonly<Record<string, string>> = Object.fromEntries(
  `li lithi|be beryll|na sodi|mg magnesi|al alumin|k potassi|ca calci|sc scandi|ti titan|v vanad|cr chrom|mn mangan|fe iron|fe ferr|co cobalt|ni nickel
cu copper|cu cupr|zn zinc|ga galli|ge german|rb rubidi|sr stronti|y yttri|zr zircon|nb niob|mo molybd|tc techneti|ru rutheni|rh rhodi|pd pallad|ag silver|cd cadmi
in indi|sn tin|sn stann|sb antimon|te tellur|cs cesi|ba bari|la lanthan|ce ceri|pr praseodym|nd neodym|sm samari|eu europi|gd gadolini|tb terbi|dy dyspros|ho holmi
er erbi|tm thuli|yb ytterbi|lu luteti|hf hafni|ta tantal|w tungst|re rheni|os osmi|ir iridi|pt platin|au gold|au aur|hg mercur|tl thalli|pb lead|pb plumb|bi bismut|th thori|u urani|u uranat`
    .split(/[|\n]/)
    .map((entry) => entry.split(' '))
    .reduce<[string, string][]>((all, [symbol = '', stem = '']) => {
      const known = all.find(([other]) => other === symbol);
      if (known) known[1] += `|${stem}`;
      else all.push([symbol, stem]);
      return all;
    }, []),
);
const NON_METALS = new Set([
  'h',
  'b',
  'c',
  'n',
  'o',
  'f',
  'p',
  's',
  'i',
  'cl',
  'br',
  'si',
  'as',
  'se',
  'xe',
  'kr',
]);

/**
 * The atoms of a formula that stands in brackets behind a name, as the index of Chemical Abstracts puts it: `titanium
 * fluoride (tif4)`; `null` where there is none. Capitals are lost by then, so a metal counts only where the name has it.
 */
export function formulaBehind(canonical: string): Atoms | null {
  const found = /^([a-z][a-z ,()-]+) \(([a-z][a-z\d()]*\d[a-z\d()]*|[a-z]{2,4})\)$/.exec(canonical);
  if (!found) return null;
  const [, name = '', formula = ''] = found;
  const isNamed = (symbol: string): boolean =>
    NON_METALS.has(symbol) || (NAMED[symbol] ?? '?').split('|').some((stem) => name.includes(stem));
  return formula.length > 24 ||
    !Object.keys(NAMED).some((metal) => formula.includes(metal) && isNamed(metal))
    ? null
    : read(formula, isNamed);
}

/** A name without the formulas that stand in brackets behind it or behind a word of it. */
export const withoutFormula = (canonical: string): string =>
  canonical.includes('(') ? canonical.replace(FORMULA, '') || canonical : canonical;

const SYMBOL =
  '(?:h|li|be|b|c|n|o|f|na|mg|al|si|p|s|cl|k|ca|sc|ti|v|cr|mn|fe|co|ni|cu|zn|ga|ge|as|se|br|rb|sr|y|zr|nb|mo|ru|rh|pd|ag|cd|in|sn|sb|te|i|cs|ba|la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu|hf|ta|w|re|os|ir|pt|au|hg|tl|pb|bi|th|u)';
/** Symbols and counts, at least one of these. */
const FORMULA = new RegExp(
  `(?<=[a-z]) ?\\((?=[^ ]*\\d)(?:${SYMBOL}\\d*|\\((?:${SYMBOL}\\d*)+\\)\\d*)+\\)(?=$|[ ,])`,
  'g',
);

/** Reads elements and groups in brackets to the end, the longer symbol first. */
function read(formula: string, isNamed: (symbol: string) => boolean): Atoms | null {
  if (formula === '') return NO_ATOMS;
  const group = /^\(([^()]+)\)(\d*)/.exec(formula);
  if (group) {
    const [inner, rest] = [
      read(group[1] ?? '', isNamed),
      read(formula.slice(group[0].length), isNamed),
    ];
    return inner && rest ? plus(rest, inner, Number(group[2] || 1)) : null;
  }
  for (const length of [2, 1]) {
    const symbol = formula.slice(0, length);
    if (!/^[a-z]+$/.test(symbol) || symbol.length < length || !isNamed(symbol)) continue;
    const count = /^\d*/.exec(formula.slice(length))?.[0] ?? '';
    const rest = read(formula.slice(length + count.length), isNamed);
    const written = `${symbol[0]?.toUpperCase()}${symbol.slice(1)}`;
    if (rest) return plus(rest, atomsOf(written), Number(count || 1));
  }
  return null;
}
