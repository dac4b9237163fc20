/**
 * What the parts of systematic names are made of. A substituent is written by what it adds to the molecule it
 * stands on, less the hydrogen it takes the place of: `chloro` is `Cl H-1`. Formulae are those of the textbooks; names
 * are in canonical spelling without their last `e`.
 */

/** A whole molecule: parents of substitutive names, and neutral words of themselves. */
export const PARENTS = `
benzen C6H6|toluen C7H8|xylen C8H10|cumen C9H12|cymen C10H14|mesitylen C9H12|styren C8H8|stilben C14H12|biphenyl C12H10
terphenyl C18H14|naphthalen C10H8|anthracen C14H10|phenanthren C14H10|pyren C16H10|chrysen C18H12|fluoren C13H10|inden C9H8
indan C9H10|acenaphthen C12H10|acenaphthylen C12H8|azulen C10H8|fluoranthen C16H10|perylen C20H12|triphenylen C18H12
phenol C6H6O|cresol C7H8O|xylenol C8H10O|thymol C10H14O|naphthol C10H8O|anisol C7H8O|phenetol C8H10O|catechol C6H6O2
resorcinol C6H6O2|hydroquinon C6H6O2|benzoquinon C6H4O2|quinon C6H4O2|naphthoquinon C10H6O2|anthraquinon C14H8O2|guaiacol C7H8O2
eugenol C10H12O2|vanillin C8H8O3|anilin C6H7N|toluidin C7H9N|xylidin C8H11N|anisidin C7H9NO|phenetidin C8H11NO|benzidin C12H12N2
acetophenon C8H8O|propiophenon C9H10O|butyrophenon C10H12O|benzophenon C13H10O|aceton C3H6O|biacetyl C4H6O2|benzil C14H10O2
pyridin C5H5N|picolin C6H7N|lutidin C7H9N|collidin C8H11N|quinolin C9H7N|isoquinolin C9H7N|acridin C13H9N|carbazol C12H9N
indol C8H7N|indolin C8H9N|isoindol C8H7N|isoindolin C8H9N|pyrrol C4H5N|pyrrolidin C4H9N|pyrrolin C4H7N|piperidin C5H11N
piperazin C4H10N2|morpholin C4H9NO|thiomorpholin C4H9NS|pyrazin C4H4N2|pyrimidin C4H4N2|pyridazin C4H4N2|triazin C3H3N3
quinoxalin C8H6N2|quinazolin C8H6N2|phthalazin C8H6N2|cinnolin C8H6N2|purin C5H4N4|imidazol C3H4N2|imidazolin C3H6N2
imidazolidin C3H8N2|pyrazol C3H4N2|pyrazolin C3H6N2|pyrazolidin C3H8N2|triazol C2H3N3|tetrazol CH2N4|benzimidazol C7H6N2
benzotriazol C6H5N3|indazol C7H6N2|oxazol C3H3NO|oxazolin C3H5NO|oxazolidin C3H7NO|isoxazol C3H3NO|benzoxazol C7H5NO
oxadiazol C2H2N2O|thiazol C3H3NS|isothiazol C3H3NS|thiazolin C3H5NS|isothiazolin C3H5NS|thiazolidin C3H7NS|thiadiazol C2H2N2S
benzothiazol C7H5NS|benzisothiazol C7H5NS|benzisothiazolin C7H7NS|phenothiazin C12H9NS|phenoxazin C12H9NO|oxazin C4H5NO|thiazin C4H5NS
benzoxazin C8H7NO|furan C4H4O|pyran C5H6O|chromen C9H8O|chroman C9H10O|coumarin C9H6O2|benzofuran C8H6O|isobenzofuran C8H6O|xanthen C13H10O
dibenzofuran C12H8O|thiophen C4H4S|benzothiophen C8H6S|thioxanthen C13H10S|thianthren C12H8S2|oxiran C2H4O|oxetan C3H6O
oxolan C4H8O|oxan C5H10O|oxepan C6H12O|dioxolan C3H6O2|benzodioxol C7H6O2|benzodioxan C8H8O2|dioxan C4H8O2|dioxin C4H4O2|dioxol C3H4O2|dioxepan C5H10O2
trioxan C3H6O3|trithian C3H6S3|dithian C4H8S2|dithiolan C3H6S2|dithiol C3H4S2|oxathiolan C3H6OS|thiiran C2H4S|thiolan C4H8S|thian C5H10S|aziridin C2H5N|azetidin C3H7N
azepin C6H7N|azepan C6H13N|hexahydroazepin C6H13N|diazepin C5H6N2|diazepan C5H12N2|quinuclidin C7H13N|tropan C8H15N|caprolactam C6H11NO
pyrrolidon C4H7NO|pyrrolidinon C4H7NO|hydantoin C3H4N2O2|phthalid C8H6O2|phthalimid C8H5NO2|succinimid C4H5NO2|maleimid C4H3NO2|glutarimid C5H7NO2
isatin C8H5NO2|urea CH4N2O|thiourea CH4N2S|guanidin CH5N3|biguanid C2H7N5|melamin C3H6N6|hydrazin N2H4|hydroxylamin NH3O|semicarbazid CH5N3O
ammonia NH3|water H2O|silan SiH4|disilan Si2H6|siloxan SiH2O|disiloxan Si2H6O|trisiloxan Si3H8O2|tetrasiloxan Si4H10O3|cyclotrisiloxan Si3H6O3
cyclotetrasiloxan Si4H8O4|cyclopentasiloxan Si5H10O5|cyclohexasiloxan Si6H12O6|disilazan Si2H7N|phosphin PH3|phosphan PH3|arsin AsH3|stibin SbH3
bismuthin BiH3|boran BH3|diboran B2H6|german GeH4|stannan SnH4|plumban PbH4|alan AlH3|aluman AlH3|phosphoran PH5|phosphin oxid PH3O
tetralin C10H12|decalin C10H18|norbornen C7H10|norbornan C7H12|bornan C10H18|camphen C10H16|camphor C10H16O|pinen C10H16|limonen C10H16
menthol C10H20O|terpineol C10H18O|geraniol C10H18O|linalool C10H18O|citral C10H16O|adamantan C10H16|cyclopentadien C5H6|isopren C5H8
allen C3H4|acetylen C2H2|keten C2H2O|acrolein C3H4O|glyoxal C2H2O2|chloral C2HCl3O|furfural C5H4O2|formal CH2O2|acetal C2H4O2
glycerol C3H8O3|glycerin C3H8O3|pentaerythritol C5H12O4|sorbitol C6H14O6|mannitol C6H14O6|glucos C6H12O6|fructos C6H12O6|sucros C12H22O11|lactos C12H22O11
galactos C6H12O6|xylos C5H10O5|glycin C2H5NO2|alanin C3H7NO2|valin C5H11NO2|leucin C6H13NO2|isoleucin C6H13NO2|serin C3H7NO3|threonin C4H9NO3
cystein C3H7NO2S|cystin C6H12N2O4S2|methionin C5H11NO2S|prolin C5H9NO2|phenylalanin C9H11NO2|tyrosin C9H11NO3|tryptophan C11H12N2O2|histidin C6H9N3O2
lysin C6H14N2O2|arginin C6H14N4O2|asparagin C4H8N2O3|glutamin C5H10N2O3|taurin C2H7NO3S|sarcosin C3H7NO2|betain C5H11NO2|bisphenol a C15H16O2
phosgen CCl2O|chloroform CHCl3|bromoform CHBr3|iodoform CHI3|aldol C4H8O2|benzoin C14H12O2|sulfolan C4H8O2S|sulfolen C4H6O2S|hexamethylenetetramin C6H12N4
carbodiimid CH2N2|cyanamid CH2N2|formamidin CH4N2|acetamidin C2H6N2|biuret C2H5N3O2|sulfamid H4N2O2S|sulfoxid H2OS|thiuram disulfid C2H4N2S4|formazan CH4N4
pregnan C21H36|androstan C19H32|cholestan C27H48|estran C18H30|morphinan C16H21N|ethanolamin C2H7NO|propanolamin C3H9NO|isopropanolamin C3H9NO|safrol C10H10O2
phthalocyanin C32H18N8|porphin C20H14N4|azobenzen C12H10N2|azoxybenzen C12H10N2O|hydrazobenzen C12H12N2|diazen N2H2|triazen N3H3|benzenamin C6H7N|cyanogen C2N2
hydrochlorid HCl|hydrobromid HBr|hydroiodid HI|hydriodid HI|hydrofluorid HF|hydrat H2O|perhydrat H2O2|etherat C4H10O
`;

/** What a substituent adds. */
export const PREFIXES = `
fluoro F H-1|chloro Cl H-1|bromo Br H-1|iodo I H-1|hydroxy O|oxo O H-2|mercapto S|sulfanyl S|thioxo S H-2|amino NH|imino N H-1|nitrilo N H-3|nitro NO2 H-1|nitroso NO H-1
cyano CN H-1|isocyano CN H-1|azido N3 H-1|diazo N2 H-2|diazonio N2 H-1|isocyanato CNO H-1|isothiocyanato CNS H-1|thiocyanato CNS H-1|cyanato CNO H-1|hydroperoxy O2|epoxy O H-2|epithio S H-2|formyl CO
carboxy CO2|carbamoyl CHNO|sulfo SO3|sulfamoyl SO2NH|sulfino SO2|phosphono PHO3|hydrazino N2H2|hydrazono N2|ureido CH2N2O|guanidino CH3N3|amidino CH2N2|hydroxyimino NO H-1
phenyl C6H4|benzyl C7H6|benzyliden C7H4|benzhydryl C13H10|trityl C19H14|phenethyl C8H8|styryl C8H6|tolyl C7H6|xylyl C8H8|cumyl C9H10|mesityl C9H10|cinnamyl C9H8|naphthyl C10H6|anthryl C14H8
biphenylyl C12H8|phenoxy C6H4O|benzyloxy C7H6O|naphthyloxy C10H6O|tolyloxy C7H6O|anilino C6H5N|toluidino C7H7N|anisidino C7H7NO|phenylen C6H2|tosyl C7H6SO2|mesyl CH2SO2|piperonyl C8H6O2
pyridyl C5H3N|piperidyl C5H9N|piperidino C5H9N|morpholino C4H7NO|furyl C4H2O|furfuryl C5H4O|thienyl C4H2S|thenyl C5H4S|quinolyl C9H5N|indolyl C8H5N|pyrrolidino C4H7N|pyrryl C4H3N|glycidyl C3H4O|epoxypropyl C3H4O|pyranyl C5H4O
vinyl C2H2|allyl C3H4|propargyl C3H2|isopropenyl C3H4|crotyl C4H6|methallyl C4H6|oleyl C18H34|vinyliden C2|ethynyl C2|isopropyl C3H6|isobutyl C4H8|sec-butyl C4H8|secbutyl C4H8|tert-butyl C4H8|tertbutyl C4H8|isopentyl C5H10|amyl C5H10|isoamyl C5H10|neopentyl C5H10|tertpentyl C5H10|tertamyl C5H10
isohexyl C6H12|isoheptyl C7H14|isooctyl C8H16|isononyl C9H18|isodecyl C10H20|isoundecyl C11H22|isododecyl C12H24|isotridecyl C13H26|isooctadecyl C18H36|capryl C8H16|lauryl C12H24|myristyl C14H28|palmityl C16H32|stearyl C18H36|behenyl C22H44|norbornyl C7H10|bornyl C10H16|menthyl C10H18|adamantyl C10H14
isopropoxy C3H6O|isobutoxy C4H8O|secbutoxy C4H8O|tertbutoxy C4H8O|allyloxy C3H4O|vinyloxy C2H2O|isopropyliden C3H4|isobutyliden C4H6|ethylen C2H2|methylen C|propylen C3H4|butylen C4H6|trimethylen C3H4|tetramethylen C4H6|pentamethylen C5H8|hexamethylen C6H10|isobutylen C4H6|ethanediyl C2H2
methylenedioxy CO2|ethylenedioxy C2H2O2|acetonyl C3H4O|phenacyl C8H6O|phthalimido C8H3NO2|succinimido C4H3NO2|acetoacetyl C4H4O2|acetonitril C2HN|silyl SiH2|disilanyl Si2H4|silano SiH2|siloxy SiH2O|silyloxy SiH2O|stannyl SnH2|phosphino PH|boryl BH|oxido O|ferrocenyl C10H8Fe
hydro H|dehydro H-1|deoxy O-1|desoxy O-1|anhydro H-2 O-1|oxa O C-1 H-2|thia S C-1 H-2|aza N C-1 H-1|sila Si C-1|phospha P C-1 H-1|selena Se C-1 H-2|benzo C4H2|naphtho C8H4|furo C2O|thieno C2S|pyrido C3HN|pyrano C3O|imidazo CHN2|pyrazolo CHN2|pyrimido C2N2|pyrrolo C2HN|thiazolo CNS|indeno C7H4|azo N2 H-2|azoxy N2O H-2|hydrazo N2|peroxy O2|dioxy O2|dithio S2|trithio S3|tetrathio S4|seleno Se|telluro Te
`;

/** Between a radical or parent and the next: it adds itself and no more. */
export const CONNECTORS =
  'oxy O|ox O|thio S|carbonyl CO|oxycarbonyl CO2|carbonyloxy CO2|sulfonyl SO2|sulfinyl SO|sulfonyloxy SO3|carbonylamino CHNO|sulfonylamino SO2NH|thiocarbonyl CS|carbothioyl CS|carbamoyl CHNO|sulfamoyl SO2NH|phosphoryl PO|phosphinyl PO H|phosphinothioyl PS|phosphinothioylthio PS2|phosphinyloxy PO2 H';

/** Rings closed in the chain that follows, by the hydrogens they cost. */
export const RINGS =
  'cyclo 2|biqcyclo 4|triqcyclo 6|tetraqcyclo 8|pentaqcyclo 10|spiro 4|dispiro 6';

/** Endings of a parent, and how they change it; those that are acids lose the proton and are negative. */
export const SUFFIXES = `
ol O|diol O2|triol O3|on O H-2|dion O2 H-4|al O H-2|dial O2 H-4|thiol S|amin NH|imin N H-1|nitril N H-3|onitril N H-3|amid ON H-1|carboxamid CONH|carbonitril CN H-1
carbaldehyd CO|carboxaldehyd CO|carboxanilid C7H5NO|sulfonamid SO2NH|sulfonohydrazid N2H2SO2|carbohydrazid CN2H2O|ohydrazid ON2|hydrazid ON2|thion S H-2|carboximid|carboximidamid CN2H2|imidamid N2|hydroperoxid O2|thial S H-2|selenol Se|thioamid SN H-1|carbothioamid CSNH|oxid O|sulfid S|lactam ON H-3|lacton O2 H-4|olid O2 H-4|aldehyd O H-2
`;
export const ACID_SUFFIXES = `
oic O2 H-3|oat O2 H-3|carboxylic CO2 H-1|carboxylat CO2 H-1|sulfonic SO3 H-1|sulfonat SO3 H-1|sulfinic SO2 H-1|sulfinat SO2 H-1|sulfenat SO H-1|thioat OS H-3|dithioat S2 H-3|carbothioat COS H-1|dithiocarboxylat CS2 H-1|carboxylato CO2 H-1|sulfonato SO3 H-1|olat O H-1|thiolat S H-1|peroxoic O3 H-3|boronic BO2H|hydroxamic ON
`;

/** Carboxylic acids that have names of their own: stem, the acid, how many protons it gives up. */
export const ACIDS = `
form CH2O2 1|acet C2H4O2 1|propion C3H6O2 1|butyr C4H8O2 1|isobutyr C4H8O2 1|valer C5H10O2 1|isovaler C5H10O2 1|pival C5H10O2 1|capro C6H12O2 1|capryl C8H16O2 1|capr C10H20O2 1|laur C12H24O2 1|myrist C14H28O2 1
palmit C16H32O2 1|stear C18H36O2 1|ole C18H34O2 1|linole C18H32O2 1|linolen C18H30O2 1|ricinole C18H34O3 1|behen C22H44O2 1|eruc C22H42O2 1|arachid C20H40O2 1|undecylen C11H20O2 1|acryl C3H4O2 1|methacryl C4H6O2 1|croton C4H6O2 1|isocroton C4H6O2 1|sorb C6H8O2 1
tigl C5H8O2 1|senecio C5H8O2 1|benzo C7H6O2 1|benz C7H6O2 1|tolu C8H8O2 1|anis C8H8O3 1|cinnam C9H8O2 1|salicyl C7H6O3 1|acetylsalicyl C9H8O4 1|gall C7H6O5 1|vanill C8H8O4 1|veratr C9H10O4 1|mandel C8H8O3 1|naphtho C11H8O2 1|anthranil C7H7NO2 1|hydrocinnam C9H10O2 1|atrop C9H8O2 1|benzil C14H12O3 1
oxal C2H2O4 2|malon C3H4O4 2|succin C4H6O4 2|glutar C5H8O4 2|adip C6H10O4 2|pimel C7H12O4 2|suber C8H14O4 2|azela C9H16O4 2|azel C9H16O4 2|sebac C10H18O4 2|phthal C8H6O4 2|isophthal C8H6O4 2|terephthal C8H6O4 2|trimellit C9H6O6 3|pyromellit C10H6O8 4|camphor C10H16O4 2
fumar C4H4O4 2|male C4H4O4 2|itacon C5H6O4 2|citracon C5H6O4 2|aconit C6H6O6 3|mal C4H6O5 2|tartar C4H6O6 2|tartr C4H6O6 2|citr C6H8O7 3|lact C3H6O3 1|glycol C2H4O3 1|glycer C3H6O4 1|glucon C6H12O7 1|pyruv C3H4O3 1|levulin C5H8O3 1|acetoacet C4H6O3 1|glyoxyl C2H2O3 1|thioglycol C2H4O2S 1|thioacet C2H4OS 1|thiobenzo C7H6OS 1|propiol C3H2O2 1
nicotin C6H5NO2 1|isonicotin C6H5NO2 1|picolin C6H5NO2 1|furo C5H4O3 1|glutam C5H9NO4 2|aspart C4H7NO4 2|hippur C9H9NO3 1|oxam C2H3NO3 1|carbam CH3NO2 1|thiocarbam CH3NOS 1|dithiocarbam CH3NS2 1|sulfanil C6H7NO3S 1|metanil C6H7NO3S 1|naphthion C10H9NO3S 1|nitrilotriacet C6H9NO6 3|ethylenediaminetetraacet C10H16N2O8 4|iminodiacet C4H7NO4 2|glycerophosph C3H9O6P 2
thioglycoll C2H4O2S 1|peroxyacet C2H4O3 1|peracet C2H4O3 1|cyanur C3H3N3O3 3|isocyanur C3H3N3O3 3|barbitur C4H4N2O3 1|ur C5H4N4O3 1|ascorb C6H8O6 1|quin C7H12O6 1|shikim C7H10O5 1|abiet C20H30O2 1
`;

/** Ions and functional classes, with their charge: what words beside others are. */
export const IONS = `
fluorid F -1|chlorid Cl -1|bromid Br -1|iodid I -1|hydrid H -1|hydroxid OH -1|oxid O -2|sulfid S -2|selenid Se -2|tellurid Te -2|nitrid N -3|phosphid P -3|arsenid As -3|antimonid Sb -3|cyanid CN -1|isocyanid CN -1|azid N3 -1|peroxid O2 -2|superoxid O2 -1|hydroperoxid O2H -1
cyanat CNO -1|isocyanat CNO -1|thiocyanat CNS -1|isothiocyanat CNS -1|fulminat CNO -1|hydrosulfid HS -1|hydrogensulfid HS -1|mercaptan HS -1|alcohol OH -1|ether O -2|keton CO -2|sulfon SO2 -2|sulfoxid SO -2|glycol O2H2 -2|trisulfid S3 -2|thioether S -2|disulfid S2 -2|ozonid O3 -1|carbid C -4|silicid Si -4|borid B -3|hydrogenfluorid HF2 -1|hydrogendifluorid HF2 -1|bifluorid HF2 -1
sulfat SO4 -2|sulfit SO3 -2|hydrogensulfat HSO4 -1|hydrogensulfit HSO3 -1|thiosulfat S2O3 -2|dithionit S2O4 -2|dithionat S2O6 -2|persulfat S2O8 -2|disulfat S2O7 -2|pyrosulfat S2O7 -2|disulfit S2O5 -2|metabisulfit S2O5 -2|pyrosulfit S2O5 -2|sulfamat NH2SO3 -1|amidosulfat NH2SO3 -1|sulfamic NH2SO3 -1|amidosulfuric NH2SO3 -1|amidosulfonic NH2SO3 -1|sulfuric SO4 -2|sulfurous SO3 -2|disulfuric S2O7 -2|thiosulfuric S2O3 -2|chlorosulfonic ClSO3 -1|chlorosulfuric ClSO3 -1|fluorosulfonic FSO3 -1|fluorosulfuric FSO3 -1|chlorosulfat ClSO3 -1
nitrat NO3 -1|nitrit NO2 -1|nitric NO3 -1|nitrous NO2 -1|phosphat PO4 -3|phosphit PO3 -3|phosphoric PO4 -3|phosphorous PO3 -3|hydrogenphosphat HPO4 -2|dihydrogenphosphat H2PO4 -1|diphosphat P2O7 -4|pyrophosphat P2O7 -4|metaphosphat PO3 -1|triphosphat P3O10 -5|hypophosphit PH2O2 -1|phosphinat PH2O2 -1|phosphinic PH2O2 -1|phosphonat PHO3 -2|phosphonic PHO3 -2|hypophosphorous PH2O2 -1|phosphonit PHO2 -2|phosphinit PH2O -1
phosphorothioat PO3S -3|phosphorodithioat PO2S2 -3|phosphorotrithioat POS3 -3|thiophosphat PO3S -3|dithiophosphat PO2S2 -3|phosphonothioat PHO2S -2|thiophosphoric PO3S -3|dithiophosphoric PO2S2 -3|phosphorothioic PO3S -3|phosphorodithioic PO2S2 -3|phosphoramidat PO3NH2 -2|phosphoramidothioat PO2SNH2 -2|phosphorochloridat PO3Cl -2|phosphorochloridothioat PO2SCl -2|phosphorochloridothioic PO2SCl -2|phosphorodichloridat PO2Cl2 -1|phosphonothioic PHO2S -2
carbonat CO3 -2|carbonic CO3 -2|hydrogencarbonat HCO3 -1|thiocarbonat CO2S -2|dithiocarbonat COS2 -2|trithiocarbonat CS3 -2|carbonochloridat CO2Cl -1|chloroformat CO2Cl -1|orthoformat CHO3 -3|orthoacetat C2H3O3 -3|orthosilicat SiO4 -4|borat BO3 -3|boric BO3 -3|metaborat BO2 -1|tetraborat B4O7 -2|perborat BO3 -1|tetrafluoroborat BF4 -1|fluoroborat BF4 -1|tetrafluoroboric BF4 -1|fluoroboric BF4 -1|tetrahydroborat BH4 -1|borohydrid BH4 -1|tetrahydridoborat BH4 -1|tetraphenylborat C24H20B -1|hexafluorophosphat PF6 -1|hexafluorosilicat SiF6 -2|fluorosilicat SiF6 -2|hexafluorosilicic SiF6 -2|fluorosilicic SiF6 -2|hexafluoroaluminat AlF6 -3
chlorat ClO3 -1|chlorit ClO2 -1|hypochlorit ClO -1|perchlorat ClO4 -1|perchloric ClO4 -1|chloric ClO3 -1|hypochlorous ClO -1|bromat BrO3 -1|iodat IO3 -1|periodat IO4 -1|periodic IO4 -1|iodic IO3 -1|hydrochloric Cl -1|hydrobromic Br -1|hydriodic I -1|hydrofluoric F -1|hydrocyanic CN -1|chromat CrO4 -2|chromic CrO4 -2|dichromat Cr2O7 -2|dichromic Cr2O7 -2|permanganat MnO4 -1|manganat MnO4 -2|permanganic MnO4 -1|molybdat MoO4 -2|tungstat WO4 -2|vanadat VO4 -3|metavanadat VO3 -1|orthovanadat VO4 -3|titanat TiO4 -4|stannat SnO3 -2|zirconat ZrO3 -2|aluminat AlO2 -1|niobat NbO4 -3|tantalat TaO4 -3
arsenat AsO4 -3|arsenit AsO3 -3|arsenic AsO4 -3|arsenous AsO3 -3|arsonic AsHO3 -2|arsonat AsHO3 -2|selenat SeO4 -2|selenit SeO3 -2|selenic SeO4 -2|selenious SeO3 -2|tellurat TeO4 -2|tellurit TeO3 -2|antimonat SbO4 -3|silicat SiO4 -4|metasilicat SiO3 -2|disilicat Si2O5 -2|silicic SiO4 -4|hexacyanoferrat FeC6N6 -4|ferrocyanid FeC6N6 -4|ferricyanid FeC6N6 -3|tetrahydroaluminat AlH4 -1|picrat C6H2N3O7 -1|picric C6H2N3O7 -1|saccharinat C7H4NO3S -1|xanthat C2HOS2 -1|hexachloroplatinat PtCl6 -2|tetrachloropalladat PdCl4 -2|tetrachloroaurat AuCl4 -1|hexafluoroantimonat SbF6 -1|hexafluorozirconat ZrF6 -2|hexafluorotitanat TiF6 -2|acetylid C2 -2|ethoxid C2H5O -1|methoxid CH3O -1|methanolat CH3O -1|ethanolat C2H5O -1|isopropoxid C3H7O -1|butoxid C4H9O -1|propoxid C3H7O -1|tertbutoxid C4H9O -1|phenolat C6H5O -1|phenoxid C6H5O -1|acetylacetonat C5H7O2 -1|cresylat C7H7O -1
lithium Li 1|sodium Na 1|potassium K 1|rubidium Rb 1|cesium Cs 1|silver Ag 1|ammonium NH4 1|hydrogen H 1|beryllium Be 2|magnesium Mg 2|calcium Ca 2|strontium Sr 2|barium Ba 2|radium Ra 2|zinc Zn 2|cadmium Cd 2|nickel Ni 2|aluminium Al 3|gallium Ga 3|indium In 3|scandium Sc 3|yttrium Y 3|lanthanum La 3|neodymium Nd 3|praseodymium Pr 3|samarium Sm 3|gadolinium Gd 3|dysprosium Dy 3|erbium Er 3|ytterbium Yb 3|terbium Tb 3|holmium Ho 3|thulium Tm 3|lutetium Lu 3|zirconium Zr 4|hafnium Hf 4|thorium Th 4|silicon Si 4|germanium Ge 4|boron B 3|bismuth Bi 3|carbon C 4|hydroxylammonium NH4O 1|hydrazinium N2H5 1|guanidinium CH6N3 1|pyridinium C5H6N 1|anilinium C6H8N 1|phosphonium PH4 1|sulfonium SH3 1|oxonium OH3 1|imidazolium C3H5N2 1|quinolinium C9H8N 1|morpholinium C4H10NO 1|cholin C5H14NO 1
thionyl SO 2|sulfuryl SO2 2|phosphoryl PO 3|thiophosphoryl PS 3|nitrosyl NO 1|nitryl NO2 1|carbonyl CO 2|thiocarbonyl CS 2|chromyl CrO2 2|uranyl UO2 2|vanadyl VO 2|zirconyl ZrO 2|cyanogen CN 1|cyanuric C3N3 3|seleninyl SeO 2
`;

/** Elements of several valences: with these a formula is known only when the name says how many. */
export const VARIABLE =
  'iron Fe|copper Cu|tin Sn|lead Pb|mercury Hg|thallium Tl|gold Au|cobalt Co|chromium Cr|manganese Mn|titanium Ti|vanadium V|niobium Nb|tantalum Ta|molybdenum Mo|tungsten W|rhenium Re|osmium Os|iridium Ir|platinum Pt|palladium Pd|rhodium Rh|ruthenium Ru|uranium U|cerium Ce|europium Eu|antimony Sb|arsenic As|phosphorus P|sulfur S|selenium Se|tellurium Te|nitrogen N|chlorine Cl|bromine Br|iodine I|fluorine F|oxygen O|xenon Xe';

export const MULTIPLES =
  'mono 1|di 2|tri 3|tetra 4|penta 5|hexa 6|hepta 7|octa 8|nona 9|deca 10|undeca 11|dodeca 12|trideca 13|tetradeca 14|pentadeca 15|hexadeca 16|heptadeca 17|octadeca 18|nonadeca 19|icosa 20|eicosa 20|bis 2|tris 3|tetrakis 4|pentakis 5|hexakis 6|octakis 8';

/** Chains by their number of carbon atoms. */
export const CHAINS =
  'meth 1|eth 2|prop 3|but 4|pent 5|hex 6|hept 7|oct 8|non 9|dec 10|undec 11|dodec 12|tridec 13|tetradec 14|pentadec 15|hexadec 16|heptadec 17|octadec 18|nonadec 19|eicos 20|icos 20|heneicos 21|docos 22|tricos 23|tetracos 24|hexacos 26|octacos 28|triacont 30|isobut 4|isopent 5|neopent 5|isooct 8';
