import { useTranslation } from 'react-i18next';
import type { Bill } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useApproval } from '../../../parts/approval.ts';
import { Ask, type AskField, type Said } from '../../../parts/ask.tsx';

const STALE = ['/api/bills', '/api/bill-stages', '/api/manifests', '/api/cases'];

interface Act {
  readonly name: string;
  readonly path: string;
  readonly fields: readonly AskField[];
  readonly body: (said: Said) => unknown;
  readonly isDanger?: boolean;
  readonly isPrimary?: boolean;
}

/** What the reader may do to a bill now. The server says which; a click asks what the act needs. */
export function BillActs({
  bill,
  allowed,
  path,
}: {
  readonly bill: Bill;
  readonly allowed: readonly string[];
  readonly path: string;
}) {
  const { t } = useTranslation('cargo');
  const acts = useActs(bill);
  return (
    <>
      {acts
        .filter(({ name }) => allowed.includes(name))
        .map(({ name, path: at, fields, body, isDanger = false, isPrimary = false }) => (
          <Ask
            key={name}
            button={t(`act.${name as 'amend'}`)}
            lead={t(`act.${name as 'amend'}.lead`)}
            stale={STALE}
            fields={fields}
            isDanger={isDanger}
            isPrimary={isPrimary}
            command={(said) => ({ method: 'POST', path: `${path}/${at}`, body: body(said) })}
          />
        ))}
    </>
  );
}

/** `HB1, 6, 600` a line: a house bill with its packages and its gross mass. */
const readHouses = (text: string) =>
  text
    .split(/\n/)
    .map((line) => line.trim().split(/[,，;\t ]+/))
    .filter(([number]) => number)
    .map(([number, packages, grossMassKg]) => ({
      number,
      packages: Number(packages) || null,
      grossMassKg: grossMassKg ?? null,
    }));

function useAmendFields({ content, houses }: Bill): readonly AskField[] {
  const { t } = useTranslation('cargo');
  if (houses.length > 0) {
    return [
      { name: 'file', label: t('field.wholeBill'), kind: 'file', hint: t('field.wholeBill.hint') },
    ];
  }
  return [
    {
      name: 'description',
      label: t('column.goods'),
      kind: 'text',
      initial: content?.description ?? '',
    },
    {
      name: 'packages',
      label: t('column.packages'),
      kind: 'amount',
      initial: String(content?.packages ?? ''),
    },
    {
      name: 'grossMassKg',
      label: t('column.grossMassKg'),
      kind: 'amount',
      initial: content?.grossMassKg ?? '',
    },
    {
      name: 'marks',
      label: t('field.marks'),
      kind: 'text',
      isOptional: true,
      initial: content?.marks ?? '',
    },
  ];
}

/** A file that is no bill is sent as it is: the server says what is wrong with it. */
function readBill(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function amended(bill: Bill, { reason, file, packages, ...said }: Said): unknown {
  if (file !== undefined) return { content: readBill(file), reason };
  const content = { ...bill.content, ...said, packages: Number(packages), houses: [] };
  return { content, reason };
}

function useActs(bill: Bill): readonly Act[] {
  const { t } = useTranslation('cargo');
  const reason: AskField = { name: 'reason', label: t('field.reason'), kind: 'long' };
  const { fields, body } = useApproval();
  const amendFields = useAmendFields(bill);
  const asIs = (said: Said) => said;
  return [
    {
      ...{ name: 'answerChange', path: 'change-answer', isPrimary: true },
      fields,
      body,
    },
    {
      ...{ name: 'answerLift', path: 'lift-answer', isPrimary: true },
      fields,
      body,
    },
    { name: 'proposeLift', path: 'lift', fields: [reason], body: asIs },
    {
      ...{ name: 'forbidLoading', path: 'do-not-load', isDanger: true },
      fields: [
        reason,
        {
          name: 'legalBasis',
          label: t('field.legalBasis'),
          kind: 'text',
          initial: t('field.legalBasis.manifest'),
        },
      ],
      body: asIs,
    },
    {
      ...{ name: 'amend', path: 'amend' },
      fields: [...amendFields, reason],
      body: (said) => amended(bill, said),
    },
    {
      ...{ name: 'split', path: 'split' },
      fields: [
        { name: 'houses', label: t('field.houses'), kind: 'long', hint: t('field.houses.hint') },
        reason,
      ],
      body: ({ houses = '', reason: why }) => ({ houses: readHouses(houses), reason: why }),
    },
    { name: 'delete', path: 'delete', fields: [reason], body: asIs, isDanger: true },
  ];
}
