import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Passport,
  PassportState,
  ReadingRow,
  Reason,
  WeightComparison,
} from '../../../../../src/contexts/cargo/gates/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import type { IconName } from '../../../parts/icon.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { Tag, type Tone } from '../../../parts/tag.tsx';

const STATE_LOOKS: Record<PassportState, readonly [Tone, IconName]> = {
  applied: ['yellow', 'clock'],
  approved: ['blue', 'check'],
  crossed: ['green', 'done'],
  crossedFirstGate: ['blue', 'gate'],
  crossedSecondGate: ['blue', 'gate'],
  deleted: ['plain', 'close'],
  void: ['plain', 'close'],
};

export function PassportTag({ state }: { readonly state: PassportState }) {
  const { t } = useTranslation('cargo');
  const [tone, icon] = STATE_LOOKS[state];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`passport.state.${state}`)}
    </Tag>
  );
}

const STANDING_LOOKS: Record<ReadingRow['standing'], readonly [Tone, IconName]> = {
  open: ['green', 'done'],
  openedByHand: ['green', 'person'],
  wait: ['yellow', 'clock'],
  refuse: ['red', 'stop'],
  turnedAway: ['red', 'close'],
  superseded: ['plain', 'history'],
  flagged: ['red', 'warning'],
};

export function StandingTag({ standing }: { readonly standing: ReadingRow['standing'] }) {
  const { t } = useTranslation('cargo');
  const [tone, icon] = STANDING_LOOKS[standing];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`standing.${standing}`)}
    </Tag>
  );
}

/** Reasons as sentences, one a line. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }): ReactNode {
  const { sentence } = useMessages();
  if (reasons.length === 0) return null;
  return (
    <ul className="reason-lines">
      {reasons.map(({ code, params, seen = '' }) => (
        <li key={`${code}${seen}`}>{sentence(code, { seen, ...params })}</li>
      ))}
    </ul>
  );
}

/** Expected and weighed, and how far apart they may be. */
export function Weight({ weight }: { readonly weight: WeightComparison | null }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  if (!weight) return <span className="faint">{t('weight.none')}</span>;
  const { expectedKg, measuredKg, differenceKg, allowedKg } = weight;
  return (
    <>
      <span className="cell-nowrap">{format.decimal(measuredKg, 'kg')}</span>
      <span className="cell-sub gate-sub">
        {t('weight.compared', {
          expected: format.decimal(expectedKg, 'kg'),
          difference: format.decimal(differenceKg, 'kg'),
          allowed: format.decimal(allowedKg, 'kg'),
        })}
      </span>
    </>
  );
}

export function ApprovalTag({ approval }: { readonly approval: Passport['approval'] }) {
  const { t } = useTranslation('cargo');
  const tone: Tone = approval === 'pass' ? 'green' : approval === 'returned' ? 'red' : 'yellow';
  return <Tag tone={tone}>{t(`approval.${approval}`)}</Tag>;
}
