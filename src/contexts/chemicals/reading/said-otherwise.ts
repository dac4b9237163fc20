/**
 * Retained and older names beside the systematic ones, and British beside American spelling: the same
 * thing said twice. Longest first; each is replaced as letters stand, hyphens and locants included.
 */
export const SAID_OTHERWISE = `
thallic=thallium(iii)|thallous=thallium(i)|chromous=chromium(ii)|auric=gold(iii)|aurous=gold(i)|titanous=titanium(iii)|manganic=manganese(iii)
platinous=platinum(ii)|platinic=platinum(iv)|palladous=palladium(ii)|plumbic=lead(iv)|uranous=uranium(iv)|antimonous=antimony(iii)
chromic chloride=chromium(iii) chloride|chromic sul=chromium(iii) sul|chromic nitrate=chromium(iii) nitrate|chromic oxide=chromium(iii) oxide
chromic fluoride=chromium(iii) fluoride|chromic phosphate=chromium(iii) phosphate|chromic acetate=chromium(iii) acetate|chromic chromate=chromium(iii) chromate
oxiran-2-ylmethyl=glycidyl|oxiranylmethyl=glycidyl|2-oxiranylmethyl=glycidyl|2,3-epoxypropyl=glycidyl|2,3-epoxy-1-propyl=glycidyl
sulphur=sulfur|sulph=sulf|aluminum=aluminium|caesium=cesium|1,1-dimethylethyl=tert-butyl|2-methylpropan-2-yl=tert-butyl|2-methyl-2-propanyl=tert-butyl
tertiary=tert|secondary=sec|1-methylpropyl=sec-butyl|butan-2-yl=sec-butyl|2-methylpropyl=isobutyl|3-methylbutyl=isopentyl|isoamyl=isopentyl
1-methylethyl=isopropyl|propan-2-yl=isopropyl|1-methylethylidene=isopropylidene|prop-2-en-1-yl=allyl|prop-2-enyl=allyl|2-propen-1-yl=allyl
2-propenyl=allyl|2-propenoic=acrylic|prop-2-enoic=acrylic|2-methyl-2-propenoic=methacrylic|2-methylprop-2-enoic=methacrylic|2-propenoate=acrylate
prop-2-enoate=acrylate|2-propenamide=acrylamide|2-propenenitrile=acrylonitrile|prop-2-enenitrile=acrylonitrile|ethenyl=vinyl|phenylmethyl=benzyl
benzenemethanol=benzyl alcohol|phenylmethanol=benzyl alcohol|benzenamine=aniline|benzeneamine=aniline|pentoxide=pentaoxide|tetroxide=tetraoxide
monoxide=oxide|benzeneacetic=phenylacetic|benzeneacetonitrile=phenylacetonitrile|benzeneethanol=phenethyl alcohol|2-phenylethyl=phenethyl
2-phenylethanol=phenethyl alcohol|benzenecarboxylic=benzoic|1,2-benzenedicarboxylic=phthalic|benzene-1,2-dicarboxylic=phthalic
1,3-benzenedicarboxylic=isophthalic|benzene-1,3-dicarboxylic=isophthalic|1,4-benzenedicarboxylic=terephthalic|benzene-1,4-dicarboxylic=terephthalic
1,2-benzenedicarboxylate=phthalate|1,4-benzenedicarboxylate=terephthalate|methanoic=formic|methanoate=formate|ethanoic=acetic|ethanoate=acetate
ethanoyl=acetyl|propanoic=propionic|propanoate=propionate|butanoic=butyric|butanoate=butyrate|pentanoic=valeric|pentanoate=valerate|dodecanoic=lauric
dodecanoate=laurate|hexadecanoic=palmitic|octadecanoic=stearic|octadecanoate=stearate|ethanedioic=oxalic|ethanedioate=oxalate|propanedioic=malonic
propanedioate=malonate|butanedioic=succinic|butanedioate=succinate|pentanedioic=glutaric|hexanedioic=adipic|hexanedioate=adipate
2-butenedioic acid (z)=maleic acid|2-butenedioic acid (e)=fumaric acid|2-hydroxypropanoic=lactic
glycerin =glycerol |glycerine=glycerol|methanamine=methylamine|ethanamine=ethylamine|1,2-ethanediamine=ethylenediamine
ethane-1,2-diamine=ethylenediamine|1,6-hexanediamine=hexamethylenediamine|hexane-1,6-diamine=hexamethylenediamine|2-propanone=acetone
propan-2-one=acetone|isopropanol=2-propanol|isopropyl alcohol=2-propanol|tert-butyl alcohol=2-methyl-2-propanol|tert-butanol=2-methyl-2-propanol
sec-butyl alcohol=2-butanol|sec-butanol=2-butanol|isobutanol=2-methylpropanol|isobutyl alcohol=2-methylpropanol|allyl alcohol=2-propen-1-ol
amyl alcohol=pentanol|yl alcohol=anol|chloranyl=chloro|fluoranyl=fluoro|bromanyl=bromo|iodanyl=iodo|oxidanylidene=oxo|oxidanyl=hydroxy|azanyl=amino
mercaptan=thiol|hydroxylammonium=hydroxylamine|lauryl=dodecyl|myristyl=tetradecyl|stearyl=octadecyl|acetic aldehyde=acetaldehyde
chlorinated lime=calcium hypochlorite|monoethanolamine=2-aminoethanol|ferric=iron(iii)|ferrous=iron(ii)|cupric=copper(ii)|cuprous=copper(i)
stannic=tin(iv)|stannous=tin(ii)|mercuric=mercury(ii)|mercurous=mercury(i)|cobaltous=cobalt(ii)|cobaltic=cobalt(iii)|nickelous=nickel(ii)
manganous=manganese(ii)|ceric=cerium(iv)|cerous=cerium(iii)|plumbous=lead(ii)|bisulfite=hydrogensulfite|bisulfate=hydrogensulfate
bicarbonate=hydrogencarbonate|bichromate=dichromate|peroxodisulfate=persulfate|peroxydisulfate=persulfate|hydrosulfite=dithionite|orthophosph=phosph
methoxide=methanolate|ethoxide=ethanolate|isopropoxide=propan-2-olate|isopropylate=propan-2-olate|2-propanolate=propan-2-olate
tert-butoxide=tert-butanolate|tert-butylate=tert-butanolate|ethanenitrile=acetonitrile|methanamide=formamide|ethanamide=acetamide
propanamide=propionamide|butanamide=butyramide|propanenitrile=propionitrile|butanenitrile=butyronitrile|pentanenitrile=valeronitrile
propanoyl=propionyl|butanoyl=butyryl|pentanoyl=valeryl|2-methylpropanoic=isobutyric|2-methylpropionic=isobutyric|2-methylpropanoate=isobutyrate
2-methylpropionate=isobutyrate|3-methylbutanoic=isovaleric|3-methylbutyric=isovaleric|3-methylbutanoate=isovalerate|3-methylbutyrate=isovalerate
2-methylpropanal=isobutyraldehyde|but-2-enal=crotonaldehyde|2-butenal=crotonaldehyde|prop-2-enal=acrolein|2-propenal=acrolein
1,3-benzenediol=resorcinol|benzene-1,3-diol=resorcinol|1,2-benzenediol=catechol|benzene-1,2-diol=catechol|pyrocatechol=catechol
1,4-benzenediol=hydroquinone|benzene-1,4-diol=hydroquinone|benzenediamine=phenylenediamine|benzene-1,2-diamine=1,2-phenylenediamine
benzene-1,3-diamine=1,3-phenylenediamine|benzene-1,4-diamine=1,4-phenylenediamine|1-phenylethanone=acetophenone|1-phenylethan-1-one=acetophenone
diphenylmethanone=benzophenone|benzenethiol=thiophenol|benzenecarboxaldehyde=benzaldehyde|benzenecarbaldehyde=benzaldehyde
benzenecarbonitrile=benzonitrile|benzenecarboxamide=benzamide|benzenecarbonyl=benzoyl|carboxaldehyde=carbaldehyde|2-furancarbaldehyde=furfural
2-furancarboxaldehyde=furfural|furan-2-carbaldehyde=furfural|2-furaldehyde=furfural|2-furanmethanol=furfuryl alcohol
furan-2-ylmethanol=furfuryl alcohol|1,2-epoxypropane=propylene oxide|1-chloro-2,3-epoxypropane=epichlorohydrin|(chloromethyl)oxirane=epichlorohydrin
carbon tetrachloride=tetrachloromethane|acetylene tetrachloride=1,1,2,2-tetrachloroethane|methyl cellosolve=2-methoxyethanol
2-butyloxyethanol=2-butoxyethanol|caprylic=octanoic|caproic=hexanoic|enanthic=heptanoic|oenanthic=heptanoic|pelargonic=nonanoic|myristic=tetradecanoic
tetradecanoate=myristate|hexadecanoate=palmitate|9-octadecenoic acid (z)=oleic acid|(z)-octadec-9-enoic acid=oleic acid|azanium=ammonium
sulfanyl=mercapto|nitrogen(i) oxide=dinitrogen oxide|prussic acid=hydrogen cyanide|hydrocyanic acid=hydrogen cyanide|muriatic acid=hydrochloric acid
sulfurous dichloride=thionyl chloride|sulfuryl dichloride=sulfuryl chloride|phosphorus oxychloride=phosphoryl chloride
phosphoryl trichloride=phosphoryl chloride|phosphorus oxide trichloride=phosphoryl chloride|phosphorous trichloride=phosphorus trichloride
phosphorous acid, trimethyl ester=trimethyl phosphite|hexafluorosilicate=fluorosilicate|silicofluoride=fluorosilicate|hexafluorosilicic=fluorosilicic
tetrafluoroborate=fluoroborate|tetrafluoroboric=fluoroboric|fluoboric=fluoroboric|fluosilicic=fluorosilicic|borofluoride=fluoroborate
metabisulfite=disulfite|pyrosulfite=disulfite|pyrosulfate=disulfate|pyrophosphate=diphosphate|pyrophosphoric=diphosphoric|hydrosulfide=hydrogensulfide
hydrogendifluoride=hydrogenfluoride|hydrogen difluoride=hydrogenfluoride|hydrogen sulfite=hydrogensulfite|hydrogen sulfate=hydrogensulfate
hydrogen carbonate=hydrogencarbonate|dihydrogen phosphate=dihydrogenphosphate|hydrogen phosphate=hydrogenphosphate|acid carbonate=hydrogencarbonate
acid sulfate=hydrogensulfate|tetrahydridoborate=tetrahydroborate|lithium aluminium hydride=aluminium lithium hydride
lithium tetrahydridoaluminate=aluminium lithium hydride|lithium tetrahydroaluminate=aluminium lithium hydride|ferricyanide=hexacyanoferrate(iii)
ferrocyanide=hexacyanoferrate(ii)|phosphonium, =phosphonium |nitrous amide=nitrosoamine|nitrosamine=nitrosoamine|sesquioxide=trioxide|nitro benzene=nitrobenzene
phenylene diamine=phenylenediamine|ethylene diamine=ethylenediamine|2-thiophenecarb=thiophene-2-carb|monochloro=chloro|monobromo=bromo|mononitro=nitro
monomethylamine=methylamine|monoethylamine=ethylamine|monoisopropylamine=isopropylamine|trilead tetraoxide=lead tetraoxide
benzyl alcohol=benzyl alcohol|furfuryl alcohol=furfuryl alcohol|phenethyl alcohol=phenethyl alcohol|cinnamyl alcohol=cinnamyl alcohol
propargyl alcohol=propargyl alcohol|vinyl alcohol=vinyl alcohol|oleyl alcohol=oleyl alcohol|crotyl alcohol=crotyl alcohol
tetrahydrofurfuryl alcohol=tetrahydrofurfuryl alcohol|anisyl alcohol=anisyl alcohol
carbinol=methanol|1,2-benzenedicarbonyl=phthaloyl|1,3-benzenedicarbonyl=isophthaloyl|1,4-benzenedicarbonyl=terephthaloyl|diethanolamine=2,2'-iminodiethanol|triethanolamine=2,2',2''-nitrilotriethanol|capryloyl=octanoyl|phosphonic dichloride=phosphonyl dichloride
compd. with=compound with|compds. with=compounds with|derivs.=derivatives|deriv.=derivative|derivate=derivative
`;

/** The same of whole words alone: `cetyl` stands in acetyl, `methylbenzene` in dimethylbenzene. */
export const WHOLE_WORDS = `
1,2-ethanediol=ethylene glycol|ethane-1,2-diol=ethylene glycol|1,2-propanediol=propylene glycol
propane-1,2-diol=propylene glycol|1,2,3-propanetriol=glycerol|propane-1,2,3-triol=glycerol
cetyl=hexadecyl|ethanal=acetaldehyde|methylbenzene=toluene|dimethylbenzene=xylene|vinylbenzene=styrene|phenylethylene=styrene|isopropylbenzene=cumene
(1-methylethyl)benzene=cumene|methoxybenzene=anisole|ethoxybenzene=phenetole|hydroxybenzene=phenol|phenylamine=aniline|aminobenzene=aniline
methylaniline=toluidine|dimethylaniline=xylidine|methoxyaniline=anisidine|methylphenol=cresol|dimethylphenol=xylenol|aminotoluene=toluidine
hydroxytoluene=cresol|oxolane=tetrahydrofuran|oxirane=ethylene oxide|methyloxirane=propylene oxide|ethyne=acetylene|trichloromethane=chloroform
tribromomethane=bromoform|triiodomethane=iodoform|chloroethylene=vinyl chloride|chloroethene=vinyl chloride|bromoethylene=vinyl bromide
bromoethene=vinyl bromide|methylbenzenesulfon=toluenesulfon|methylbenzoic=toluic|nitrophenylamine=nitroaniline|azacyclohexane=piperidine
chlorobenzol=chlorobenzene|propanone=acetone|methanal=formaldehyde|propanal=propionaldehyde|butanal=butyraldehyde|acrylaldehyde=acrolein
phenyl methyl ketone=acetophenone|methyl phenyl ketone=acetophenone|diphenyl ketone=benzophenone|methyl cyanide=acetonitrile
phenyl cyanide=benzonitrile|vinyl cyanide=acrylonitrile|methylene chloride=dichloromethane|methylene dichloride=dichloromethane
methylene bromide=dibromomethane|methylene dibromide=dibromomethane|ethylene dichloride=1,2-dichloroethane|ethylene dibromide=1,2-dibromoethane
methyl chloroform=1,1,1-trichloroethane|diphenyl ether=diphenyl ether|oxacyclopropane=oxirane|capric acid=decanoic acid
nitrous oxide=dinitrogen oxide|nitric oxide=nitrogen oxide|perhydrol=hydrogen peroxide|hydrogen chloride=hydrochloric acid|carbolic acid=phenol
vinylidene chloride=1,1-dichloroethylene|2-methyl-2-propyl=tert-butyl|decanedioic=sebacic|decanedioate=sebacate|carbonyl chloride=phosgene|carbonic dichloride=phosgene|thionyl dichloride=thionyl chloride|sulfinyl chloride=thionyl chloride
sulfonyl dichloride=sulfuryl chloride|phosphoric trichloride=phosphoryl chloride|bisulfide=disulfide|bifluoride=hydrogenfluoride
borohydride=tetrahydroborate|boracic=boric|toluol=toluene|benzol=benzene|xylol=xylene|picoline=methylpyridine|lutidine=dimethylpyridine
collidine=trimethylpyridine|chromium trioxide=chromium(vi) oxide|ethylene chlorohydrin=2-chloroethanol|ethylene glycol monomethyl ether=2-methoxyethanol
natrium=sodium |kalium=potassium |ameisensaeure=formic acid|essigsaeure=acetic acid|propionsaeure=propionic acid|buttersaeure=butyric acid
salzsaeure=hydrochloric acid|schwefelsaeure=sulfuric acid|salpetersaeure=nitric acid|phosphorsaeure=phosphoric acid|oxalsaeure=oxalic acid|weinsaeure=tartaric acid
zitronensaeure=citric acid|citronensaeure=citric acid|benzoesaeure=benzoic acid|milchsaeure=lactic acid|bernsteinsaeure=succinic acid|wasserstoffperoxid=hydrogen peroxide
chlorwasserstoff=hydrochloric acid|fluorwasserstoff=hydrogen fluoride|schwefelwasserstoff=hydrogen sulfide|blausaeure=hydrogen cyanide|schwefelkohlenstoff=carbon disulfide
azijnzuur=acetic acid|mierenzuur=formic acid|zwavelzuur=sulfuric acid|zoutzuur=hydrochloric acid|salpeterzuur=nitric acid|fosforzuur=phosphoric acid
ethylene glycol methyl ether=2-methoxyethanol|ethylene glycol monoethyl ether=2-ethoxyethanol|ethylene glycol ethyl ether=2-ethoxyethanol
ethylene glycol monobutyl ether=2-butoxyethanol|ethylene glycol butyl ether=2-butoxyethanol
`;
