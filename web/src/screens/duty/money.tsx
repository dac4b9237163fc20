import { useTranslation } from 'react-i18next';
import type { BillStatus, Entry } from '../../../../src/contexts/duty/contract.ts';
import { useFormat } from '../../parts/format.ts';
import type { IconName } from '../../parts/icon.tsx';
import { useMessages } from '../../parts/messages.ts';
import { Tag, type Tone } from '../../parts/tag.tsx';

/** Duty is in yuan to the cent, whatever the goods were sold in. */
export function useYuan(): (amount: string) => string {
  const { money } = useFormat();
  return (amount) => money(amount, 'CNY');
}

const LOOKS: Record<BillStatus, readonly [Tone, IconName]> = {
  nothingDue: ['plain', 'check'],
  payable: ['yellow', 'clock'],
  guaranteed: ['blue', 'shield'],
  paidShort: ['red', 'warning'],
  settled: ['green', 'done'],
  reversed: ['plain', 'close'],
};

export function BillTag({
  status,
  isOverdue = false,
}: {
  readonly status: BillStatus;
  readonly isOverdue?: boolean;
}) {
  const { t } = useTranslation('duty');
  const [tone, icon] = LOOKS[status];
  if (isOverdue) {
    return (
      <Tag tone="red" icon="warning">
        {t('overdue')}
      </Tag>
    );
  }
  return (
    <Tag tone={tone} icon={icon}>
      {t(`status.${status}`)}
    </Tag>
  );
}

/** A step or a reason as a sentence, with the values it was computed from. */
export function useDutySentence() {
  const { sentence } = useMessages();
  return ({
    code,
    params = {},
  }: {
    readonly code: string;
    readonly params?: Readonly<Record<string, string | number>>;
  }): string => {
    // A value such as `duty.mfn_rate` is a word itself.
    const word = (value: string | number) =>
      typeof value === 'string' && value.startsWith('duty.') ? sentence(value) : value;
    const said = Object.entries(params).map(([name, value]) => [name, word(value)]);
    return sentence(code, Object.fromEntries(said));
  };
}

export const useItemName = () => {
  const { sentence } = useMessages();
  return (item: NonNullable<Entry['item']>): string => sentence(`duty.${item}_tax`);
};
