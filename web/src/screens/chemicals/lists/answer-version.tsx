import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  LoadedVersion,
  ProposedVersion,
} from '../../../../../src/contexts/chemicals/lists/contract.ts';
import { useApproval } from '../../../parts/approval.ts';
import { Ask } from '../../../parts/ask.tsx';
import { useFormat } from '../../../parts/format.ts';

/** Yes or no to a version that waits: by whoever did not bring it, and for the comparison that was read. */
export function AnswerVersion({
  version,
  against,
}: {
  readonly version: ProposedVersion;
  readonly against: LoadedVersion | null;
}) {
  const { t } = useTranslation('chemicals');
  const { date } = useFormat();
  const navigate = useNavigate();
  const approval = useApproval();
  if (!version.mayAnswer) return <p className="faint">{t('answer.another')}</p>;
  return (
    <p className="answer-version">
      <Ask
        isPrimary
        button={t('answer')}
        lead={t('answer.lead', { day: date(version.from) })}
        fields={approval.fields}
        command={(said) => ({
          method: 'POST',
          path: `/api/chemicals/lists/${version.id}/answer`,
          body: { ...approval.body(said), against: against?.id ?? null },
        })}
        stale={['/api/chemicals/lists']}
        onDone={() => void navigate({ to: '/chemicals/lists' })}
      />
    </p>
  );
}
