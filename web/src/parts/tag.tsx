import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Case } from '../../../src/contexts/cases/contract.ts';
import type { Condition, DeclarationStatus } from '../../../src/contexts/clearance/contract.ts';
import type { Lane } from '../../../src/contexts/risk/contract.ts';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'red' | 'yellow' | 'blue' | 'green' | 'plain';

/** A word with a sign: colour is never the only carrier. */
export function Tag({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <span className={`tag tag-${tone}`}>
      {icon ? <Icon name={icon} size={14} /> : null}
      {children}
    </span>
  );
}

const LANE_ICONS = {
  red: 'examine',
  yellow: 'declaration',
  blue: 'history',
  green: 'done',
} as const;

/** The lane by icon and word: red examines, yellow reads the documents, blue audits later, green releases. */
export function LaneTag({ lane }: { readonly lane: z.infer<typeof Lane> | null }) {
  const { t } = useTranslation('parts');
  if (lane === null) return <Tag tone="plain">{t('lane.none')}</Tag>;
  return (
    <Tag tone={lane} icon={LANE_ICONS[lane]}>
      {t(`lane.${lane}`)}
    </Tag>
  );
}

const STATUS_LOOKS: Record<z.infer<typeof DeclarationStatus>, readonly [Tone, IconName]> = {
  draft: ['plain', 'declaration'],
  returned: ['red', 'error'],
  accepted: ['blue', 'clock'],
  documentaryCheck: ['yellow', 'declaration'],
  examination: ['yellow', 'examine'],
  disposition: ['red', 'warning'],
  held: ['red', 'pause'],
  removed: ['blue', 'truck'],
  released: ['green', 'done'],
  refusedEntry: ['red', 'stop'],
  closed: ['plain', 'check'],
  cancelled: ['plain', 'close'],
};

export function StatusTag({ status }: { readonly status: z.infer<typeof DeclarationStatus> }) {
  const { t } = useTranslation('parts');
  const [tone, icon] = STATUS_LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`status.${status}`)}
    </Tag>
  );
}

const CONDITION_LOOKS: Record<Condition['status'], readonly [Tone, IconName]> = {
  met: ['green', 'done'],
  unmet: ['red', 'clock'],
  notApplicable: ['plain', 'close'],
  notComputed: ['yellow', 'warning'],
};

/** *Not computed* is said as loudly as *unmet*: it must never pass for *met*. */
export function ConditionTag({ status }: { readonly status: Condition['status'] }) {
  const { t } = useTranslation('parts');
  const [tone, icon] = CONDITION_LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`condition.${status}`)}
    </Tag>
  );
}

export function CaseTag({ status }: { readonly status: Case['status'] }) {
  const { t } = useTranslation('parts');
  return (
    <Tag tone={status === 'open' ? 'yellow' : 'plain'} icon={status === 'open' ? 'clock' : 'check'}>
      {t(`case.${status}`)}
    </Tag>
  );
}
