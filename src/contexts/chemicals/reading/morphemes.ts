import { hasHan } from './normalise.ts';

/**
 * The parts systematic names are made of. A part that is not here is still read, as letters nobody knows;
 * what stands here is known to mean something, so that `ethyl` for `methyl` is another substance and
 * `etyhl` a slip of the pen.
 */
const PARTS = `
meth eth prop but pent hex hept oct non dec undec dodec tridec tetradec pentadec hexadec heptadec octadec
nonadec eicos icos docos hexacos an en yn yl ylen ylidene ylidyn ol al on oic oate ate ite ide yl oyl olid
olact lactam lactone amid imid imin amin ammon amino imino azo azoxy hydrazo hydrazin hydrazid hydraz azid
diazo diazon nitr nitro nitroso nitril nitrilo cyan cyano cyanat isocyan isocyanat thiocyan fulmin
carbox carboxy carbonyl carbon carbonat carbonitril carbaldehyd carbam carbamat carbamoyl carbodiimid
carbin carbol chlor bromo brom fluor fluoro iod iodo astat oxo oxa oxy ox oxid peroxy peroxid hydroperoxid superoxid
hydroxy hydroxid hydro hydr hydrid hydrogen deuter deuterio trit thio thia thiol thion mercapto sulf sulfo sulfonyl
sulfinyl sulfon sulfonat sulfonic sulfat sulfit sulfid sulfinic sulfur sulfuric sulfurous sulfamic sulfam sulfamat
dithion dithionit thiosulf persulf bisulf disulf pyrosulf metabisulf hyposulf
phosph phosphor phosphoric phosphorous phosphat phosphit phosphid phosphin phosphino phosphon phosphonat phosphonic
phosphoryl pyrophosph hypophosph metaphosph orthophosph thiophosph phospha
arsen arsenic arsenat arsenit arsenid arsin arson selen seleno selenid selenat selenit tellur tellurid
silic silicat silicon silan silano silyl siloxan silox sila bor borat boric boran borid boro borohydrid
german germanium stann stannat stannic plumb antimon antimonat stib bismuth
lithium sodium potassium rubidium cesium beryllium magnesium calcium strontium barium radium scandium yttrium
lanthanum cerium praseodymium neodymium samarium europium gadolinium terbium dysprosium holmium erbium thulium
ytterbium lutetium titanium titan zirconium hafnium vanadium vanad niobium tantalum chromium chrom chromat dichromat
molybdenum molybd tungsten tungst manganese mangan manganat permanganat iron ferr ferro ferri ferrocyan ferricyan
cobalt nickel copper cupr zinc cadmium mercury mercur silver argent gold aur platinum platin palladium rhodium iridium
osmium ruthenium rhenium technetium thallium gallium indium aluminium alumin alumina tin lead uranium thorium
nitrogen oxygen ozone helium neon argon krypton xenon iodine bromine chlorine fluorine phosphorus
nitrat nitrit nitrid nitric nitrous chlorat chlorit chlorid hypochlor hypochlorit perchlor perchlorat bromat bromid
iodat iodid fluorid fluorosilic hexafluorosilic tetrafluorobor tungstat molybdat vanadat titanat zirconat aluminat
stannat zincat cuprat ferrat cobaltat nickelat platinat aurat argentat selenat tellurat uranat
acet acetic acetyl acetat acetal acetam acetamid acetamido acetylen aceto aceton form formic formyl format formal
propion propionyl butyr butyryl isobutyr valer isovaler capr capro capryl caproic laur myrist palmit stear oxal
ole oleic linole linolen malon succin glutar adip pimel suber azela sebac male maleic fumar citr citric citrat
itacon acryl acrylic methacryl croton tiglic lact lactic glycol glycer glycerol glyceryl glycid glycidyl tartar tartr
malic mandel benzil gallic salicyl anthranil cinnam benz benzo benzen benzoic benzoyl benzyl benzylid benzhydr
phthal phthalic phthalat isophthal terephthal trimellit pyromellit toluen toluic toluyl tolu tolyl toluid toluidin
xyl xylen xylyl xylid xylidin cumen cumyl cymen mesityl mesitylen duren styr styren stilben
phen phenol phenyl phenylen phenoxy phenethyl phenat phenon aceton acetophenon benzophenon propiophenon
anilin anilid anilino anis anisol anisid anisidin anisoyl phenetid phenetol catechol resorcin resorcinol
hydroquinon quinon quinol quinolin isoquinolin quinox quinoxalin quinazolin cresol cresyl cres xylenol thymol carvacrol
eugenol guaiacol vanill vanillin veratr piperon piperonyl naphth naphthal naphthalen naphthyl naphthol naphtho naphthoquinon
anthr anthracen anthraquinon anthryl phenanthr phenanthren pyren chrysen fluoren fluorene inden indan indol indolin isoindol
acenaphth azulen biphenyl diphenyl terphenyl triphenyl fluoranthen perylen tetralin decalin
furan furyl furfur furfuryl furo pyran pyrano pyron pyrrol pyrrolo pyrrolid pyrrolidin pyrrolidon pyrrolin
thiophen thien thienyl thiazol thiazolin thiazolid benzothiazol isothiazol thiadiazol thiazin phenothiazin thiaz
oxazol oxazolid isoxazol oxadiazol oxazin benzoxazol oxiran oxetan oxolan dioxolan dioxan dioxin morpholin
imidaz imidazol imidazolin imidazolid benzimidazol pyrazol pyrazolon pyrazolid indazol triazol benzotriazol tetrazol
pyrid pyridin pyridyl pyridinium picolin picol lutidin collidin nicotin isonicotin piperid piperidin piperidon
piperidyl piperaz piperazin pyrazin pyrimid pyrimidin pyridaz pyridazin triazin triazino purin pter acridin carbazol
caprolactam hexamethylen azir aziridin azetidin azepin azepan diazepin aza azabicyclo diazabicyclo bicyclo tricyclo
spiro cyclo cyclohex cyclopent cycloprop cyclobut cyclooct norborn camph camphor camphen bornan born pinen terpin
terpineol menth menthol limonen linalo geran citral citronell ionon farnes squal carot retin
glucos gluco fructos sucros lactos maltos galact mann mannit sorbit sorbitol xylit xylos ribos arab cellulos starch dextrin
glycin alanin leucin isoleucin valin serin threonin cystein cystin methionin prolin phenylalanin tyrosin tryptophan
histidin lysin arginin aspart glutam asparagin glutamin taurin betain cholin carnitin
urea thiourea ureid uron uric guanid guanidin biguanid semicarbaz allantoin hydantoin barbitur thiobarbitur melamin cyanur
isocyanur oxim hydroxylamin amidin amidino ether ester acid anhydrid salt alcohol ketone aldehyd compound derivativ
hydrat anhydrous hydrochlorid hydrobromid hydroiod
vinyl vinyliden allyl alkyl aryl acyl alkan alken alkoxy methoxy ethoxy propoxy butoxy pentyloxy hexyloxy epoxy epithio
iso neo tert sec cis trans ortho meta para pyro meso hypo per poly nor homo pseudo allo thi bi
mono di tri tetra penta hexa hepta octa nona deca undeca dodeca bis tris tetrakis pentakis hexakis sesqui hemi
alpha beta gamma delta epsilon omega lambda
ephedrin norephedrin pseudoephedrin ergot ergotamin ergometrin lyserg safrol isosafrol piperonal fentan norfentan cannabi
amphet morph codein cocain caffein theophyllin theobromin quinin strychnin atropin nicotine
chloral chloroform bromoform iodoform phosgen diphosgen aldol sulfolan lindan
tallow coco palm soya castor linseed rosin petroleum naphtha naphthen naphthenat distillat resin oil wax tar coal
isopropyl isobutyl isopentyl isoamyl amyl isooct isononyl isodecyl lauryl myristyl cetyl stearyl oleyl behenyl
tosyl mesyl trityl benzal chlorosulfon fluorosulfon trifluor trichlor perfluor
hydrogenated ethoxylated propoxylated sulfated quaternary reaction product mixed basic
ium ic ous e o a i in y
`
  .split(/\s+/)
  .filter(Boolean);

const MULTIPLIERS: Readonly<Record<string, string>> = {
  ...{ bis: 'di', tris: 'tri', tetrakis: 'tetra', pentakis: 'penta', hexakis: 'hexa' },
  ...{ di: 'di', tri: 'tri', tetra: 'tetra', penta: 'penta', hexa: 'hexa', hepta: 'hepta' },
  ...{ octa: 'octa', nona: 'nona', deca: 'deca', undeca: 'undeca', dodeca: 'dodeca' },
  ...{ hemi: 'hemi', sesqui: 'sesqui' },
};

/** Elided in joining parts, or said of the only one there is: they carry no meaning of their own. */
const EMPTY = new Set(['e', 'o', 'a', 'i', 'y', 'mono', 'ic', 'n', 'ium']);

/** One idea, several spellings of its part. */
const SAME: Readonly<Record<string, string>> = {
  ...{ fluoro: 'fluor', bromo: 'brom', iodo: 'iod', chloro: 'chlor', nitro: 'nitr' },
  ...{ amino: 'amin', imino: 'imin', thio: 'thi', ylidene: 'ylen', icos: 'eicos' },
  ...{ oxy: 'ox', hydro: 'hydr', sulfo: 'sulf', silano: 'silan', ammon: 'amin' },
  ...{ hydrochlorid: 'chlorid', hydrobromid: 'bromid' },
};

const STEREO = new Set(['cis', 'trans', 'd', 'l', 'r', 's', 'e', 'z', 'dl', 'rac', 'meso']);

/** The newer signs for the hands of a double bond, by the older; of three or four groups they may part, which is rare. */
const HAND: Readonly<Record<string, string>> = { e: 'trans', z: 'cis' };

const TRIE = buildTrie(PARTS);

interface Trie {
  /** 26 children a node; 0 is none. */
  readonly next: Int32Array;
  readonly ends: Uint8Array;
}

function buildTrie(words: readonly string[]): Trie {
  const size = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(size * 26);
  const ends = new Uint8Array(size);
  let used = 1;
  for (const word of words) {
    let node = 0;
    for (let i = 0; i < word.length; i += 1) {
      const slot = node * 26 + word.charCodeAt(i) - 97;
      if (next[slot] === 0) {
        next[slot] = used;
        used += 1;
      }
      node = next[slot] as number;
    }
    ends[node] = 1;
  }
  return { next, ends };
}

/** A letter nobody knows costs more than two parts that are known: the fewest unknown letters win. */
const UNKNOWN_LETTER = 2.1;
const MAX_WORD = 120;
/** Of the word at hand: what each beginning costs, where its last part begins, and whether that is known. */
const cost = new Float64Array(MAX_WORD + 1);
const from = new Int16Array(MAX_WORD + 1);
const known = new Uint8Array(MAX_WORD + 1);

/** Cuts a word of the letters a to z into known parts and runs of unknown letters, the latter as `?abc`. */
export function segment(word: string): string[] {
  const length = Math.min(word.length, MAX_WORD);
  cost.fill(Number.POSITIVE_INFINITY, 0, length + 1);
  cost[0] = 0;
  for (let start = 0; start < length; start += 1) {
    const so = cost[start] as number;
    if (so + UNKNOWN_LETTER < (cost[start + 1] as number)) {
      cost[start + 1] = so + UNKNOWN_LETTER;
      from[start + 1] = start;
      known[start + 1] = 0;
    }
    let node = 0;
    for (let end = start; end < length; end += 1) {
      node = TRIE.next[node * 26 + word.charCodeAt(end) - 97] as number;
      if (node === 0) break;
      const price = so + (end === start ? 1.9 : 1);
      if (TRIE.ends[node] === 1 && price <= (cost[end + 1] as number)) {
        cost[end + 1] = price;
        from[end + 1] = start;
        known[end + 1] = 1;
      }
    }
  }
  const parts: string[] = [];
  let run = '';
  for (let end = length; end > 0; end = from[end] as number) {
    const piece = word.slice(from[end], end);
    if (known[end] === 0) {
      run = piece + run;
      continue;
    }
    if (run) parts.push(`?${run}`);
    run = '';
    parts.push(piece);
  }
  if (run) parts.push(`?${run}`);
  return parts.reverse();
}

/** A name taken apart: what it is made of, where on the molecule, how many, and which hand. */
export interface Parts {
  /** Known parts by name, unknown letters as `?abc`, Han characters each by itself. */
  readonly parts: readonly string[];
  readonly locants: readonly string[];
  /** Whether it gives any, a first one included. */
  readonly isPlaced: boolean;
  readonly multipliers: readonly string[];
  readonly stereo: readonly string[];
}

const TOKEN =
  /(?<![a-z])d\d{1,2}(?![a-z\d])|[a-z]+|\d+'*[a-h]?(?:alpha|beta|\?)|\d+[rsez](?=\*?[,)\]])|\d+[a-z]?(?![a-z])|\d+|\p{Script=Han}|\?/gu;
/** `1r`, `4abeta`: which hand, and where. */
const PLACED_HAND = /^(?:\d+'*[a-h]?(?:alpha|beta)|\d+[rsez])$/;

/** Of a double bond the place goes without saying. */
const handOf = (token: string): string => HAND[token.replace(/^\d+/, '')] ?? token;

const POSITION: Readonly<Record<string, string>> = {
  ...{ o: '2', m: '3', p: '4', ortho: '2', meta: '3', para: '4' },
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', omega: 'ω' },
};

/**
 * Takes a name in canonical spelling apart. The first `1` among the locants is left out, and `o-`, `m-`,
 * `p-` count as 2, 3, 4: so 1-propanol is propanol, and 1,2-dichlorobenzene o-dichlorobenzene.
 */
export function takeApart(name: string): Parts {
  const parts: string[] = [];
  const locants: string[] = [];
  const multipliers: string[] = [];
  const stereo: string[] = [];
  const hands: string[] = [];
  for (const [token] of name.matchAll(TOKEN)) {
    const first = token.charCodeAt(0);
    if (first >= 48 && first <= 57) {
      if (PLACED_HAND.test(token)) hands.push(handOf(token));
      else if (!token.endsWith('?')) locants.push(token);
    } else if (first > 127 || /^d\d/.test(token)) parts.push(first > 127 ? token : `?${token}`);
    else if (token !== '?') {
      const place = POSITION[token];
      if (place) locants.push(place);
      else if (STEREO.has(token)) stereo.push(HAND[token] ?? token);
      else
        for (const part of segment(token)) {
          const multiplier = MULTIPLIERS[part];
          if (multiplier) multipliers.push(multiplier);
          else if (!EMPTY.has(part)) parts.push(SAME[part] ?? part);
        }
    }
  }
  stereo.push(...hands.map((hand) => (hands.length === 1 ? hand.replace(/^\d+/, '') : hand)));
  const isPlaced = locants.length > 0;
  const one = locants.indexOf('1');
  if (one >= 0 && !hasHan(name)) locants.splice(one, 1);
  return {
    parts: parts.sort(),
    locants: locants.sort(),
    isPlaced,
    multipliers: multipliers.sort(),
    stereo: stereo.sort(),
  };
}
