// Messages as a broker's, a carrier's and an enterprise's programs write them, for the stories about them.
import { BROKER, IMPORTER } from '../../src/contexts/clearance/fixtures.ts';

/** 报关单 of the goods of `content()`. */
export const decMessage = (
  reference: string,
  bill: string,
  { hsCode = '8482102000', gross = '1050' } = {},
): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<DecMessage Version="4.8" xmlns="http://www.chinaport.gov.cn/dec"><DecHead><IEFlag>I</IEFlag>
<AgentCodeScc>${BROKER}</AgentCodeScc><AgentName>上海江海报关有限公司</AgentName><TradeCoScc>${IMPORTER}</TradeCoScc>
<TradeName>上海浦江贸易有限公司</TradeName><OverseasConsignorEname>Elbe Handels GmbH</OverseasConsignorEname>
<BillNo>${bill}</BillNo><CustomMaster>2225</CustomMaster><IEPort>2225</IEPort><CutMode>101</CutMode><TradeMode>0110</TradeMode>
<TrafMode>2</TrafMode><TrafName>COSCO SHIPPING ARIES</TrafName><TransMode>1</TransMode><TradeCountry>DEU</TradeCountry>
<IEDate>20260701</IEDate><PackNo>10</PackNo><WrapType>22</WrapType><GrossWet>${gross}</GrossWet><NetWt>1000</NetWt></DecHead>
<DecLists><DecList><GNo>1</GNo><CodeTS>${hsCode}</CodeTS><GName>深沟球轴承</GName><OriginCountry>DEU</OriginCountry>
<GQty>1000</GQty><GUnit>011</GUnit><FirstQty>1000</FirstQty><FirstUnit>035</FirstUnit><DeclPrice>5</DeclPrice>
<DeclTotal>5000</DeclTotal><TradeCurr>EUR</TradeCurr></DecList></DecLists>
<DecFreeTxt><VoyNo>041E</VoyNo></DecFreeTxt><DecSign><ClientSeqNo>${reference}</ClientSeqNo></DecSign></DecMessage>`;

/** 原始舱单 of one bill. */
export const mt1401 = (
  id: string,
  bill: string,
  { consignee = IMPORTER } = {},
): string => `<?xml version="1.0" encoding="UTF-8"?>
<Manifest xmlns="urn:Declaration:datamodel:standard:CN:MT1401:1"><Head><MessageID>${id}</MessageID>
<FunctionCode>9</FunctionCode><MessageType>MT1401</MessageType></Head><Declaration><DeclarationOfficeID>2225</DeclarationOfficeID>
<BorderTransportMeans><JourneyID>041E</JourneyID><TypeCode>1</TypeCode><ID>9783497</ID><Name>COSCO SHIPPING ARIES</Name></BorderTransportMeans>
<Carrier><ID>COSU</ID></Carrier><Consignment><TransportContractDocument><ID>${bill}</ID></TransportContractDocument>
<LoadingLocation><ID>DEHAM</ID></LoadingLocation><UnloadingLocation><ID>CNSHA/2225</ID><ArrivalDateTime>20260704</ArrivalDateTime></UnloadingLocation>
<TotalPackageQuantity unitCode="CT">10</TotalPackageQuantity><TotalGrossMassMeasure unitCode="KGM">1050</TotalGrossMassMeasure>
<Consignee><ID>${consignee}</ID><Name>上海浦江贸易有限公司</Name></Consignee><Consignor><Name>Elbe Handels GmbH</Name></Consignor>
<TransportEquipment><ID>CSQU3054383</ID><CharacteristicCode>22G1</CharacteristicCode><Seal><ID>S1</ID></Seal></TransportEquipment>
<ConsignmentItem><SequenceNumeric>1</SequenceNumeric><Commodity><CargoDescription>深沟球轴承</CargoDescription></Commodity></ConsignmentItem></Consignment>
<UnloadingLocation><ArrivalDateTime>20260704</ArrivalDateTime></UnloadingLocation></Declaration></Manifest>`;

/** 核放单 of one lorry that enters the zone first with the goods of a bill, and declares them later. */
export const sas121 = (
  reference: string,
  bill: string,
  plate: string,
  { number = '', act = '1' } = {},
): string =>
  `<Package><EnvelopInfo><message_id>${reference}</message_id><message_type>SAS121</message_type><sender_id>E1</sender_id>
<receiver_id>C1</receiver_id></EnvelopInfo><DataInfo><BussinessData><PassPortMessage><PassportHead>
<PassportTypecd>1</PassportTypecd><MasterCuscd>2225</MasterCuscd><DclTypecd>${act}</DclTypecd><IoTypecd>I</IoTypecd>
<PassportNo>${number}</PassportNo><BindTypecd>2</BindTypecd><RltTbTypecd>3</RltTbTypecd><RltNo>${bill}</RltNo><AreainEtpsSccd>${BROKER}</AreainEtpsSccd>
<VehicleNo>${plate}</VehicleNo><VehicleWt>5000</VehicleWt><TotalGrossWt>1050</TotalGrossWt><EtpsPreentNo>${reference}</EtpsPreentNo>
</PassportHead></PassPortMessage></BussinessData></DataInfo></Package>`;
