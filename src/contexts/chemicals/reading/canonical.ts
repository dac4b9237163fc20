import { fromAbroad } from './from-abroad.ts';
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
  /\s*[([](?:≥|>|≤|<|containing|with |in |not |inhibited|internal use|and its salts|stabili|pyrophoric|powder|solid|liquid|gas|anhydrous|solution|technical|pure|mixture of|mixed|isomer|all isomers|and its)[^()[\]]*[)\]]|,? solution\b[^,]*%.*$|,? ?\.{2,}\s*%?(?: solution)?|,? (?:and its salts?|salts? of)$|,? (?:ultra|extra|very)[- ](?:dry|pure)(?=,|$)|, obtained by .*$|,? (?:anhydrous|stabili[sz]ed|compressed|liquefied|powder|dust|solid|liquid|flakes?|(?:standard )?solution|molten|refrigerated liquid|elemental|diluted?|inhibited|packaged for .*|technical|tech\.?|u\.s\.p\.?|n\.f\.?|puratronic\S*|granular)(?=,|$)/g;
const STATE =
  /[([]|\.\.|anhyd|stabili|compress|liquefied|powder|dust|solid|liquid|flake|solution|molten|tech|salt|internal|ultra|extra|obtained|refriger|element|dilute|inhibit|packaged|u\.s\.p|n\.f|puratronic|granular/;
const REGISTERS = String.raw`iso|inn|usan|usp|usf|jan|jp\d*|ban|bsi|bp|ci|tn|ep|nf|mi|fcc|fhfi|hsdb|vandf|dcf|dcit|ncf|obs\.?|esis|esl|ussr|acgih|iarc|iupac|who-?dd|van|va|[0-9]+ci|[0-9]+cl|inci|epa|acs|msds|mart\.?|n\.?f\.?|u\.?s\.?p\.?|german|french|dutch|italian|polish|czech|spanish|japanese|russian|swedish|hungarian|portuguese|latin|unspecified|general|compound|isnm`;
/** Registers in brackets, one or several: `(jp15/nf)`, `[bsi:iso]`, `(8ci,9ci)`, `[inn-french]`; and ratios, counts, what a program made of it. */
const REMARKS = new RegExp(
  String.raw`\s*[([](?:(?:${REGISTERS})(?:[\s,:;/-]+(?:${REGISTERS}))*|[0-9]+:[0-9]+(?:\.\d+)?|[0-9]|ca dpr.*?|(?:acd/|iupac |cas )?name.*?)[)\]]`,
  'g',
);

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
  name = fromAbroad(name);
  if (name.endsWith('saure')) name = `${name.slice(0, -5)}saeure`;
  if (name.includes('icacid')) name = name.replace(/icacid(?![a-z])/g, 'ic acid');
  if (UNREAD.test(name)) name = name.replace(LOST, 'alpha').replace(DOTTED, '$1');
  name = name.replace(SHORT_GREEK, (letter) => GREEK[letter] ?? letter).replace(BESIDE, besideOf);
  name = sayAlike(name);
  if (name.includes('ethene')) name = name.replace(/(?<!m)ethene/g, 'ethylene');
  if (name.includes('a,a')) name = name.replace(ALPHAS, (run) => run.replaceAll('a', 'alpha'));
  if (name.includes(', ')) name = name.replace(GREEK_SPACED, ',');
  if (name.endsWith('-')) name = name.replace(/^([a-z]{4,}(?: acid)?),(?=\S)/, '$1, ');
  const inverted = /^(ether|ketone|(?:di)?sulfide|sulfone|sulfoxide|peroxide), (.+)$/.exec(name);
  if (inverted) name = `${inverted[2]} ${inverted[1]}`;
  if (name.includes(', ')) name = uninvert(name);
  name = inOrder(name).replace(
    OF_ESTERS.test(name) ? NORMAL : POSITIONS,
    (letter) => POSITION[letter] ?? '',
  );
  if (name.includes('yl ')) name = name.replace(TWICE, 'di$1 $2');
  if (name.includes(' acid ') && name.endsWith('ester'))
    name = name.replace(
      /^(.*?)(\w+) acid (.+?)(?: mono)? ?(di|tri|tetra)?ester$/,
      (_, head, acid, group, times = '') => `${times}${group} ${head}${saltOf(acid)}`,
    );
  if (name.endsWith(' salt'))
    name = name.replace(SALT, (_, head, acid, metal) => `${metal} ${head}${saltOf(acid)}`);
  if (name.includes('(')) name = name.replace(VALENCE, valence);
  name = name.replace(SESQUI, '$1$3 $2$4');
  return sayAlike(name).trim();
}

/** `benzoic acid sodium salt`. */
const SALT =
  /^(.*?)(\w+) acid,? ((?:mono|di|tri|tetra)?(?:sodium|potassium|lithium|calcium|magnesium|barium|zinc|ammonium|silver|aluminium|cesium|strontium|cadmium)) salt$/;

/** `diantimony trioxide`, which older lists call `antimony trioxide`: the two atoms go without saying. */
const SESQUI =
  /^di(?:([a-z]+) (penta)|(antimony|arsenic|phosphorus|boron|bismuth|iron|aluminium|indium|gallium|scandium|yttrium|lanthanum|cerium|praseodymium|neodymium|samarium|europium|gadolinium|terbium|dysprosium|holmium|erbium|thulium|ytterbium|lutetium|rhodium|thallium|cobalt|nickel) (tri))(?=(?:ox|sulf|selen|tellur)ide$)/;

/** Greek between dots, as the index of Chemical Abstracts is typed; or lost, for which registers have a question mark. */
const UNREAD = /[.?]/;
const DOTTED = /\.(alpha|beta|gamma|delta|epsilon|omega|kappa|mu|eta|tau|pi|rho|sigma)\./g;
/** Beside the ring of toluene and of benzyl there is only alpha. */
const LOST =
  /(?<![a-z\d?])\?(?=(?:,\?)*-)(?=[^ ]*(?:tolu|benzyl))|(?<=\?,|alpha,)\?(?=(?:,\?)*-[^ ]*(?:tolu|benzyl))/g;
/** `b-` for beta, `w-` for omega; `d-` and `e-` are hands. */
const SHORT_GREEK = /(?<![a-z\d'[])[abgw](?=(?:,[abgw])*-\(?[a-z]{3})/g;
const GREEK: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', g: 'gamma', w: 'omega' };

/** `meta-aminoaniline`, `ortho anisidine`: where a second group stands beside the first; orthophosphates have no such place. */
const BESIDE =
  /(?<![a-z])(ortho|meta|para)[- ](?=(?:di|tri)?(?:amino|chlor|brom|fluor|iod|nitro|methyl|ethyl|methoxy|hydroxy|cresol|tolu|xyl|anis|phenet|phenyl|tert|cym|tolyl|vinyl|isoprop|benzo|acet))/g;
const BESIDE_LETTER: Readonly<Record<string, string>> = { ortho: 'o-', meta: 'm-', para: 'p-' };
const besideOf = (_: string, word: string): string => BESIDE_LETTER[word] ?? '';

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
  /(?<![a-z\d'])(?:[mp]-(?=[a-z])|n-(?=(?:prop|but|pent|hex|hept|oct|non|dec|undec|dodec|tridec|tetradec|pentadec|hexadec|octadec|icos|eicos|docos)(?:yl|a?n|al|en|o[ilya])|amyl|(?:prop|but|val|capr|hept|laur|non)(?:ion|yr|er)?aldehyd))/g;
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
  return `${after.join('')}${ordered.reduceRight(before, head)}`;
}

/** A prefix of the index before its heading, which closes what the prefix left open: `methylenebis[4-chloro-`. */
function before(head: string, prefix: string): string {
  const open = [...prefix].filter((sign) => OPENS.includes(sign));
  const left = open.slice([...prefix].filter((sign) => CLOSES.includes(sign)).length);
  const closed = left
    .map((sign) => CLOSES[OPENS.indexOf(sign)] ?? '')
    .reverse()
    .join('');
  const isTight =
    !HAND.test(prefix) && /(?:[a-z]{3}|[)\]])$/.test(prefix) && /^[a-z]{2}/.test(head);
  return `${prefix}${isTight ? '' : '-'}${head}${closed}`;
}
const OPENS = '([{';
const CLOSES = ')]}';

/** Places behind a name go before it, an acid's anhydride without the acid, and a hydrocarbon is one word with what stands on it. */
function inOrder(name: string): string {
  let said = name;
  if (/-[\d,]+$/.test(said)) said = said.replace(PLACED_LAST, placedFirst);
  if (said.includes('ic acid ')) said = said.replace(OF_ACID, ofAcid);
  if (said.includes(' of ')) said = said.replace(OF, '$2 $1').replace(ESTER_OF, '$2, $1 ester');
  return said.replace(APART, '');
}
/** What is made of an acid, the acid named whole: `acetic acid anhydride`, `benzoic acid chloride`. */
const OF_ACID =
  /(o?)ic acid (?:1,1'-)?(anhydride|chloride|bromide|fluoride|nitrile|amide|hydrazide)$/;
function ofAcid(whole: string, o: string, made: string): string {
  if (made === 'anhydride') return `${o}ic anhydride`;
  if (made === 'amide' || made === 'hydrazide') return `${made === 'amide' ? '' : 'o'}${made}`;
  return made === 'nitrile'
    ? 'onitrile'
    : o === 'o'
      ? `oyl ${made}`
      : whole.replace('ic acid', 'yl');
}
/** `chlorate of potassium`, `dimethyl ester of terephthalic acid`. */
const OF = /^([a-z]+(?:ate|ide|ite)) of ([a-z]+)$/;
const ESTER_OF = /^([a-z-]+yl) ester of (.+ acid)$/;
/** One group with a class that joins two is meant twice: `butyl sulfide`. */
const TWICE =
  /^((?:(?:sec|tert)-|cyclo|iso)?(?:meth|eth|prop|but|pent|am|hex|hept|oct|non|dec|dodec|phen|benz|benzo|all|vin|acet|propion|lauro)yl) (ether|sulfide|disulfide|ketone|sulfone|sulfoxide|peroxide)$/;
const PLACED_LAST = /^(.*?[a-z]{3,}?)((?:di|tri)?(?:ol|one|ene|yne|amine|thiol))-(\d+(?:,\d+)*)$/;
const placedFirst = (_: string, stem: string, ending: string, places: string): string =>
  /^[a-z]+$/.test(stem) ? `${places}-${stem}${ending}` : `${stem}-${places}-${ending}`;
const APART =
  /(?<=(?:yl|oxy|chloro|bromo|iodo|fluoro|nitro|amino|hydroxy)) (?=(?:benzene|toluene|xylene|naphthalene|anthracene|phenol|aniline|cyclohexane|cyclohexanol|cyclohexanone|cyclopentane|cyclopentanone|pyridine|piperidine|piperazine|pyrrolidine|morpholine|hydrazine|urea|thiourea|oxirane|styrene|anisole|methanol)(?:$| ))|(?<=[a-z]{3}yl) (?=aniline|toluidine)|(?<=^[^ ]*\)) (?=amine|methane|benzene|phosphine)/g;

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
