import { normalise } from './normalise.ts';

/**
 * Retained and older names beside the systematic ones, and British beside American spelling: the same
 * thing said twice. Longest first; each is replaced as letters stand, hyphens and locants included.
 */
const SAID_OTHERWISE: readonly (readonly [string, string])[] = [
  ['sulphur', 'sulfur'],
  ['sulph', 'sulf'],
  ['aluminum', 'aluminium'],
  ['caesium', 'cesium'],
  ['1,1-dimethylethyl', 'tert-butyl'],
  ['2-methylpropan-2-yl', 'tert-butyl'],
  ['2-methyl-2-propanyl', 'tert-butyl'],
  ['tertiary', 'tert'],
  ['secondary', 'sec'],
  ['1-methylpropyl', 'sec-butyl'],
  ['butan-2-yl', 'sec-butyl'],
  ['2-methylpropyl', 'isobutyl'],
  ['3-methylbutyl', 'isopentyl'],
  ['isoamyl', 'isopentyl'],
  ['1-methylethyl', 'isopropyl'],
  ['propan-2-yl', 'isopropyl'],
  ['1-methylethylidene', 'isopropylidene'],
  ['prop-2-en-1-yl', 'allyl'],
  ['prop-2-enyl', 'allyl'],
  ['2-propen-1-yl', 'allyl'],
  ['2-propenyl', 'allyl'],
  ['2-propenoic', 'acrylic'],
  ['prop-2-enoic', 'acrylic'],
  ['2-methyl-2-propenoic', 'methacrylic'],
  ['2-methylprop-2-enoic', 'methacrylic'],
  ['2-propenoate', 'acrylate'],
  ['prop-2-enoate', 'acrylate'],
  ['2-propenamide', 'acrylamide'],
  ['2-propenenitrile', 'acrylonitrile'],
  ['prop-2-enenitrile', 'acrylonitrile'],
  ['ethenyl', 'vinyl'],
  ['phenylmethyl', 'benzyl'],
  ['benzenemethanol', 'benzyl alcohol'],
  ['phenylmethanol', 'benzyl alcohol'],
  ['benzenamine', 'aniline'],
  ['benzeneamine', 'aniline'],
  ['pentoxide', 'pentaoxide'],
  ['tetroxide', 'tetraoxide'],
  ['monoxide', 'oxide'],
  ['benzeneacetic', 'phenylacetic'],
  ['benzeneacetonitrile', 'phenylacetonitrile'],
  ['benzeneethanol', 'phenethyl alcohol'],
  ['2-phenylethyl', 'phenethyl'],
  ['2-phenylethanol', 'phenethyl alcohol'],
  ['benzenecarboxylic', 'benzoic'],
  ['1,2-benzenedicarboxylic', 'phthalic'],
  ['benzene-1,2-dicarboxylic', 'phthalic'],
  ['1,3-benzenedicarboxylic', 'isophthalic'],
  ['benzene-1,3-dicarboxylic', 'isophthalic'],
  ['1,4-benzenedicarboxylic', 'terephthalic'],
  ['benzene-1,4-dicarboxylic', 'terephthalic'],
  ['1,2-benzenedicarboxylate', 'phthalate'],
  ['1,4-benzenedicarboxylate', 'terephthalate'],
  ['methanoic', 'formic'],
  ['methanoate', 'formate'],
  ['ethanoic', 'acetic'],
  ['ethanoate', 'acetate'],
  ['ethanoyl', 'acetyl'],
  ['propanoic', 'propionic'],
  ['propanoate', 'propionate'],
  ['butanoic', 'butyric'],
  ['butanoate', 'butyrate'],
  ['pentanoic', 'valeric'],
  ['pentanoate', 'valerate'],
  ['dodecanoic', 'lauric'],
  ['dodecanoate', 'laurate'],
  ['hexadecanoic', 'palmitic'],
  ['octadecanoic', 'stearic'],
  ['octadecanoate', 'stearate'],
  ['ethanedioic', 'oxalic'],
  ['ethanedioate', 'oxalate'],
  ['propanedioic', 'malonic'],
  ['propanedioate', 'malonate'],
  ['butanedioic', 'succinic'],
  ['butanedioate', 'succinate'],
  ['pentanedioic', 'glutaric'],
  ['hexanedioic', 'adipic'],
  ['hexanedioate', 'adipate'],
  ['decanedioic', 'sebacic'],
  ['decanedioate', 'sebacate'],
  ['2-butenedioic acid (z)', 'maleic acid'],
  ['2-butenedioic acid (e)', 'fumaric acid'],
  ['2-hydroxypropanoic', 'lactic'],
  ['methylbenzenesulfon', 'toluenesulfon'],
  ['1,2-ethanediol', 'ethylene glycol'],
  ['ethane-1,2-diol', 'ethylene glycol'],
  ['1,2-propanediol', 'propylene glycol'],
  ['propane-1,2-diol', 'propylene glycol'],
  ['1,2,3-propanetriol', 'glycerol'],
  ['propane-1,2,3-triol', 'glycerol'],
  ['glycerin ', 'glycerol '],
  ['glycerine', 'glycerol'],
  ['methanamine', 'methylamine'],
  ['ethanamine', 'ethylamine'],
  ['1,2-ethanediamine', 'ethylenediamine'],
  ['ethane-1,2-diamine', 'ethylenediamine'],
  ['1,6-hexanediamine', 'hexamethylenediamine'],
  ['hexane-1,6-diamine', 'hexamethylenediamine'],
  ['2-propanone', 'acetone'],
  ['propan-2-one', 'acetone'],
  ['propanone', 'acetone'],
  ['isopropanol', '2-propanol'],
  ['isopropyl alcohol', '2-propanol'],
  ['tert-butyl alcohol', '2-methyl-2-propanol'],
  ['tert-butanol', '2-methyl-2-propanol'],
  ['sec-butyl alcohol', '2-butanol'],
  ['sec-butanol', '2-butanol'],
  ['isobutanol', '2-methylpropanol'],
  ['isobutyl alcohol', '2-methylpropanol'],
  ['allyl alcohol', '2-propen-1-ol'],
  ['amyl alcohol', 'pentanol'],
  ['yl alcohol', 'anol'],
  ['chloranyl', 'chloro'],
  ['fluoranyl', 'fluoro'],
  ['bromanyl', 'bromo'],
  ['iodanyl', 'iodo'],
  ['oxidanylidene', 'oxo'],
  ['oxidanyl', 'hydroxy'],
  ['azanyl', 'amino'],
  ['mercaptan', 'thiol'],
  ['hydroxylammonium', 'hydroxylamine'],
  ['lauryl', 'dodecyl'],
  ['myristyl', 'tetradecyl'],
  ['cetyl', 'hexadecyl'],
  ['stearyl', 'octadecyl'],
  ['methanal', 'formaldehyde'],
  ['ethanal', 'acetaldehyde'],
  ['propanal', 'propionaldehyde'],
  ['butanal', 'butyraldehyde'],
  ['acetic aldehyde', 'acetaldehyde'],
  ['chlorinated lime', 'calcium hypochlorite'],
  ['chloroethylene', 'vinyl chloride'],
  ['chloroethene', 'vinyl chloride'],
  ['ethene', 'ethylene'],
  ['propene', 'propylene'],
  ['hydroxybenzene', 'phenol'],
  ['monoethanolamine', '2-aminoethanol'],
  ['ferric', 'iron(iii)'],
  ['ferrous', 'iron(ii)'],
  ['cupric', 'copper(ii)'],
  ['cuprous', 'copper(i)'],
  ['stannic', 'tin(iv)'],
  ['stannous', 'tin(ii)'],
  ['mercuric', 'mercury(ii)'],
  ['mercurous', 'mercury(i)'],
  ['cobaltous', 'cobalt(ii)'],
  ['cobaltic', 'cobalt(iii)'],
  ['nickelous', 'nickel(ii)'],
  ['manganous', 'manganese(ii)'],
  ['ceric', 'cerium(iv)'],
  ['cerous', 'cerium(iii)'],
  ['plumbous', 'lead(ii)'],
  ['bisulfite', 'hydrogensulfite'],
  ['bisulfate', 'hydrogensulfate'],
  ['bicarbonate', 'hydrogencarbonate'],
  ['bichromate', 'dichromate'],
  ['peroxodisulfate', 'persulfate'],
  ['peroxydisulfate', 'persulfate'],
  ['hydrosulfite', 'dithionite'],
  ['orthophosph', 'phosph'],
];

const OTHERWISE = new Map(SAID_OTHERWISE);
/** Words that would be found inside others: `cetyl` in acetyl, `ethanal` in methanal. */
const WHOLE = new Set(['cetyl', 'ethanal', 'ethene', 'propene']);
const OTHERWISE_FORMS = new RegExp(
  [...OTHERWISE.keys()]
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[()]/g, '\\$&'))
    .map((form) => (/^\d/.test(form) ? `(?<![\\d,])${form}` : form))
    .map((form) => (WHOLE.has(form) ? `(?<![a-z])${form}` : form))
    .join('|'),
  'g',
);

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
  /\s*[([](?:≥|>|≤|<|containing|with |in |not |stabili|pyrophoric|powder|solid|liquid|gas|anhydrous|solution|technical|pure|mixture of|mixed|isomer|all isomers|and its)[^()[\]]*[)\]]|\s*\.{2,3}\s*%?|,? (?:and its salts?|salts? of)$|,? (?:anhydrous|stabili[sz]ed|compressed|liquefied|powder|dust|solid|liquid|flakes?|solution|molten|technical)(?=,|$)/g;
const STATE =
  /[([]|\.\.|anhyd|stabili|compress|liquefied|powder|dust|solid|liquid|flake|solution|molten|technical|salt/;
const REMARKS =
  /\s*[([](?:iso|inn|usan|usp|jan|ban|bsi|ci|tn|[0-9]+ci(?:,\s*[0-9]+ci)*|[0-9]+:[0-9]+(?:\.\d+)?|[0-9]|compound|van|unspecified|general|acgih|ca dpr.*?|mart\..*?|who-?dd|ep|nf)[)\]]/g;

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
  name = name.replace(OTHERWISE_FORMS, (form) => OTHERWISE.get(form) ?? form);
  name = name.replace(POSITIONS, (letter) => POSITION[letter] ?? '');
  const inverted = /^(ether|ketone|(?:di)?sulfide|sulfone|sulfoxide|peroxide), (.+)$/.exec(name);
  if (inverted) name = `${inverted[2]} ${inverted[1]}`;
  if (name.includes(', ')) name = uninvert(name);
  if (name.includes(' acid ') && name.endsWith('ester'))
    name = name.replace(
      /^(.*?)(\w+) acid (.+?)(?: mono)? ?(di|tri|tetra)?ester$/,
      (_, head, acid, group, times = '') => `${times}${group} ${head}${saltOf(acid)}`,
    );
  if (/[a-z)] ?\((?:\d\+|\+\d|i{1,3}v?|iv|vi?)\)/.test(name))
    name = name.replace(
      / ?\((\d)\+\)|\(\+(\d)\)|\((i{1,3}|iv|vi?)\)/g,
      (_, a, b, roman) => ` ${VALENCE[a ?? b ?? roman] ?? ''} `,
    );
  return name.replace(OTHERWISE_FORMS, (form) => OTHERWISE.get(form) ?? form).trim();
}

const VALENCE: Readonly<Record<string, string>> = {
  ...{ 1: 'mono', 2: 'di', 3: 'tri', 4: 'tetra', 5: 'penta', 6: 'hexa' },
  ...{ i: 'mono', ii: 'di', iii: 'tri', iv: 'tetra', v: 'penta', vi: 'hexa' },
};

/** `p-` is 4, and the chain that is not branched needs no letter to say so. */
const POSITION: Readonly<Record<string, string>> = { 'o-': '2-', 'm-': '3-', 'p-': '4-' };
const POSITIONS =
  /(?<![a-z\d'])(?:[omp]-(?=[a-z])|n-(?=(?:prop|but|pent|hex|hept|oct|non|dec|undec|dodec|tetradec|hexadec|octadec|amyl)yl|(?:prop|but|pent|hex|hept|oct|non|dec)an))/g;

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
  return `${after.join('')}${[...prefixes, head].join('-')}`;
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
