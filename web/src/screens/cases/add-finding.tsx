import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ask } from '../../parts/ask.tsx';
import { useMessages } from '../../parts/messages.ts';

const KINDS = [
  'storageConflict',
  'undeclaredGoods',
  'misdeclaredGoods',
  'disguisedPrecursor',
  'weightDiffers',
  'quantityDiffers',
  'other',
];
const SEVERITIES = ['minor', 'serious', 'critical'] as const;
const newId = (): string => `F-${crypto.randomUUID().slice(0, 12)}`;

/** Whoever a case concerns says what it found. Sent again after a failure, it is the same finding. */
export function AddFinding({ id }: { readonly id: string }) {
  const { t } = useTranslation('cases');
  const { sentence } = useMessages();
  const [own, setOwn] = useState(newId);
  return (
    <Ask
      button={t('add')}
      fields={[
        {
          ...{ name: 'kind', label: t('add.kind'), kind: 'choice' },
          options: KINDS.map((kind) => ({
            value: kind,
            label: sentence(`finding.${kind}`, {}, kind),
          })),
        },
        {
          ...{ name: 'severity', label: t('column.severity'), kind: 'choice', initial: 'serious' },
          options: SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) })),
        },
        { name: 'description', label: t('add.description'), kind: 'long' },
      ]}
      command={(said) => ({
        method: 'POST',
        path: `/api/cases/${encodeURIComponent(id)}/findings`,
        body: { ...said, id: own, quantity: null, unit: null, lineNo: null },
      })}
      stale={['/api/cases']}
      onDone={() => setOwn(newId())}
    />
  );
}
