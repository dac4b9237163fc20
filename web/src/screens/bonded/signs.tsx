import { useTranslation } from 'react-i18next';
import type { LedgerStatus } from '../../../../src/contexts/bonded/ledgers/contract.ts';
import type { FilingStatus } from '../../../../src/contexts/bonded/writeoff/contract.ts';
import type { IconName } from '../../parts/icon.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';

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

const FILING: Readonly<Record<FilingStatus, readonly [Tone, IconName]>> = {
  drafted: ['plain', 'file'],
  awaitingPayment: ['yellow', 'duty'],
  atOfficer: ['yellow', 'person'],
  decided: ['blue', 'clock'],
  writtenOff: ['green', 'done'],
  returned: ['red', 'error'],
  withdrawn: ['plain', 'close'],
};

/** How far a write-off filing has come. */
export function FilingTag({ status }: { readonly status: FilingStatus }) {
  const { t } = useTranslation('bonded');
  const [tone, icon] = FILING[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`filing.status.${status}`)}
    </Tag>
  );
}
