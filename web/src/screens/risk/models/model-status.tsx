import { useTranslation } from 'react-i18next';
import type { ModelStatus, Signal } from '../../../../../src/contexts/risk/models/contract.ts';
import type { IconName } from '../../../parts/icon.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';

const LOOKS: Record<ModelStatus, readonly [Tone, IconName]> = {
  draft: ['plain', 'declaration'],
  shadow: ['yellow', 'clock'],
  live: ['green', 'shield'],
  retired: ['plain', 'stop'],
};

export function ModelStatusTag({ status }: { readonly status: ModelStatus }) {
  const { t } = useTranslation('risk');
  const [tone, icon] = LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`ruleStatus.${status}`)}
    </Tag>
  );
}

const SIGNALS: Record<Signal, readonly [Tone, IconName]> = {
  steady: ['green', 'done'],
  watch: ['yellow', 'warning'],
  act: ['red', 'error'],
};

/** How far a figure has moved from what the model learned. */
export function SignalTag({ signal }: { readonly signal: Signal }) {
  const { t } = useTranslation('risk');
  const [tone, icon] = SIGNALS[signal];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`signal.${signal}`)}
    </Tag>
  );
}
