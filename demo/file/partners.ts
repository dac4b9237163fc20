import type { Receipt } from '../../src/contexts/messages/contract.ts';
import { addDays, type LocalDate } from '../../src/kernel/dates.ts';
import { type Client, unlessDone } from './client.ts';

/** Who sends messages besides those who file by form. */
export interface Partners {
  readonly broker: Client;
  readonly carrier: Client;
  readonly complain: (sentence: string) => void;
}

/**
 * What programs of the trade send, as they really write it: a manifest that is filed, an instruction that is kept,
 * and three files that are refused, each for another reason. Sending them again changes nothing.
 */
export async function sendMessages(
  { broker, carrier, complain }: Partners,
  day: LocalDate,
): Promise<void> {
  const send = async (partner: Client, message: string, expected: Receipt['outcome']) => {
    await unlessDone(async () => {
      const { outcome, id } = await partner.post<Receipt>('/api/trade-messages', message);
      if (outcome === 'refused' && expected !== outcome) complain(`Message ${id} was refused`);
    });
  };
  await send(carrier, manifest(day), 'filed');
  await send(carrier, withoutMaster(day), 'refused');
  await send(broker, instruction(day), 'kept');
  await send(broker, declaration(day, 'ATL'), 'refused');
  const whole = declaration(day, 'DEU');
  await send(broker, whole.slice(0, whole.indexOf('<GQty>')), 'refused');
}

const digits = (day: LocalDate): string => day.replaceAll('-', '');

/** CUSCAR of one bill; its trailer counts a segment too many, as trailers do. */
const manifest = (day: LocalDate): string => `UNA:+.? '
UNB+UNOC:3+DJOL:ZZ+CUSTOMS:ZZ+${digits(day).slice(2)}:0915+DJ000417'
UNH+1+CUSCAR:D:96B:UN'
BGM+85+DJ-2026-0417+9'
DTM+137:${digits(day)}0915:203'
LOC+22+2225:148:172'
NAD+CA+DJOL:172:20'
TDT+20+0417E+1++DJOL:172:20:DONGJI OCEAN LINE+++9300417:146:11:DONGJI HAIYAN:PA'
LOC+60+CNSHA:139:6'
DTM+132:${digits(addDays(day, 3))}:102'
EQD+CN+CSQU3054383+22G1:102:5++3+5'
SEL+DJ-88120'
CNI+1+DJOLM0417A'
RFF+BM:DJOLM0417A'
LOC+9+DEHAM:139:6'
LOC+11+CNSHA:139:6'
NAD+CZ+++ELBE HANDELS GMBH+SPEICHERSTADT 7+HAMBURG++20457+DE'
NAD+CN+++PUJIANG TRADING CO'
GID+1+40:CT'
FTX+AAA+++DEEP GROOVE BALL BEARINGS'
MEA+AAE+G+KGM:1200,75'
SGP+CSQU3054383+40'
CNT+7:1200.75:KGM'
UNT+21+1'
UNZ+1+DJ000417'
`;

/** MT1401 of a house bill whose master is not in it. */
const withoutMaster = (day: LocalDate): string => `<?xml version="1.0" encoding="UTF-8"?>
<Manifest xmlns="urn:Declaration:datamodel:standard:CN:MT1401:1">
  <Head>
    <MessageID>CN_MT1401_DJ0418</MessageID>
    <FunctionCode>9</FunctionCode>
    <MessageType>MT1401</MessageType>
  </Head>
  <Declaration>
    <DeclarationOfficeID>2225</DeclarationOfficeID>
    <BorderTransportMeans>
      <JourneyID>0418E</JourneyID>
      <TypeCode>1</TypeCode>
      <ID>9300418</ID>
      <Name>DONGJI HAIXING</Name>
    </BorderTransportMeans>
    <Carrier><ID>DJOL</ID></Carrier>
    <Consignment>
      <TransportContractDocument><ID>DJOLM0418</ID></TransportContractDocument>
      <AssociatedTransportDocument><ID>DJOLM0418-1</ID></AssociatedTransportDocument>
      <LoadingLocation><ID>DEHAM</ID></LoadingLocation>
      <UnloadingLocation><ID>CNSHA/2225</ID><ArrivalDateTime>${digits(addDays(day, 4))}</ArrivalDateTime></UnloadingLocation>
      <TotalPackageQuantity unitCode="CT">10</TotalPackageQuantity>
      <TotalGrossMassMeasure unitCode="KGM">1050</TotalGrossMassMeasure>
      <Consignee><Name>上海浦江贸易有限公司</Name></Consignee>
      <Consignor><Name>Elbe Handels GmbH</Name></Consignor>
      <ConsignmentItem>
        <SequenceNumeric>1</SequenceNumeric>
        <Commodity><CargoDescription>深沟球轴承</CargoDescription></Commodity>
      </ConsignmentItem>
    </Consignment>
  </Declaration>
</Manifest>
`;

/** IFTMIN of a booking: read and kept, for nothing is filed of its kind. */
const instruction = (day: LocalDate): string => `UNA:+.? '
UNB+UNOC:3+DEMOBROKER:14+DJOL:14+${digits(day).slice(2)}:0930+SI20260417'
UNH+1+IFTMIN:D:99B:UN'
BGM+340+SI-2026-0417+9'
DTM+137:${digits(day)}0930:203'
CNT+7:1200.75:KGM'
CNT+11:40'
RFF+BN:DJBK0417'
TDT+20+0417E+1+13+DJOL:172:20:DONGJI OCEAN LINE+++9300417:146:11:DONGJI HAIYAN'
LOC+9+DEHAM:139:6:HAMBURG'
LOC+11+CNSHA:139:6:SHANGHAI'
NAD+CZ+++ELBE HANDELS GMBH+SPEICHERSTADT 7+HAMBURG++20457+DE'
NAD+CN+++PUJIANG TRADING CO'
GID+1+40:CT'
FTX+AAA+++DEEP GROOVE BALL BEARINGS'
MEA+AAE+G+KGM:1200.75'
UNT+16+1'
UNZ+1+SI20260417'
`;

/** 报关单 of one line; a country of origin that no code table has keeps it from being filed. */
const declaration = (
  day: LocalDate,
  origin: string,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<DecMessage Version="4.8" xmlns="http://www.chinaport.gov.cn/dec">
  <DecHead>
    <IEFlag>I</IEFlag>
    <OverseasConsignorEname>Elbe Handels GmbH</OverseasConsignorEname>
    <BillNo>DJOLM0417A</BillNo>
    <CustomMaster>2225</CustomMaster>
    <IEPort>2225</IEPort>
    <CutMode>101</CutMode>
    <TradeMode>0110</TradeMode>
    <TrafMode>2</TrafMode>
    <TrafName>DONGJI HAIYAN</TrafName>
    <TransMode>1</TransMode>
    <TradeCountry>DEU</TradeCountry>
    <IEDate>${digits(addDays(day, 3))}</IEDate>
    <PackNo>40</PackNo>
    <WrapType>22</WrapType>
    <GrossWet>1200.75</GrossWet>
    <NetWt>1100</NetWt>
  </DecHead>
  <DecLists>
    <DecList>
      <GNo>1</GNo>
      <CodeTS>8482102000</CodeTS>
      <GName>深沟球轴承</GName>
      <OriginCountry>${origin}</OriginCountry>
      <GQty>1000</GQty>
      <GUnit>011</GUnit>
      <FirstQty>1100</FirstQty>
      <FirstUnit>035</FirstUnit>
      <DeclPrice>5</DeclPrice>
      <DeclTotal>5000</DeclTotal>
      <TradeCurr>EUR</TradeCurr>
    </DecList>
  </DecLists>
  <DecFreeTxt><VoyNo>0417E</VoyNo></DecFreeTxt>
  <DecSign><ClientSeqNo>DEMO-2026-0417</ClientSeqNo></DecSign>
</DecMessage>
`;
