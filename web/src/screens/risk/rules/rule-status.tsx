import { useTranslation } from 'react-i18next';
import type { RuleStatus } from '../../../../../src/contexts/risk/rules/contract.ts';
import type { IconName } from '../../../parts/icon.tsx';
import { Tag, type Tone } from '../../../parts/tag.tsx';

const LOOKS: Record<RuleStatus, readonly [Tone, IconName]> = {
  draft: ['plain', 'declaration'],
  checked: ['plain', 'check'],
  backTested: ['blue', 'history'],
  shadow: ['yellow', 'clock'],
  live: ['green', 'shield'],
  retired: ['plain', 'stop'],
};

/** Where a rule stands between draft and retirement. */
export function RuleStatusTag({ status }: { readonly status: RuleStatus }) {
  const { t } = useTranslation('risk');
  const [tone, icon] = LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`ruleStatus.${status}`)}
    </Tag>
  );
}
