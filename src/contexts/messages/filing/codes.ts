/**
 * Codes of other tables in our own, where one means exactly one of ours. A code that is not here is passed
 * on as it stands and told by the check of what is filed: nothing is guessed.
 */

const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split('=') as [string, string]),
  );

/** ISO 3166-1 alpha-3, as the declaration form writes countries since August 2018. */
const ALPHA3 = pairs(`
  AFG=AF ALB=AL DZA=DZ AND=AD AGO=AO ARG=AR ARM=AM AUS=AU AUT=AT AZE=AZ BHS=BS BHR=BH BGD=BD BRB=BB
  BLR=BY BEL=BE BLZ=BZ BEN=BJ BTN=BT BOL=BO BIH=BA BWA=BW BRA=BR BRN=BN BGR=BG BFA=BF BDI=BI KHM=KH
  CMR=CM CAN=CA CPV=CV CAF=CF TCD=TD CHL=CL CHN=CN COL=CO COM=KM COG=CG COD=CD CRI=CR CIV=CI HRV=HR
  CUB=CU CYP=CY CZE=CZ DNK=DK DJI=DJ DMA=DM DOM=DO ECU=EC EGY=EG SLV=SV GNQ=GQ ERI=ER EST=EE SWZ=SZ
  ETH=ET FJI=FJ FIN=FI FRA=FR GAB=GA GMB=GM GEO=GE DEU=DE GHA=GH GRC=GR GRD=GD GTM=GT GIN=GN GNB=GW
  GUY=GY HTI=HT HND=HN HKG=HK HUN=HU ISL=IS IND=IN IDN=ID IRN=IR IRQ=IQ IRL=IE ISR=IL ITA=IT JAM=JM
  JPN=JP JOR=JO KAZ=KZ KEN=KE KIR=KI PRK=KP KOR=KR KWT=KW KGZ=KG LAO=LA LVA=LV LBN=LB LSO=LS LBR=LR
  LBY=LY LIE=LI LTU=LT LUX=LU MAC=MO MDG=MG MWI=MW MYS=MY MDV=MV MLI=ML MLT=MT MHL=MH MRT=MR MUS=MU
  MEX=MX FSM=FM MDA=MD MCO=MC MNG=MN MNE=ME MAR=MA MOZ=MZ MMR=MM NAM=NA NRU=NR NPL=NP NLD=NL NZL=NZ
  NIC=NI NER=NE NGA=NG MKD=MK NOR=NO OMN=OM PAK=PK PLW=PW PSE=PS PAN=PA PNG=PG PRY=PY PER=PE PHL=PH
  POL=PL PRT=PT QAT=QA ROU=RO RUS=RU RWA=RW WSM=WS SMR=SM SAU=SA SEN=SN SRB=RS SYC=SC SLE=SL SGP=SG
  SVK=SK SVN=SI SLB=SB SOM=SO ZAF=ZA SSD=SS ESP=ES LKA=LK SDN=SD SUR=SR SWE=SE CHE=CH SYR=SY TWN=TW
  TJK=TJ TZA=TZ THA=TH TLS=TL TGO=TG TON=TO TTO=TT TUN=TN TUR=TR TKM=TM TUV=TV UGA=UG UKR=UA ARE=AE
  GBR=GB USA=US URY=UY UZB=UZ VUT=VU VEN=VE VNM=VN YEM=YE ZMB=ZM ZWE=ZW
`);

/** 海关国别（地区）代码 as before August 2018, which bonded lists still write. */
const CUSTOMS_COUNTRY = pairs(`
  101=AF 102=BH 103=BD 104=BT 105=BN 106=MM 107=KH 108=CY 109=KP 110=HK 111=IN 112=ID 113=IR 114=IQ
  115=IL 116=JP 117=JO 118=KW 119=LA 120=LB 121=MO 122=MY 123=MV 124=MN 125=NP 126=OM 127=PK 129=PH
  130=QA 131=SA 132=SG 133=KR 134=LK 135=SY 136=TH 137=TR 138=AE 139=YE 141=VN 142=CN 143=TW 145=KZ
  301=BE 302=DK 303=GB 304=DE 305=FR 306=IE 307=IT 308=LU 309=NL 310=GR 311=PT 312=ES 315=AT 318=FI
  321=HU 326=NO 327=PL 330=SE 331=CH 344=RU 347=UA 402=AR 410=BR 412=CL 429=MX 501=CA 502=US 601=AU
  609=NZ
`);

/** 海关币制代码 as before August 2018. */
const CUSTOMS_CURRENCY = pairs(`
  110=HKD 112=IDR 116=JPY 121=MOP 122=MYR 129=PHP 132=SGD 133=KRW 136=THB 142=CNY 300=EUR 302=DKK
  303=GBP 326=NOK 330=SEK 331=CHF 344=RUB 501=CAD 502=USD 601=AUD 609=NZD
`);

/** 成交方式代码. */
const TERMS = pairs('1=CIF 2=CFR 3=FOB 4=CI 5=MKT 6=DPT 7=EXW');

/** UN/ECE recommendation 19, modes of transport, in those of the declaration form. */
const MODE = pairs('1=2 2=3 3=4 4=5');

/** UN/ECE recommendation 20, units of measure. */
const UNIT = pairs(
  'KGM=035 GRM=036 TNE=070 MTR=030 MTK=032 MTQ=033 LTR=095 MLT=096 CTM=084 KMT=147',
);

/** UN/ECE recommendation 21, packages: those that say what they are made of. */
const PACKAGE = pairs(`
  VQ=00 VG=00 VL=00 VY=00 VR=00 VO=00 NE=01 NF=01 NG=01 BG=06 SA=06 5L=06 5M=06 EC=06 CT=22 4G=22
  4C=23 4D=23 4F=23 4A=29 4B=29 4H=29 1G=32 1D=33 1W=33 2C=33 1A=39 1B=39 IH=39
`);

const by =
  (...tables: ReadonlyMap<string, string>[]) =>
  (code: string | null): string | null => {
    if (code === null) return null;
    const known = tables.find((table) => table.has(code.toUpperCase()));
    return known?.get(code.toUpperCase()) ?? code;
  };

/** Two letters of ISO 3166-1, from three letters or the old customs numbers. */
export const countryOf = by(ALPHA3, CUSTOMS_COUNTRY);
/** Three letters of ISO 4217, from the old customs numbers. */
export const currencyOf = by(CUSTOMS_CURRENCY);
export const termsOf = by(TERMS);
/** The declaration form's mode of transport, from recommendation 19. */
export const modeOf = by(MODE);
export const unitOf = by(UNIT);
export const packageKindOf = by(PACKAGE);
