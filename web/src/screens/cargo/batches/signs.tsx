import { useTranslation } from 'react-i18next';
import type { BatchStatus } from '../../../../../src/contexts/cargo/batches/contract.ts';
import type { IconName } from '../../../parts/icon.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';

const LOOKS: Record<BatchStatus, readonly [Tone, IconName]> = {
  applied: ['yellow', 'clock'],
  rejected: ['red', 'close'],
  open: ['green', 'done'],
  suspended: ['red', 'pause'],
  expired: ['yellow', 'history'],
  closed: ['plain', 'check'],
};

export function BatchTag({ status }: { readonly status: BatchStatus }) {
  const { t } = useTranslation('cargo');
  const [tone, icon] = LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`batch.status.${status}`)}
    </Tag>
  );
}
