import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { JointOrder } from '../../../../src/contexts/clearance/linkage/contract.ts';
import { Ask } from '../../parts/ask.tsx';

/** One visit, one record: each authority that was there, with its officers, findings and answer. */
export function JointVisitAsk({ order }: { readonly order: z.infer<typeof JointOrder> }) {
  const { t } = useTranslation('authorities');
  const owners = [
    ...new Set(order.checks.filter(({ status }) => status === 'pending').map(({ owner }) => owner)),
  ];
  if (owners.length === 0) return null;
  const path = `/api/declarations/${encodeURIComponent(order.declaration)}/joint-visits`;
  return (
    <Ask
      button={t('visit.record')}
      lead={t('visit.lead')}
      stale={['/api/declarations', '/api/checks']}
      fields={[
        ...owners.flatMap((owner) => [
          {
            name: `officers ${owner}`,
            label: t('visit.officers', { owner }),
            hint: t('visit.officers.hint'),
            kind: 'text' as const,
            isOptional: true,
          },
          {
            name: `findings ${owner}`,
            label: t('visit.findings', { owner }),
            kind: 'long' as const,
            isOptional: true,
          },
          {
            name: `outcome ${owner}`,
            label: t('visit.outcome', { owner }),
            kind: 'choice' as const,
            isOptional: true,
            options: (['passed', 'refused'] as const).map((value) => ({
              value,
              label: t(`check.${value}`),
            })),
          },
        ]),
        { name: 'note', label: t('field.note'), kind: 'long', isOptional: true },
      ]}
      command={(said) => ({
        method: 'POST',
        path,
        body: {
          id: `V${order.version + 1}-${order.declaration}`.slice(0, 64),
          note: said.note ?? '',
          participants: owners
            .map((owner) => ({
              owner,
              officers: (said[`officers ${owner}`] ?? '').split(/[,，、]/).filter(Boolean),
              findings: said[`findings ${owner}`] ?? '',
              outcome: said[`outcome ${owner}`] || null,
            }))
            .filter(({ officers }) => officers.length > 0),
        },
      })}
    />
  );
}
