import { useTranslation } from 'react-i18next';
import type {
  MessageOutcome,
  PartnerKey,
  Receipt,
} from '../../../../src/contexts/messages/contract.ts';
import type { IconName } from '../../parts/icon.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';

type Look = readonly [Tone, IconName];

const OUTCOME_LOOKS: Record<MessageOutcome, Look> = {
  filed: ['green', 'done'],
  returned: ['yellow', 'warning'],
  refused: ['red', 'error'],
  kept: ['plain', 'bookmark'],
};

export function OutcomeTag({ outcome }: { readonly outcome: MessageOutcome }) {
  const { t } = useTranslation('messages');
  const [tone, icon] = OUTCOME_LOOKS[outcome];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`outcome.${outcome}`)}
    </Tag>
  );
}

type Signature = Receipt['signature']['status'];

const SIGNATURE_LOOKS: Record<Signature, Look> = {
  unsigned: ['plain', 'close'],
  verified: ['green', 'shield'],
  refused: ['red', 'warning'],
};

export function SignatureTag({ status }: { readonly status: Signature }) {
  const { t } = useTranslation('messages');
  const [tone, icon] = SIGNATURE_LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`signature.${status}`)}
    </Tag>
  );
}

const STANDING_LOOKS: Record<PartnerKey['standing'], Look> = {
  valid: ['green', 'done'],
  notYet: ['blue', 'clock'],
  expired: ['yellow', 'warning'],
  revoked: ['red', 'stop'],
};

export function StandingTag({ standing }: { readonly standing: PartnerKey['standing'] }) {
  const { t } = useTranslation('messages');
  const [tone, icon] = STANDING_LOOKS[standing];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`standing.${standing}`)}
    </Tag>
  );
}
