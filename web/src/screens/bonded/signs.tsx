import { useTranslation } from 'react-i18next';
import type { LedgerStatus } from '../../../../src/contexts/bonded/ledgers/contract.ts';
import { Tag } from '../../parts/tag.tsx';

const TONES = { registered: 'yellow', rejected: 'red', open: 'green' } as const;

/** Whether a ledger is open, and whether a change to it waits for an officer. */
export function LedgerTag({
  status,
  isChanging = false,
}: {
  readonly status: LedgerStatus;
  readonly isChanging?: boolean;
}) {
  const { t } = useTranslation('bonded');
  return (
    <span className="tag-row">
      <Tag tone={TONES[status]} icon={status === 'open' ? 'done' : 'clock'}>
        {t(`status.${status}`)}
      </Tag>
      {isChanging ? (
        <Tag tone="yellow" icon="clock">
          {t('status.changing')}
        </Tag>
      ) : null}
    </span>
  );
}
