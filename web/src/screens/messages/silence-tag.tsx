import { useTranslation } from 'react-i18next';
import type { PartnerHealth } from '../../../../src/contexts/messages/inbox/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Tag } from '../../parts/tag.tsx';

/** Whether a connection keeps its habit: it sends, it is silent, or it has none yet. */
export function SilenceTag({
  health: { isSilent, lastReceivedAt, longestPauseHours },
}: {
  readonly health: Pick<PartnerHealth, 'isSilent' | 'lastReceivedAt' | 'longestPauseHours'>;
}) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  if (isSilent) {
    return (
      <Tag tone="red" icon="warning">
        {t('silence.silent', { since: format.ago(lastReceivedAt) })}
      </Tag>
    );
  }
  return longestPauseHours === null ? (
    <Tag tone="plain" icon="clock">
      {t('silence.noHabit')}
    </Tag>
  ) : (
    <Tag tone="green" icon="done">
      {t('silence.sends')}
    </Tag>
  );
}
