import { normalise } from './normalise.ts';
import { sayAlike } from './say-alike.ts';

/** The acid's name and that of its salts and esters, by its ending. */
const ANIONS: readonly (readonly [RegExp, string])[] = [
  [/hydrochloric$/, 'chloride'],
  [/hydrobromic$/, 'bromide'],
  [/hydriodic$/, 'iodide'],
  [/hydrofluoric$/, 'fluoride'],
  [/sulfuric$/, 'sulfate'],
  [/sulfurous$/, 'sulfite'],
  [/phosphoric$/, 'phosphate'],
  [/phosphorous$/, 'phosphite'],
  [/ic$/, 'ate'],
  [/ous$/, 'ite'],
];

function saltOf(acid: string): string {
  for (const [ending, of] of ANIONS) if (ending.test(acid)) return acid.replace(ending, of);
  return acid;
}

/** What registers add to say in what state, how pure, or with what: not part of the name. */
const STATES =
  /\s*[([](?:≥|>|≤|<|containing|with |in |not |internal use|and its salts|stabili|pyrophoric|powder|solid|liquid|gas|anhydrous|solution|technical|pure|mixture of|mixed|isomer|all isomers|and its)[^()[\]]*[)\]]|,? solution\b[^,]*%.*$|,? ?\.{2,}\s*%?(?: solution)?|,? (?:and its salts?|salts? of)$|,? (?:ultra|extra|very)[- ](?:dry|pure)(?=,|$)|, obtained by .*$|,? (?:anhydrous|stabili[sz]ed|compressed|liquefied|powder|dust|solid|liquid|flakes?|solution|molten|technical)(?=,|$)/g;
const STATE =
  /[([]|\.\.|anhyd|stabili|compress|liquefied|powder|dust|solid|liquid|flake|solution|molten|technical|salt|internal|ultra|extra|obtained/;
const REMARKS =
  /\s*[([](?:iso|inn|usan|usp|jan|ban|bsi|ci|tn|[0-9]+ci(?:,\s*[0-9]+ci)*|[0-9]+:[0-9]+(?:\.\d+)?|[0-9]|compound|van|unspecified|general|(?:german|french|dutch|italian|polish|czech|spanish|japanese|russian|swedish|hungarian)|(?:inn|isnm|usan)-[a-z]+|acgih|ca dpr.*?|mart\..*?|who-?dd|ep|nf)[)\]]/g;

/**
 * The same name in one spelling, so far as rules can say it: remarks of registers left out, the inverted
 * names of the Chemical Abstracts index turned round (`acetic acid, ethyl ester` is `ethyl acetate`),
 * oxidation numbers and retained names in one form. Chinese is spelt as in the national standards.
 */
export function canonical(text: string): string {
  return canonicalOf(normalise(text));
}

/** The same for a text that is normalised already. */
export function canonicalOf(normalised: string): string {
  let name = normalised;
  if (/[([]/.test(name)) name = name.replace(REMARKS, '');
  if (STATE.test(name)) name = name.replace(STATES, '') || name;
  if (/\p{Script=Han}/u.test(name)) return inChinese(name);
  if (name.includes('t-butyl')) name = name.replace(/(?<![a-z])t-butyl/g, 'tert-butyl');
  if (name.includes('(')) name = name.replace(LIGANDS, '');
  if (name.includes('ylene bis')) name = name.replace(/(?<=ylene) (?=bis[([])/g, '');
  if (name.includes('icacid')) name = name.replace(/icacid(?![a-z])/g, 'ic acid');
  name = sayAlike(name);
  if (name.includes('ethene')) name = name.replace(/(?<!m)ethene/g, 'ethylene');
  if (name.includes('a,a')) name = name.replace(ALPHAS, (run) => run.replaceAll('a', 'alpha'));
  name = name.replace(
    OF_ESTERS.test(name) ? NORMAL : POSITIONS,
    (letter) => POSITION[letter] ?? '',
  );
  if (name.includes(', ')) name = name.replace(GREEK_SPACED, ',');
  if (name.endsWith('-')) name = name.replace(/^([a-z]{4,}(?: acid)?),(?=\S)/, '$1, ');
  const inverted = /^(ether|ketone|(?:di)?sulfide|sulfone|sulfoxide|peroxide), (.+)$/.exec(name);
  if (inverted) name = `${inverted[2]} ${inverted[1]}`;
  if (name.includes(', ')) name = uninvert(name);
  if (name.includes(' acid ') && name.endsWith('ester'))
    name = name.replace(
      /^(.*?)(\w+) acid (.+?)(?: mono)? ?(di|tri|tetra)?ester$/,
      (_, head, acid, group, times = '') => `${times}${group} ${head}${saltOf(acid)}`,
    );
  if (name.includes('(')) name = name.replace(VALENCE, valence);
  name = name.replace(SESQUI, '$1$3 $2$4');
  return sayAlike(name).trim();
}

/** `diantimony trioxide`, which older lists call `antimony trioxide`: the two atoms go without saying. */
const SESQUI =
  /^di(?:([a-z]+) (penta)|(antimony|arsenic|phosphorus|boron|bismuth|iron|aluminium|indium|gallium|scandium|yttrium|lanthanum|cerium|praseodymium|neodymium|samarium|europium|gadolinium|terbium|dysprosium|holmium|erbium|thulium|ytterbium|lutetium|rhodium|thallium|cobalt|nickel) (tri))(?=(?:ox|sulf|selen|tellur)ide$)/;

/** A space after the comma of locants: `α, α-`. */
const GREEK_SPACED =
  /(?<=(?:^|[^a-z])(?:alpha|beta|gamma|omega|[anos?]|\d+'*)), (?=(?:alpha|beta|gamma|omega|[anos?]|\d+)[,-])/g;

/** `a,a,a-trifluoro`, typed without Greek letters. */
const ALPHAS = /(?<![a-z\d])a(?:,a)+(?=[,-])/g;

/** An oxidation number, with the metal where the anion of one element of two charges follows. */
const VALENCE =
  /([a-z]+) ?\((?:(\d)\+|\+(\d)|(i{1,3}|iv|vi?))\) ?((?:ox|sulf|selen|tellur)ide)(?![a-z])|(?<=[a-z)]) ?\((?:(\d)\+|\+(\d)|(i{1,3}|iv|vi?))\)/g;
const NUMERALS: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5, vi: 6 };
const TIMES = ['', 'mono', 'di', 'tri', 'tetra', 'penta', 'hexa'];

/**
 * `(ii)` counts the anions that have one charge: iron(ii) chloride is iron dichloride. Of oxides and their kin there are
 * half as many: platinum(ii) oxide is platinum oxide and not the dioxide, iron(iii) oxide diiron trioxide.
 */
function valence(_: string, ...[metal, a, b, roman, anion, c, d, numeral]: string[]): string {
  const number = NUMERALS[roman ?? numeral ?? ''] ?? Number(a ?? b ?? c ?? d);
  if (metal === undefined || anion === undefined) return ` ${TIMES[number] ?? ''} `;
  if (number === 1) return `di${metal} ${anion}`;
  if (number % 2 === 1) return `di${metal} ${TIMES[number]}${anion}`;
  return `${metal} ${number === 2 ? '' : TIMES[number / 2]}${anion}`;
}

/** `p-` is 4, and the chain that is not branched needs no letter to say so. */
const POSITION: Readonly<Record<string, string>> = { 'o-': '2-', 'm-': '3-', 'p-': '4-' };
const NORMAL =
  /(?<![a-z\d'])(?:[mp]-(?=[a-z])|n-(?=(?:prop|but|pent|hex|hept|oct|non|dec|undec|dodec|tetradec|hexadec|octadec|amyl)yl|(?:prop|but|pent|hex|hept|oct|non|dec)an))/g;
const POSITIONS = new RegExp(NORMAL.source.replace('[mp]', '[omp]'), 'g');
/** Names in which `o-` and `s-` say at which atom an ester is made. */
const OF_ESTERS = /phosph|thioate|carbamothio|thiocarb|oxime/;

/** How ligands stand about a metal, by the index of Chemical Abstracts. */
const LIGANDS = /,? ?\((?:t-4|oc-6-\d+|sp-4-\d|tb-5-\d+)\)-/g;

const HAND = /^\(?(?:cis|trans|[\drsezl,+a-]+|d|dl|\+-)\)?$/;

/** `benzene, 1-chloro-2,4-dinitro-` → `1-chloro-2,4-dinitrobenzene`; salts and esters of acids by their ions. */
function uninvert(name: string): string {
  const [heading = '', ...rest] = name.split(/,\s+/);
  let head = heading;
  const prefixes: string[] = [];
  const after: string[] = [];
  for (const part of rest) {
    const ester = /^(?:(mono|di|tri|tetra)?-?)(.+?) ester(?:, .*)?$/.exec(part);
    const salt = /^(.+?) salt$/.exec(part);
    const acid = /^(.*?)(\w+) (?:acid)$/.exec(head);
    if (part.endsWith('-')) prefixes.push(part.slice(0, -1));
    else if ((ester || salt) && acid) {
      const group = ester ? `${ester[1] === 'mono' ? '' : (ester[1] ?? '')}${ester[2]}` : salt?.[1];
      head = `${acid[1]}${saltOf(acid[2] ?? '')}`;
      after.unshift(`${group} `);
    } else if (
      /^(?:mono|di|tri)?hydro(?:chlor|brom|iod|fluor)ide$|hydrate$|sulfate|maleate/.test(part)
    )
      head = `${head} ${part}`;
    else if (/^\(?[+-]?\)?[-(]?[rszedl+-]/.test(part) && part.length < 12) prefixes.push(part);
    else head = `${head} ${part}`;
  }
  const isHand = (prefix: string): boolean => HAND.test(prefix);
  const ordered = [...prefixes.filter(isHand), ...prefixes.filter((prefix) => !isHand(prefix))];
  return `${after.join('')}${[...ordered, head].join('-')}`;
}

const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/冰?醋酸酐|冰?醋酐/g, '乙酸酐'],
  [/冰?醋酸/g, '乙酸'],
  [/蚁酸/g, '甲酸'],
  [/二(?:恶|噁|氧六环)烷?/g, '二氧六环'],
  [/苯甲基/g, '苄基'],
  [/代|化学品|试剂/g, ''],
  [/重碳酸/g, '碳酸氢'],
  [/[亜]/g, '亚'],
  [/[烟]碱/g, '烟碱'],
  [/酒精/g, '乙醇'],
];

function inChinese(name: string): string {
  let text = name;
  for (const [form, one] of CHINESE) text = text.replace(form, one);
  return text;
}

/** Letters, digits and signs of writing alone, in their order: what two spellings of one name share. */
export const squash = (name: string): string => name.replace(/[^a-z0-9\p{Script=Han}+]/gu, '');
