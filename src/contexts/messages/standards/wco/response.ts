import { codes } from '../../reading/codes.ts';
import { below, type Document, table } from '../../reading/table.ts';

const POINTER = table(`
  SequenceNumeric            sequence:count
  DocumentSectionCode        section
  TagID                      tag
`);

const ERROR = table(
  `
  ValidationCode             code
  Description                text
  Pointer                    [pointers]
`,
  { pointers: POINTER },
);

const STATUS = table(`
  NameCode                            code
  EffectiveDateTime/DateTimeString    at:time14
  EffectiveDateTime                   at:time
  ReleaseDateTime/DateTimeString      releasedAt:time14
  ReleaseDateTime                     releasedAt:time
  Pointer                             -
`);

const STATEMENT = table(
  `
  StatementCode              code
  StatementTypeCode          type
  StatementDescription       text
  LimitDateTime/DateTimeString  limit:time14
  Pointer                    [pointers]
`,
  { pointers: POINTER },
);

const TAX = table(`
  TypeCode                              kind
  AdValoremTaxBaseAmount                base:number
  AdValoremTaxBaseAmount@currencyID     currency
  DeductAmount                          deducted:number
  DutyRegimeCode                        regime
  TaxRateNumeric                        rate:number
  Payment/ReferenceID                   reference
  Payment/TaxAssessedAmount             amount:number
  Payment/TaxAssessedAmount@currencyID  currency
  Payment/PaymentAmount                 paid:number
  Payment/DueDateTime/DateTimeString    dueAt:time14
  Payment/MethodCode                    method
`);

const LINE = table(
  `
  SequenceNumeric            lineNo:count
  Commodity/DutyTaxFee       [taxes]
  AdditionalDocument         -
`,
  { taxes: TAX },
);

/** What is said of the declaration that is answered, or of one within those answered together. */
const DECLARED = `
  FunctionalReferenceID                 declaration.id
  ID                                    declaration.number
  VersionID                             declaration.version
  TypeCode                              declaration.type
  FunctionCode                          declaration.function
  SubmissionDateTime/DateTimeString     declaration.submittedAt:time14
  AcceptanceDateTime/DateTimeString     declaration.acceptedAt:time14
  AcceptanceDateTime                    declaration.acceptedAt:time
  RejectionDateTime/DateTimeString      declaration.rejectedAt:time14
  RejectionDateTime                     declaration.rejectedAt:time
  CancellationDateTime/DateTimeString   declaration.cancelledAt:time14
  CancellationDateTime                  declaration.cancelledAt:time
  GoodsItemQuantity                     declaration.itemCount:count
  AdditionalInformation                 [statements]
  DutyTaxFee                            [taxes]
  GoodsShipment/GovernmentAgencyGoodsItem  [lines]
  Agent/ID                              declaration.agent
  Declarant/ID                          declaration.declarant
  Submitter/ID                          declaration.submitter
  GoodsShipment/Consignment             -
  GoodsShipment/Importer                -
`;

export const RESPONSE = table(
  `
  FunctionCode                                      code
  FunctionalReferenceID                             id
  ID                                                responseId
  TypeCode                                          type
  IssueDateTime/DateTimeString                      answeredAt:time14
  IssueDateTime                                     answeredAt:time
  AppealOffice/ID                                   appealOffice
  ContactOffice/ID                                  contactOffice
  Bank/ID                                           bank.id
  Bank/ReferenceID                                  bank.reference
  ${['Declaration', 'OverallDeclaration/Declaration'].map((of) => below(of, DECLARED)).join('\n')}
  AdditionalInformation                             [statements]
  Error                                             [errors]
  Status                                            [statuses]
  DutyTaxFee                                        [taxes]
`,
  { errors: ERROR, statuses: STATUS, statements: STATEMENT, taxes: TAX, lines: LINE },
);

/** Function codes of a response, as customs administrations of the EU and the UK use them. */
const OUTCOMES = codes({
  '01': 'accepted',
  '02': 'received',
  '03': 'rejected',
  '05': 'examination',
  '06': 'documentsRequested',
  '07': 'amended',
  '08': 'released',
  '09': 'closed',
  '10': 'cancelled',
  '11': 'answered',
  '13': 'taxDue',
  '14': 'paymentMissing',
  '15': 'paymentMissing',
  '16': 'exited',
  '17': 'released',
});

export function settleResponse(document: Document): void {
  const code = String(document.code ?? '').padStart(2, '0');
  document.outcome =
    OUTCOMES.get(code) ??
    ((document.errors as unknown[] | undefined)?.length ? 'rejected' : 'received');
  document.errors ??= [];
}
