import type { LocalDate } from '../../../kernel/dates.ts';
import {
  type DutyFiling,
  type DutyRequest,
  dayOfLaw,
  type KeptDuty,
  type Ledger,
} from '../../duty/index.ts';
import type { DeclarationContent } from '../contract.ts';
import type { FilingProvider, FilingRequest } from '../provider.ts';

/** Tariff quota certificates, of all countries and of one (监管证件 t、q). */
const QUOTA_CERTIFICATES = new Set(['t', 'q']);

/** The tax: assessed as it was declared (自报自缴), and guaranteed where its payer has a guarantee. */
export function dutyProvider({ filing: duty }: Pick<Ledger, 'filing'>): FilingProvider {
  return {
    kinds: ['taxPaidOrGuaranteed'],
    async prepare(tx, requests) {
      const answers = await duty.prepare(tx, requests.map(toDutyFiling));
      return new Map(
        [...answers].map(([id, { problems, requirements, kept }]) => [
          id,
          {
            problems: problems.map((each) => ({ ...each, params: { ...each.params } })),
            requirements,
            kept,
          },
        ]),
      );
    },
    async record(tx, accepted) {
      await duty.record(
        tx,
        accepted.map(({ kept, envelope }) => ({ kept: kept as KeptDuty, envelope })),
      );
    },
    giveBack: (tx, declaration, envelope) => duty.reverse(tx, declaration, envelope),
  };
}

function toDutyFiling({ id, content, on, at, amends }: FilingRequest): DutyFiling {
  const { declarant, domestic } = content.parties;
  return {
    declaration: id,
    payer: domestic?.uscc ?? declarant?.uscc ?? '',
    declarant: declarant?.uscc ?? '',
    office: content.declarationOffice ?? '',
    at,
    amends,
    request: dutyRequestOf(id, content, on),
  };
}

/**
 * What duty is asked: the declaration in the words of the tariff. A summary may leave the trade terms
 * open; the price it states is then taken as CIF until the whole is declared.
 */
export function dutyRequestOf(
  id: string,
  content: DeclarationContent,
  acceptedOn: LocalDate,
): DutyRequest {
  const { ieFlag, filing } = content;
  const { date } = content.transport;
  const proof =
    content.documents.find(({ kind }) => kind === 'certificateOfOrigin')?.number ?? null;
  const quota = content.licences.find(({ kind }) => kind !== null && QUOTA_CERTIFICATES.has(kind));
  const charge = (amount: string | null) =>
    amount === null ? null : { kind: 'total' as const, amount, currency: content.currency ?? '' };
  return {
    declaration: id,
    on: dayOfLaw({ ieFlag, filing, acceptedOn, conveyanceEnteredOn: date }).on,
    ieFlag,
    supervisionMode: content.supervisionMode,
    levyNature: content.levyNature,
    tradeTerms: content.tradeTerms ?? (filing === 'twoStep' ? 'CIF' : null),
    currency: content.currency,
    freight: charge(content.freight),
    insurance: charge(content.insurance),
    grossMassKg: content.grossMassKg,
    conveyanceEnteredOn: ieFlag === 'I' ? date : null,
    acceptedOn,
    lines: content.lines.map((line) => ({
      lineNo: line.lineNo,
      hsCode: line.hsCode ?? '',
      originCountry: line.originCountry,
      preference: line.preference,
      originProof: proof,
      quantity: line.quantity,
      unit: line.unit,
      netMassKg: line.netMassKg,
      value: line.value,
      quotaCertificate: quota?.number ?? null,
    })),
  };
}
