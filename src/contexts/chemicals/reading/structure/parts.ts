/**
 * What names of structures are made of, each with its skeleton in SMILES, atoms in the order of their locants. After a bar
 * stand the locants where they are not 1, 2, 3 …; `-` where an atom has none. In canonical spelling, without the last `e`.
 */

/** Rings and retained names of whole molecules. */
export const PARENTS = `
benzen c1ccccc1;phen c1ccccc1;naphthalen/naphth c1cccc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;anthracen/anthr c1cccc2cc3ccccc3cc12|1 2 3 4 4a 10 10a 5 6 7 8 8a 9 9a;anthraquinon c1cccc2C(=O)c3ccccc3C(=O)c12|1 2 3 4 4a 10 - 10a 5 6 7 8 8a 9 - 9a
phenanthren/phenanthr c1cccc2c1c1ccccc1cc2|1 2 3 4 4a 4b 4c 5 6 7 8 8a 9 10;biphenyl c1ccccc1c2ccccc2|6 5 4 3 2 1 1' 2' 3' 4' 5' 6';fluoren c1cccc2c3ccccc3Cc12|1 2 3 4 4a 4b 5 6 7 8 8a 9 9a;inden c1ccc2CC=Cc2c1|5 6 7 7a 1 2 3 3a 4
indan C1CCc2ccccc12|1 2 3 3a 4 5 6 7 7a;acenaphthen C1Cc2cccc3cccc1c23|1 2 2a 3 4 5 5a 6 7 8 8a 8b;pyren c1ccc2ccc3cccc4ccc1c2c34
toluen Cc1ccccc1|alpha 1 2 3 4 5 6;styren C=Cc1ccccc1|beta alpha 1 2 3 4 5 6;cumen CC(C)c1ccccc1|beta alpha - 1 2 3 4 5 6;mesitylen Cc1cc(C)cc(C)c1|- 1 2 3 - 4 5 - 6
phenol Oc1ccccc1|o 1 2 3 4 5 6;anisol COc1ccccc1|alpha o 1 2 3 4 5 6;phenetol CCOc1ccccc1|beta alpha o 1 2 3 4 5 6;anilin Nc1ccccc1|n 1 2 3 4 5 6;catechol Oc1ccccc1O|- 1 3 4 5 6 2 -;resorcinol Oc1cccc(O)c1|- 1 6 5 4 3 - 2
hydroquinon Oc1ccc(O)cc1|- 1 2 3 4 - 5 6;benzoquinon O=C1C=CC(=O)C=C1|- 1 2 3 4 - 5 6;guaiacol COc1ccccc1O|- - 2 3 4 5 6 1 -;thymol Cc1ccc(C(C)C)c(O)c1;carvacrol Cc1ccc(C(C)C)cc1O
acetophenon CC(=O)c1ccccc1|2 1 - 1' 2' 3' 4' 5' 6';propiophenon CCC(=O)c1ccccc1|3 2 1 - 1' 2' 3' 4' 5' 6';diphenylmethan C(c1ccccc1)c2ccccc2|alpha 1 2 3 4 5 6 1' 2' 3' 4' 5' 6';benzophenon O=C(c1ccccc1)c2ccccc2|- - 1 2 3 4 5 6 1' 2' 3' 4' 5' 6'
benzidin Nc1ccc(cc1)c2ccc(N)cc2|n 4 3 2 1 6 5 1' 2' 3' 4' n' 5' 6';pyridin/pyrid n1ccccc1;quinolin/quinol n1cccc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;isoquinolin c1nccc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;acridin c1cccc2nc3ccccc3cc12|1 2 3 4 4a 10 10a 5 6 7 8 8a 9 9a
carbazol c1cccc2[nH]c3ccccc3c12|1 2 3 4 4a 9 8a 8 7 6 5 4b 4c;indol [nH]1ccc2ccccc12|1 2 3 3a 4 5 6 7 7a;indolin N1CCc2ccccc12|1 2 3 3a 4 5 6 7 7a;isoindol c1[nH]cc2ccccc12|1 2 3 3a 4 5 6 7 7a;pyrrol [nH]1cccc1;pyrrolidin N1CCCC1
piperidin/piperid N1CCCCC1;piperazin N1CCNCC1;morpholin/morphol O1CCNCC1;thiomorpholin S1CCNCC1;pyrazin n1ccncc1;pyrimidin/pyrimid n1cnccc1;pyridazin n1ncccc1;1,3,5-triazin/s-triazin/sym-triazin n1cncnc1;1,2,4-triazin n1ncncc1;1,2,3-triazin n1nnccc1
quinoxalin n1ccnc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;quinazolin n1cncc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;phthalazin c1nncc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;purin n1cnc2c1nc[nH]2|1 2 3 4 5 7 8 9;imidazol [nH]1cncc1;imidazolin N1CN=CC1;imidazolidin N1CNCC1;pyrazol [nH]1nccc1
pyrazolidin N1NCCC1;1,2,4-triazol [nH]1ncnc1;1,2,3-triazol [nH]1nncc1;tetrazol [nH]1nnnc1;benzimidazol [nH]1cnc2ccccc12|1 2 3 3a 4 5 6 7 7a;benzotriazol/1,2,3-benzotriazol [nH]1nnc2ccccc12|1 2 3 3a 4 5 6 7 7a;indazol [nH]1ncc2ccccc12|1 2 3 3a 4 5 6 7 7a
oxazol/1,3-oxazol o1cncc1;oxazolidin/1,3-oxazolidin O1CNCC1;isoxazol/1,2-oxazol o1nccc1;benzoxazol/1,3-benzoxazol o1cnc2ccccc12|1 2 3 3a 4 5 6 7 7a;1,3,4-oxadiazol o1cnnc1;1,2,4-oxadiazol o1cncn1;thiazol/1,3-thiazol s1cncc1;isothiazol/1,2-thiazol s1nccc1;thiazolidin/1,3-thiazolidin S1CNCC1
1,3,4-thiadiazol s1cnnc1;1,2,4-thiadiazol s1cncn1;1,2,3-thiadiazol s1nncc1;benzothiazol/1,3-benzothiazol s1cnc2ccccc12|1 2 3 3a 4 5 6 7 7a;1,2-benzisothiazol/1,2-benzothiazol s1ncc2ccccc12|1 2 3 3a 4 5 6 7 7a;2,1,3-benzothiadiazol s1nc2ccccc2n1|2 3 3a 4 5 6 7 7a 1;phenothiazin c1cccc2[nH]c3ccccc3sc12|1 2 3 4 4a 10 10a 9 8 7 6 5a 5 5b
furan/fur o1cccc1;pyran O1CC=CC=C1;benzofuran/1-benzofuran o1ccc2ccccc12|1 2 3 3a 4 5 6 7 7a;isobenzofuran/2-benzofuran c1occ2ccccc12|1 2 3 3a 4 5 6 7 7a;dibenzofuran c1cccc2c1oc1ccccc12|4 3 2 1 9b 4a 5 5a 6 7 8 9 9a;coumarin/chromen-2-on O1C(=O)C=Cc2ccccc12|1 2 - 3 4 4a 5 6 7 8 8a;chroman O1CCCc2ccccc12|1 2 3 4 4a 5 6 7 8 8a
xanthen c1cccc2oc3ccccc3cc12|1 2 3 4 4a 10 10a 5 6 7 8 8a 9 9a;thiophen/thien s1cccc1;benzothiophen/1-benzothiophen s1ccc2ccccc12|1 2 3 3a 4 5 6 7 7a;thianthren c1cccc2sc3ccccc3sc12|1 2 3 4 4a 5 5a 6 7 8 9 9a 10 10a;oxiran O1CC1;oxetan O1CCC1;oxolan O1CCCC1;tetrahydrofuran/tetrahydrofur O1CCCC1;oxan/tetrahydropyran O1CCCCC1
1,3-dioxolan/dioxolan O1COCC1;1,3-dioxol O1COC=C1;1,3-benzodioxol/benzodioxol O1COc2ccccc12|1 2 3 3a 4 5 6 7 7a;1,4-benzodioxan/1,4-benzodioxin O1CCOc2ccccc12|1 2 3 4 4a 5 6 7 8 8a;1,4-dioxan/dioxan O1CCOCC1;1,3-dioxan O1COCCC1;1,3,5-trioxan O1COCOC1;1,3,5-trithian S1CSCSC1;1,3-dithiolan S1CSCC1;1,4-dithian S1CCSCC1
thiiran S1CC1;thiolan/tetrahydrothiophen S1CCCC1;thian S1CCCCC1;sulfolan S1(=O)(=O)CCCC1|1 - - 2 3 4 5;aziridin N1CC1;azetidin N1CCC1;azepan N1CCCCCC1;caprolactam/epsilon-caprolactam N1C(=O)CCCCC1|1 2 - 3 4 5 6 7;hydantoin N1C(=O)NC(=O)C1|1 2 - 3 4 - 5;phthalimid c1cccc2C(=O)NC(=O)c12|4 5 6 7 7a 1 - 2 3 - 3a
succinimid N1C(=O)CCC1=O|1 2 - 3 4 5 -;maleimid N1C(=O)C=CC1=O|1 2 - 3 4 5 -;isatin N1C(=O)C(=O)c2ccccc12|1 2 - 3 - 3a 4 5 6 7 7a;saccharin c1cccc2S(=O)(=O)NC(=O)c12;melamin Nc1nc(N)nc(N)n1|n 2 1 6 n'' 5 4 n' 3;urea NC(=O)N|1 - - 3;thiourea NC(=S)N|1 - - 3;guanidin NC(=N)N|1 - 2 3;biguanid NC(=N)NC(=N)N
ethanolamin NCCO|n 2 1 o;diethylenetriamin NCCNCCN;triethylenetetramin NCCNCCNCCN;tetraethylenepentamin NCCNCCNCCNCCN;hydrazin NN;hydroxylamin NO|n o;semicarbazid NNC(=O)N|1 2 3 - 4;thiosemicarbazid NNC(=S)N|1 2 3 - 4;ammonia/azan N|n;phosphin/phosphan P;arsin As;silan [Si];stannan [Sn];plumban [Pb];disiloxan [Si]O[Si]|1 2 3;disilazan [Si]N[Si];boran B;aceton CC(=O)C|1 2 - 3;acetylaceton CC(=O)CC(=O)C
camphor CC1(C)C2CCC1(C)C(=O)C2;glycerol/glycerin OCC(O)CO|- 1 2 - 3 -;pentaerythritol OCC(CO)(CO)CO;ethylenglycol OCCO;chloroform ClC(Cl)Cl;bromoform BrC(Br)Br;iodoform IC(I)I;phosgen ClC(=O)Cl;acetylen C#C;allen C=C=C;isopren CC(=C)C=C;chloral ClC(Cl)(Cl)C=O;eugenol COc1cc(CC=C)ccc1O;vanillin COc1cc(C=O)ccc1O;limonen CC1=CCC(CC1)C(C)=C
furfural o1c(C=O)ccc1|1 2 - - 3 4 5;glyoxal O=CC=O;salicylaldehyd Oc1ccccc1C=O|- 2 3 4 5 6 1;azobenzen c1ccccc1N=Nc2ccccc2|6 5 4 3 2 1 - - 1' 2' 3' 4' 5' 6';diazen N=N;isobutan CC(C)C|1 2 - 3;isobutylen/isobuten CC(C)=C;neopentan CC(C)(C)C
adamantan C1C2CC3CC1CC(C2)C3|2 1 8 7 6 3 4 5 9 10;quinuclidin N12CCC(CC1)CC2|1 2 3 4 5 6 7 8;norbornan C1CC2CC1CC2;cyanamid NC#N|n - -;dicyandiamid/cyanoguanidin NC(=N)NC#N;isocyanic N=C=O
`;

/** Groups that stand before a parent: the first atom is joined. With `=` by two bonds, with `==` one bond of each of two places. */
export const GROUPS = `
fluoro F;chloro Cl;bromo Br;iodo I;nitro N(=O)=O;nitroso N=O;hydroxy O;hydroperoxy OO;mercapto S;sulfanyl S 0;sulfo S(=O)(=O)O;carboxy C(=O)O;formyl C=O;cyano C#N;isocyano N=C;isocyanato N=C=O;isothiocyanato N=C=S;thiocyanato SC#N;azido NN#N;cyanato OC#N
amino N 0;ureido NC(=O)N 3;guanidino NC(=N)N;carbamoyl C(=O)N 2;sulfamoyl S(=O)(=O)N 3;hydrazino NN 1;anilino Nc1ccccc1|n 1 2 3 4 5 6;acetamido NC(C)=O;benzamido NC(=O)c1ccccc1;formamido NC=O;acetoxy OC(C)=O;benzoyloxy OC(=O)c1ccccc1
phenoxy Oc1ccccc1|- 1 2 3 4 5 6;anisoyl C(=O)c1ccc(OC)cc1;acetyl C(C)=O|1 2;benzoyl C(=O)c1ccccc1|- - 1 2 3 4 5 6;propionyl C(=O)CC;butyryl C(=O)CCC;isobutyryl C(=O)C(C)C;valeryl C(=O)CCCC;acryloyl C(=O)C=C;methacryloyl C(=O)C(C)=C;lauroyl C(=O)CCCCCCCCCCC;stearoyl C(=O)CCCCCCCCCCCCCCCCC;octanoyl C(=O)CCCCCCC;decanoyl C(=O)CCCCCCCCC
vinyl C=C|1 2;allyl CC=C;propargyl CC#C;isopropyl C(C)C|1 2 -;isopropenyl C(C)=C;isobutyl CC(C)C;secbutyl C(C)CC;tertbutyl C(C)(C)C;isopentyl CCC(C)C;tertpentyl/tertamyl C(C)(C)CC;neopentyl CC(C)(C)C;amyl CCCCC;isohexyl CCCC(C)C;isooctyl CCCCCC(C)C;tertoctyl C(C)(C)CC(C)(C)C
benzyl Cc1ccccc1|alpha 1 2 3 4 5 6;phenethyl CCc1ccccc1|alpha beta 1 2 3 4 5 6;cinnamyl CC=Cc1ccccc1;trityl C(c1ccccc1)(c2ccccc2)c3ccccc3;benzhydryl C(c1ccccc1)c2ccccc2;cumyl C(C)(C)c1ccccc1;furfuryl Cc1occc1|alpha 2 1 5 4 3;tetrahydrofurfuryl CC1OCCC1;glycidyl CC1OC1;crotyl CC=CC;geranyl CC=C(C)CCC=C(C)C
mesyl S(=O)(=O)C;tosyl S(=O)(=O)c1ccc(C)cc1;morpholino N1CCOCC1;piperidino N1CCCCC1;oxo/oxido =O;thioxo =S;imino =N 0;hydroxyimino =NO;diazo =NN;methylen =C;isopropyliden =C(C)C;benzyliden =Cc1ccccc1|alpha 1 2 3 4 5 6;trifluoromethyl C(F)(F)F;methylol CO;trichloromethyl C(Cl)(Cl)Cl;epoxy ==O
`;

/** Groups that join what stands before them to what follows: `ethoxycarbonyl`. The number is the atom that takes what stands before. */
export const CONNECTORS = `
oxy O 0;thio S 0;sulfonyl S(=O)=O 0;sulfinyl S=O 0;carbonyl C=O 0;sulfonyloxy OS(=O)=O 1;carbonyloxy OC=O 1;carbonylamino NC=O 1;sulfonylamino NS(=O)=O 1;carboxamido NC=O 1;dioxy/peroxy OO 1;dithio SS 1;azo/diazenyl N=N 1;nitrilo N 0;phosphino P 0;silyl [Si] 0;oyloxy OC=O 1;carbonothioyl C=S 0
`;

/** Acids by their stem; the last atoms named `O` that have a hydrogen are what salts and esters lose it from. */
export const ACIDS = `
form C(=O)O|1;acet CC(=O)O|2 1;propion CCC(=O)O|3 2 1;butyr CCCC(=O)O|4 3 2 1;isobutyr CC(C)C(=O)O|3 2 - 1;valer CCCCC(=O)O|5 4 3 2 1;isovaler CC(C)CC(=O)O|4 3 - 2 1;pival CC(C)(C)C(=O)O|3 2 - - 1;acryl C=CC(=O)O|3 2 1;methacryl CC(=C)C(=O)O|- 2 3 1;croton CC=CC(=O)O|4 3 2 1
laur CCCCCCCCCCCC(=O)O;myrist CCCCCCCCCCCCCC(=O)O;palmit CCCCCCCCCCCCCCCC(=O)O;stear CCCCCCCCCCCCCCCCCC(=O)O;ole CCCCCCCCC=CCCCCCCCC(=O)O;linole CCCCCC=CCC=CCCCCCCCC(=O)O;benzo c1ccccc1C(=O)O|6 5 4 3 2 1;
salicyl OC(=O)c1ccccc1O|- - 1 6 5 4 3 2;anthranil OC(=O)c1ccccc1N|- - 1 6 5 4 3 2 n;cinnam OC(=O)C=Cc1ccccc1;nicotin n1cc(C(=O)O)ccc1|1 2 3 - - - 4 5 6;isonicotin n1ccc(C(=O)O)cc1|1 2 3 4 - - - 5 6;picolin n1c(C(=O)O)cccc1|1 2 - - - 3 4 5 6;furo o1c(C(=O)O)ccc1|1 2 - - - 3 4 5;naphtho c1cccc2ccccc12
gall OC(=O)c1cc(O)c(O)c(O)c1;mandel OC(=O)C(O)c1ccccc1;lact CC(O)C(=O)O|3 2 - 1;glycol OCC(=O)O|- 2 1;glyoxyl O=CC(=O)O;pyruv CC(=O)C(=O)O|3 2 - 1;levulin CC(=O)CCC(=O)O;acetoacet CC(=O)CC(=O)O|4 3 - 2 1;phthal OC(=O)c1ccccc1C(=O)O|- - 1 6 5 4 3 2;isophthal OC(=O)c1cccc(C(=O)O)c1|- - 1 6 5 4 3 - - - 2
terephthal OC(=O)c1ccc(C(=O)O)cc1|- - 1 2 3 4 - - - 5 6;oxal OC(=O)C(=O)O;malon OC(=O)CC(=O)O|- 1 - 2 3;succin OC(=O)CCC(=O)O|- 1 - 2 3 4;glutar OC(=O)CCCC(=O)O|- 1 - 2 3 4 5;adip OC(=O)CCCCC(=O)O|- 1 - 2 3 4 5 6;sebac OC(=O)CCCCCCCCC(=O)O;azela OC(=O)CCCCCCCC(=O)O;suber OC(=O)CCCCCCC(=O)O;pimel OC(=O)CCCCCC(=O)O
male/fumar OC(=O)C=CC(=O)O|- 1 - 2 3 4;itacon OC(=O)CC(=C)C(=O)O;mal OC(=O)CC(O)C(=O)O;tartar/tartr OC(=O)C(O)C(O)C(=O)O;citr OC(=O)CC(O)(C(=O)O)CC(=O)O;trimellit OC(=O)c1ccc(C(=O)O)c(C(=O)O)c1;pyromellit OC(=O)c1cc(C(=O)O)c(C(=O)O)cc1C(=O)O;carbon OC(=O)O;carbam NC(=O)O|n 1;glycin NCC(=O)O;sulfam NS(=O)(=O)O
phosphor OP(=O)(O)O;phosphorodithio SP(=S)(O)O|s;phosphorothio OP(=S)(O)O;phosphorochlorido ClP(=O)(O)O;phosphon OP(=O)O|- p;phosphin P(=O)O|p;sulfur OS(=O)(=O)O;sulfurous OS(=O)O;bor OB(O)O;silic/orthosilic O[Si](O)(O)O;nitr ON(=O)=O;nitrous ON=O;sorb CC=CC=CC(=O)O;thioglycol SCC(=O)O|- 2 1;dithiocarbam NC(=S)S|n 1 - s;thiocarbam NC(=O)S|n 1 - s;isocyan N=C=O;isothiocyan N=C=S;thiocyan SC#N;orthoform OC(O)O;phosphorous/phosphit OP(O)O
`;
