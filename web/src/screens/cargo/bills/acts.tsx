import { Link } from '@tanstack/react-router';
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
  const acts = useActs();
  return (
    <>
      {allowed.includes('amend') ? (
        <Link to="/bills/$number/correct" params={{ number: bill.number }} className="button-link">
          {t('act.amend')}
        </Link>
      ) : null}
      {acts
        .filter(({ name }) => allowed.includes(name))
        .map(({ name, path: at, fields, body, isDanger = false, isPrimary = false }) => (
          <Ask
            key={name}
            button={t(`act.${name as 'split'}`)}
            lead={t(`act.${name as 'split'}.lead`)}
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

function useActs(): readonly Act[] {
  const { t } = useTranslation('cargo');
  const reason: AskField = { name: 'reason', label: t('field.reason'), kind: 'long' };
  const { fields, body } = useApproval();
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
