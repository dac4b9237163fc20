import { below, table } from '../../reading/table.ts';

/** ASYCUDA World, single administrative document. What it has nothing to say of it writes as `<null/>`. */

const charge = (element: string, target: string): string => `
  ${element}/Amount_national_currency    ${target}.national:number
  ${element}/Amount_foreign_currency     ${target}.amount:number
  ${element}/Currency_code               ${target}.currency
  ${element}/Currency_name               ${target}.currencyName
  ${element}/Currency_rate               ${target}.rate:number
`;

const DOCUMENT = table(`
  Attached_document_code          kind
  Attached_document_name          description
  Attached_document_reference     number
  Attached_document_date          date:day
  Attached_document_date_expiration  validUntil:day
  Attached_document_from_rule     fromRule
  Attached_document_item          line
  Attached_document_country_code  country
  Attached_document_name_code     -
`);

const TAX = table(`
  Duty_tax_code                   kind
  Duty_tax_Base                   base:number
  Duty_tax_rate                   rate:number
  Duty_tax_amount                 amount:number
  Duty_tax_MP                     method
  Duty_tax_Type_of_calculation    calculation
`);

const SUPPLEMENTARY = table(`
  Supplementary_unit_rank         -
  Suppplementary_unit_code        unit
  Supplementary_unit_code         unit
  Suppplementary_unit_name        name
  Supplementary_unit_name         name
  Suppplementary_unit_quantity    quantity:number
  Supplementary_unit_quantity     quantity:number
`);

const CONTAINER = table(`
  Item_Number                     lines
  Container_identity              number
  Container_type                  sizeType
  Empty_full_indicator            fullness
  Gross_weight                    grossMassKg:number
  Goods_description               description
  Packages_type                   packageKind
  Packages_number                 packages:count
  Packages_weight                 netMassKg:number
  Net_weight                      netMassKg:number
  Seal                            seal
`);

/** 税则归类: the goods by the tariff, called by one of two names. */
const TARIFF = `
  Tarification_data                  -
  HScode/Commodity_code              hsCode
  HScode/Precision_1                 hsPrecision
  HScode/Precision_2                 hsPrecision2
  HScode/Precision_3                 hsPrecision3
  HScode/Precision_4                 hsPrecision4
  Preference_code                    preference
  Extended_customs_procedure         procedureCode
  National_customs_procedure         nationalProcedure
  Quota_code                         quota
  Quota/QuotaCode                    quota
  Supplementary_unit                 [supplementaryUnits]
  Item_price                         value:number
  Valuation_method_code              valuationMethod
  Value_item                         valueDetails
  Attached_doc_item                  documentCodes
  A.I._code                          additionalInformation
`;

const ITEM = table(
  `
  Suppliers_link/Suppliers_link_code              supplier
  Attached_documents                              [documents]
  Packages/Number_of_packages                     packaging.count:count
  Packages/Kind_of_packages_code                  packaging.kind
  Packages/Kind_of_packages_name                  packaging.kindName
  Packages/Marks1_of_packages                     packaging.marks1
  Packages/Marks2_of_packages                     packaging.marks2
  IncoTerms/Code                                  tradeTerms
  IncoTerms/Place                                 tradeTermsPlace
  ${below('Tarification', TARIFF)}
  ${below('Tariff', TARIFF)}
  Goods_description/Country_of_origin_code        originCountry
  Goods_description/Country_of_origin_region      originRegion
  Goods_description/Description_of_goods          tariffDescription
  Goods_description/Commercial_Description        description
  Previous_doc/Summary_declaration                previous.number
  Previous_doc/Summary_declaration_sl             previous.line
  Previous_doc/Previous_document_reference        previous.reference
  Previous_doc/Previous_warehouse_code            previous.warehouse
  Previous_document/Summary_declaration           previous.number
  Previous_document/Summary_declaration_sl        previous.line
  Licence_number                                  licence.number
  Amount_deducted_from_licence                    licence.value:number
  Quantity_deducted_from_licence                  licence.quantity:number
  Free_text_1                                     remarks
  Free_text_2                                     remarks2
  Taxation/Item_taxes_amount                      taxTotal:number
  Taxation/Item_taxes_guaranted_amount            taxGuaranteed:number
  Taxation/Item_taxes_mode_of_payment             paymentMethod
  Taxation/Counter_of_normal_mode_of_payment      -
  Taxation/Displayed_item_taxes_amount            -
  Taxation/Taxation_line                          [taxes]
  Valuation_item/Weight_itm/Gross_weight_itm      grossMassKg:number
  Valuation_item/Weight_itm/Net_weight_itm        netMassKg:number
  Valuation_item/Total_cost_itm                   costs:number
  Valuation_item/Total_CIF_itm                    customsValue:number
  Valuation_item/Rate_of_adjustement              adjustmentRate:number
  Valuation_item/Statistical_value                statisticalValue:number
  Valuation_item/Alpha_coeficient_of_apportionment  -
  Valuation_item/Item_Invoice/Amount_foreign      invoiced.amount:number
  Valuation_item/Item_Invoice/Currency_code       invoiced.currency
  ${charge('Valuation_item/Item_Invoice', 'invoiced')}
  ${charge('Valuation_item/item_external_freight', 'charges.externalFreight')}
  ${charge('Valuation_item/item_internal_freight', 'charges.internalFreight')}
  ${charge('Valuation_item/item_insurance', 'charges.insurance')}
  ${charge('Valuation_item/item_other_cost', 'charges.otherCost')}
  ${charge('Valuation_item/item_deduction', 'charges.deduction')}
  Valuation_item/Market_valuer                    -
  Valuation_item/Market_valuer/Rate               marketValue.rate:number
  Valuation_item/Market_valuer/Currency_amount    marketValue.amount:number
  Valuation_item/Market_valuer/Currency_code      marketValue.currency
  Valuation_item/Market_valuer/Basis_amount       marketValue.basis:number
  Valuation_item/Market_valuer/Basis_description  marketValue.description
`,
  { documents: DOCUMENT, supplementaryUnits: SUPPLEMENTARY, taxes: TAX },
);

const TRANSIT = `
  Transit/Principal/Code                          transit.principal.id
  Transit/Principal/Name                          transit.principal.name
  Transit/Principal/Representative                transit.principal.representative
  Transit/Signature/Place                         transit.place
  Transit/Signature/Date                          transit.signedOn:day
  Transit/Destination/Office                      transit.office
  Transit/Destination/Country                     transit.country
  Transit/Seals/Number                            transit.seals.count:count
  Transit/Seals/Identity                          transit.seals.identity
  Transit/Result_of_control                       transit.result
  Transit/Time_limit                              transit.limit:day
  Transit/Officer_name                            transit.officer
`;

const HEAD = `
  Export_release/Date_of_exit                     exit.date:day
  Export_release/Time_of_exit                     exit.time
  Export_release/Actual_office_of_exit_code       exit.office
  Export_release/Actual_office_of_exit_name       exit.officeName
  Export_release/Exit_reference                   exit.reference
  Export_release/Comments                         exit.remarks
  Assessment_notice/Registration_year             assessment.registrationYear
  Assessment_notice/Assessment_year               assessment.year
  Assessment_notice/Total_item_taxes              assessment.taxes:number
  Assessment_notice/Statement_number              assessment.statement
  Assessment_notice/Statement_date                assessment.statementOn:day
  Assessment_notice/Statement_serial              assessment.statementSerial
  Assessment_notice/Global_taxes                  -
  Assessment_notice/Item_taxes                    -
  Global_taxes                                    -
  Global_taxes/Global_tax_item                    [taxes]
  Property/Sad_flow                               flow
  Property/Forms/Number_of_the_form               -
  Property/Forms/Total_number_of_forms            forms:count
  Property/Nbers/Number_of_loading_lists          loadingLists:count
  Property/Nbers/Total_number_of_items            itemCount:count
  Property/Nbers/Total_number_of_packages         packages.count:count
  Property/Place_of_declaration                   issuePlace
  Property/Date_of_declaration                    declaredOn:day
  Property/Selected_page                          -
  Identification/Office_segment/Customs_clearance_office_code  declarationOffice
  Identification/Office_segment/Customs_Clearance_office_name  declarationOfficeName
  Identification/Type/Type_of_declaration         type
  Identification/Type/Declaration_gen_procedure_code  generalProcedure
  Identification/Type/Type_of_transit_document    transitDocument
  Identification/Type_of_declaration              type
  Identification/Declaration_sgl_segment/General_procedure_code  generalProcedure
  Identification/Manifest_reference_number        manifestNo
  Identification/Registration/Serial_number       registration.serial
  Identification/Registration/Number              registration.number
  Identification/Registration/Date                registration.date:day
  Identification/Assessment/Serial_number         assessment.serial
  Identification/Assessment/Number                assessment.number
  Identification/Assessment/Date                  assessment.date:day
  Identification/receipt/Serial_number            receipt.serial
  Identification/receipt/Number                   receipt.number
  Identification/receipt/Date                     receipt.date:day
  Traders/Exporter/Exporter_code                  parties.exporter.id
  Traders/Exporter/Exporter_name                  parties.exporter.name
  Traders/Consignee/Consignee_code                parties.consignee.id
  Traders/Consignee/Consignee_name                parties.consignee.name
  Traders/Financial/Financial_code                parties.financial.id
  Traders/Financial/Financial_name                parties.financial.name
  Declarant/Declarant_code                        parties.declarant.id
  Declarant/Declarant_name                        parties.declarant.name
  Declarant/Declarant_representative              parties.declarant.representative
  Declarant/Reference/Year                        reference.year
  Declarant/Reference/Reference_year              reference.year
  Declarant/Reference/Number                      reference.number
  Declarant/Reference/Reference_number            reference.number
  General_information/Country/Country_first_destination  transport.firstDestination
  General_information/Country/Trading_country     tradeCountry
  General_information/Country/Export/Export_country_code    exportCountry
  General_information/Country/Export/Export_country_name    exportCountryName
  General_information/Country/Export/Export_country_region  exportRegion
  General_information/Country/Destination/Destination_country_code    destinationCountry
  General_information/Country/Destination/Destination_country_name    destinationCountryName
  General_information/Country/Destination/Destination_country_region  destinationRegion
  General_information/Country/Country_of_origin_name  originCountryName
  General_information/Value_details               valueDetails:number
  General_information/CAP                         agriculturalPolicy
  General_information/Additional_information      additionalInformation
  General_information/Comments_free_text          remarks
  Transport/Means_of_transport/Departure_arrival_information/Identity     transport.inlandConveyance
  Transport/Means_of_transport/Departure_arrival_information/Nationality  transport.inlandNationality
  Transport/Means_of_transport/Border_information/Identity     transport.conveyance
  Transport/Means_of_transport/Border_information/Nationality  transport.nationality
  Transport/Means_of_transport/Border_information/Mode         transport.mode
  Transport/Means_of_transport/Inland_mode_of_transport        transport.inlandMode
  Transport/Container_flag                        transport.containerised
  Transport/Delivery_terms/Code                   tradeTerms
  Transport/Delivery_terms/Place                  tradeTermsPlace
  Transport/Delivery_terms/Situation              tradeTermsSituation
  Transport/Border_office/Code                    borderOffice
  Transport/Border_office/Name                    borderOfficeName
  Transport/Place_of_loading/Code                 transport.loadingPort
  Transport/Place_of_loading/Name                 transport.loadingPortName
  Transport/Place_of_loading/Country              transport.loadingCountry
  Transport/Location_of_goods                     transport.goodsLocation
  Financial/Financial_transaction/code1           transactionNature
  Financial/Financial_transaction/code2           transactionNature2
  Financial/Bank/Code                             payment.bank
  Financial/Bank/Name                             payment.bankName
  Financial/Bank/Branch                           payment.branch
  Financial/Bank/Reference                        payment.bankReference
  Financial/Terms/Code                            payment.terms
  Financial/Terms/Description                     payment.termsDescription
  Financial/Total_invoice                         totalValue:number
  Financial/Deffered_payment_reference            payment.deferred
  Financial/Deferred_payment/Deferred_payment_reference  payment.deferred
  Financial/Mode_of_payment                       payment.method
  Financial/Amounts/Total_manual_taxes            taxTotals.manual:number
  Financial/Amounts/Global_taxes                  taxTotals.global:number
  Financial/Amounts/Totals_taxes                  taxTotals.all:number
  Financial/Guarantee/Name                        guarantee.name
  Financial/Guarantee/Amount                      guarantee.amount:number
  Financial/Guarantee/Date                        guarantee.date:day
  Warehouse/Identification                        warehouse.id
  Warehouse/Delay                                 warehouse.delay
  ${TRANSIT}
  Valuation/Calculation_working_mode              valuation.mode
  Valuation/Weight/Gross_weight                   grossMassKg:number
  Valuation/Total_cost                            valuation.costs:number
  Valuation/Total_CIF                             customsValue:number
  ${charge('Valuation/Gs_Invoice', 'valuation.invoice')}
  ${charge('Valuation/Gs_external_freight', 'valuation.externalFreight')}
  ${charge('Valuation/Gs_internal_freight', 'valuation.internalFreight')}
  ${charge('Valuation/Gs_insurance', 'valuation.insurance')}
  ${charge('Valuation/Gs_other_cost', 'valuation.otherCost')}
  ${charge('Valuation/Gs_deduction', 'valuation.deduction')}
  Valuation/Total/Total_invoice                   valuation.totalInvoice:number
  Valuation/Total/Total_weight                    valuation.totalMass:number
  Suppliers_documents                             [suppliers]
  Container                                       [containers]
  Containers/Container                            [containers]
  Item                                            [lines]
  Items/Item                                      [lines]
`;

const SUPPLIER = table(`
  Suppliers_document_itmlink       link
  Suppliers_document_code          id
  Suppliers_document_name          name
  Suppliers_document_country       country
  Suppliers_document_city          city
  Suppliers_document_street        address
  Suppliers_document_zip_code      postcode
  Suppliers_document_telephone     telephone
  Suppliers_document_fax           fax
  Suppliers_document_invoice_nbr   invoiceNo
  Suppliers_document_invoice_amt   invoiceValue:number
  Suppliers_document_type_code     kind
  Suppliers_document_date          date:day
`);

const lists = { containers: CONTAINER, lines: ITEM, taxes: TAX, suppliers: SUPPLIER };

export const DECLARATION = table(HEAD, lists);
