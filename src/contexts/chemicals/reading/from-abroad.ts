/** Endings and stems of German, Dutch, French, Italian and Spanish names that English spells otherwise, in order. */
const SPELT: readonly (readonly [RegExp, string])[] = [
  [/aeth/g, 'eth'],
  [/(?<=[a-z])alkohol$/, ' alcohol'],
  [/(?<=yl)keton$/, ' ketone'],
  [/(?<=[a-z])toluol$/, 'toluene'],
  [/(?<=[a-z])benzol$/, 'benzene'],
  [/(?<=[a-z])xylol$/, 'xylene'],
  [/(?<=(?:chlor|brom|jod|iod|fluor|ox|sulf|cyan|perox)id)$/, 'e'],
  [/(?<=[a-z])(meth|eth|prop|but)aan(?![a-z])/g, '$1ane'],
  [/(?<=amin)$/, 'e'],
];
const ABROAD = /aeth|alkohol$|keton$|[zluy]ol$|id$|aan|amin$|^acid[eo]|(?: d[ei] | d')/;

const SALTS: Readonly<Record<string, string>> = {
  ...{ chlorure: 'chloride', cloruro: 'chloride', bromure: 'bromide', bromuro: 'bromide' },
  ...{
    iodure: 'iodide',
    ioduro: 'iodide',
    yoduro: 'iodide',
    fluorure: 'fluoride',
    fluoruro: 'fluoride',
  },
  ...{
    cyanure: 'cyanide',
    cianuro: 'cyanide',
    sulfure: 'sulfide',
    solfuro: 'sulfide',
    sulfuro: 'sulfide',
  },
  ...{ oxyde: 'oxide', ossido: 'oxide', oxido: 'oxide', nitrate: 'nitrate', nitrato: 'nitrate' },
  ...{
    sulfate: 'sulfate',
    solfato: 'sulfate',
    sulfato: 'sulfate',
    carbonate: 'carbonate',
    carbonato: 'carbonate',
  },
  ...{ acetate: 'acetate', acetato: 'acetate', formiate: 'formate', formiato: 'formate' },
  ...{
    chlorate: 'chlorate',
    clorato: 'chlorate',
    hydroxyde: 'hydroxide',
    idrossido: 'hydroxide',
    hidroxido: 'hydroxide',
  },
};
const OF_WHAT: Readonly<Record<string, string>> = {
  ...{
    potasio: 'potassium',
    potassio: 'potassium',
    sodio: 'sodium',
    calcio: 'calcium',
    bario: 'barium',
  },
  ...{
    plomb: 'lead',
    piombo: 'lead',
    plomo: 'lead',
    mercure: 'mercury',
    mercurio: 'mercury',
    cuivre: 'copper',
    rame: 'copper',
    cobre: 'copper',
  },
  ...{
    zinco: 'zinc',
    etain: 'tin',
    argent: 'silver',
    argento: 'silver',
    plata: 'silver',
    hydrogene: 'hydrogen',
    idrogeno: 'hydrogen',
  },
  ...{
    methyle: 'methyl',
    metile: 'methyl',
    metilo: 'methyl',
    ethyle: 'ethyl',
    etile: 'ethyl',
    etilo: 'ethyl',
  },
  ...{
    butyle: 'butyl',
    butile: 'butyl',
    butilo: 'butyl',
    propyle: 'propyl',
    propile: 'propyl',
    propilo: 'propyl',
  },
  ...{
    benzyle: 'benzyl',
    vinyle: 'vinyl',
    vinile: 'vinyl',
    vinilo: 'vinyl',
    allyle: 'allyl',
    methylene: 'methylene',
  },
  ...{ sodium: 'sodium', potassium: 'potassium', calcium: 'calcium', zinc: 'zinc' },
};
const ROMANCE = new RegExp(`^(${Object.keys(SALTS).join('|')}) (?:d[ei] |d')([a-z]+)$`);
const ROMANCE_ACID = /^acid[eo] ([a-z]+?)(?:ique|ico)$/;

/**
 * A name from a European register as English has it: the salt behind its metal (`chlorure de sodium`), the acid before `acid`
 * (`acide lactique`), endings as they are spelt here. What is English already stays as it is.
 */
export function fromAbroad(name: string): string {
  if (!ABROAD.test(name)) return name;
  const salt = ROMANCE.exec(name);
  const of = salt ? OF_WHAT[salt[2] as string] : undefined;
  if (salt && of) return `${of} ${SALTS[salt[1] as string]}`;
  const acid = ROMANCE_ACID.exec(name);
  if (acid) return `${acid[1]}ic acid`;
  let said = name;
  for (const [form, is] of SPELT) said = said.replace(form, is);
  return said;
}
