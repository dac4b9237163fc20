import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../src/contexts/cargo/manifests/contract.ts';
import type { ReleaseStatus } from '../../../../src/contexts/cargo/releases/contract.ts';
import { CodeName } from '../../parts/code-select.tsx';
import { useFormat } from '../../parts/format.ts';
import type { IconName } from '../../parts/icon.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';

export const STAGES: readonly Stage[] = [
  'abroad',
  'aboard',
  'arrived',
  'tallied',
  'inYard',
  'examined',
  'released',
  'atGate',
  'out',
];
const STAGE_LOOKS: Record<Stage, readonly [Tone, IconName]> = {
  abroad: ['plain', 'language'],
  aboard: ['plain', 'ship'],
  arrived: ['blue', 'import'],
  tallied: ['blue', 'workList'],
  inYard: ['blue', 'bulk'],
  examined: ['yellow', 'examine'],
  released: ['green', 'done'],
  atGate: ['green', 'gate'],
  out: ['plain', 'truck'],
};

/** Where goods stand; `null` is said as *awaited*: somebody spoke of them and nobody has seen them. */
export function StageTag({ stage }: { readonly stage: Stage | null }) {
  const { t } = useTranslation('cargo');
  if (!stage) {
    return (
      <Tag tone="plain" icon="clock">
        {t('stage.none')}
      </Tag>
    );
  }
  const [tone, icon] = STAGE_LOOKS[stage];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`stage.${stage}`)}
    </Tag>
  );
}

const RELEASE_LOOKS: Record<ReleaseStatus, readonly [Tone, IconName]> = {
  notified: ['yellow', 'clock'],
  acknowledged: ['green', 'done'],
  revoked: ['red', 'stop'],
  used: ['plain', 'truck'],
};

export function ReleaseTag({ status }: { readonly status: ReleaseStatus }) {
  const { t } = useTranslation('cargo');
  const [tone, icon] = RELEASE_LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`release.status.${status}`)}
    </Tag>
  );
}

/** Packages and gross mass as they are spoken of together: `10 packages · 1,050 kg`. */
export function useAmount(): (packages: number | null, grossMassKg: string | null) => string {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  return (packages, grossMassKg) =>
    [
      packages === null ? null : t('packages', { count: packages, shown: format.number(packages) }),
      grossMassKg === null ? null : format.decimal(grossMassKg, 'kg'),
    ]
      .filter(Boolean)
      .join(' · ') || '—';
}

/** A code or a number of somebody else's: never translated. */
export function No({ children }: { readonly children: string | null }) {
  return children ? <span translate="no">{children}</span> : <>—</>;
}

export const Office = ({ code }: { readonly code: string | null }) => (
  <CodeName table="customs_office" code={code} />
);
