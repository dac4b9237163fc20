import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../../../src/contexts/clearance/audits/contract.ts';
import { Ask, type AskField } from '../../parts/ask.tsx';
import { portDay } from '../../parts/format.ts';

const STALE = ['/api/audits', '/api/declarations'];
const FIELDS: readonly Difference['field'][] = [
  'hsCode',
  'originCountry',
  'value',
  'quantity',
  'netMassKg',
  'preference',
  'freight',
  'insurance',
  'royalty',
  'other',
];

export const idsIn = (text = ''): string[] => text.split(/[\s,，、;；]+/).filter(Boolean);
const newId = (letter: string) =>
  `${letter}${portDay().replaceAll('-', '')}-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;

/** The fields of one difference between what was declared and what is so. */
export function useDifferenceFields(isOptional: boolean): readonly AskField[] {
  const { t } = useTranslation('authorities');
  return [
    {
      name: 'field',
      label: t('field.differs'),
      kind: 'choice',
      isOptional,
      options: FIELDS.map((value) => ({ value, label: t(`differs.${value}`) })),
    },
    { name: 'lineNo', label: t('field.lineNo'), kind: 'amount', isOptional: true },
    { name: 'declared', label: t('field.declared'), kind: 'text', isOptional },
    { name: 'found', label: t('field.found'), kind: 'text', isOptional },
  ];
}

/** What was said of a difference, for one declaration or for each of several. */
export function differencesOf(
  declarations: readonly string[],
  said: Readonly<Record<string, string>>,
): Difference[] {
  const { field, lineNo, declared = '', found = '' } = said;
  if (!field) return [];
  return declarations.map((declaration) => ({
    ...{ declaration, field: field as Difference['field'], declared, found },
    lineNo: lineNo ? Number(lineNo) : null,
  }));
}

export function OpenAudit() {
  const { t } = useTranslation('authorities');
  const navigate = useNavigate();
  return (
    <Ask
      isPrimary
      button={t('audit.open')}
      lead={t('audit.open.lead')}
      stale={STALE}
      fields={[
        {
          name: 'declarations',
          label: t('column.declarations'),
          hint: t('field.declarations.hint'),
          kind: 'long',
        },
        { name: 'reason', label: t('field.reason'), kind: 'long' },
      ]}
      command={({ declarations, reason }) => ({
        method: 'POST',
        path: '/api/audits',
        body: { id: newId('A'), declarations: idsIn(declarations), reason },
      })}
      onDone={(answer) =>
        void navigate({ to: '/audits/$id', params: { id: (answer as { id: string }).id } })
      }
    />
  );
}

export function Disclose() {
  const { t } = useTranslation('authorities');
  const navigate = useNavigate();
  const differences = useDifferenceFields(false);
  return (
    <Ask
      isPrimary
      button={t('audit.disclose')}
      lead={t('audit.disclose.lead')}
      stale={STALE}
      fields={[
        {
          name: 'declarations',
          label: t('column.declarations'),
          hint: t('field.declarations.hint'),
          kind: 'long',
        },
        ...differences,
        { name: 'statement', label: t('field.statement'), kind: 'long' },
      ]}
      command={({ declarations, statement, ...said }) => ({
        method: 'POST',
        path: '/api/disclosures',
        body: {
          id: newId('D'),
          declarations: idsIn(declarations),
          statement,
          differences: differencesOf(idsIn(declarations), said),
        },
      })}
      onDone={(answer) =>
        void navigate({ to: '/audits/$id', params: { id: (answer as { id: string }).id } })
      }
    />
  );
}
