import { useTranslation } from 'react-i18next';
import type { Check, CheckPauseCode } from '../../../../src/contexts/clearance/linkage/contract.ts';
import { Ask } from '../../parts/ask.tsx';

const STALE = ['/api/checks', '/api/declarations'];
const PAUSES: readonly CheckPauseCode[] = [
  'awaitingDocuments',
  'awaitingLaboratory',
  'awaitingPresentation',
  'forceMajeure',
];

/** What an authority may do with a check of its own: answer it, or stop its clock for a reason. */
export function CheckActs({
  check,
  allowed,
}: {
  readonly check: Check;
  readonly allowed: readonly string[];
}) {
  const { t } = useTranslation('authorities');
  if (check.status !== 'pending') return null;
  const path = `/api/checks/${encodeURIComponent(check.id)}`;
  const note = { name: 'note', label: t('field.note'), kind: 'long', isOptional: true } as const;
  return (
    <span className="act-buttons">
      {allowed.includes('answer') ? (
        <Ask
          isPrimary
          button={t('check.answer')}
          lead={t('check.answer.lead')}
          stale={STALE}
          fields={[
            {
              name: 'outcome',
              label: t('field.outcome'),
              kind: 'choice',
              options: (['passed', 'passedWithConditions', 'refused'] as const).map((value) => ({
                value,
                label: t(`check.${value}`),
              })),
            },
            {
              name: 'conditions',
              label: t('field.conditions'),
              hint: t('field.conditions.hint'),
              kind: 'long',
              isOptional: true,
            },
            { ...note, hint: t('check.note.hint') },
          ]}
          command={({ conditions, ...said }) => ({
            method: 'POST',
            path: `${path}/answer`,
            body: { ...said, conditions: conditions || null },
          })}
        />
      ) : null}
      {check.pause ? (
        allowed.includes('resume') ? (
          <Ask
            button={t('check.resume')}
            lead={t('check.resume.lead')}
            stale={STALE}
            fields={[note]}
            command={(body) => ({ method: 'POST', path: `${path}/resume`, body })}
          />
        ) : null
      ) : allowed.includes('pause') ? (
        <Ask
          button={t('check.pause')}
          lead={t('check.pause.lead')}
          stale={STALE}
          fields={[
            {
              name: 'code',
              label: t('field.reason'),
              kind: 'choice',
              options: PAUSES.map((value) => ({ value, label: t(`pause.${value}`) })),
            },
            note,
          ]}
          command={(body) => ({ method: 'POST', path: `${path}/pause`, body })}
        />
      ) : null}
    </span>
  );
}
