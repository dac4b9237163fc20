import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Tag } from '../../../parts/tag.tsx';

/** Every deadline of its mode: running, paused with the reason, kept or missed. */
export function Clocks({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const { date, label, moment } = useFormat();
  return (
    <ul className="conditions">
      {declaration.clocks.map((clock) => (
        <li key={clock.kind} className={clock.overdue ? 'condition condition-unmet' : 'condition'}>
          <p className="condition-head">
            <b>{label(clock.label)}</b>
            {clock.overdue ? (
              <Tag tone="red" icon="warning">
                {t('clocks.overdue')}
              </Tag>
            ) : null}
          </p>
          <p className="condition-owner">
            <span className={clock.metAt ? 'clock' : 'clock clock-running'}>
              <Icon name={clock.metAt ? 'check' : clock.pausedAt ? 'pause' : 'clock'} size={14} />
              {clock.metAt
                ? t('clocks.met', { at: moment(clock.metAt) })
                : clock.pausedAt && clock.pauseCode
                  ? t('clocks.paused', { reason: t(`pause.${clock.pauseCode}`) })
                  : clock.dueOn
                    ? t('clocks.due', { day: date(clock.dueOn) })
                    : t('clocks.notBegun')}
            </span>
          </p>
          <p className="faint">
            {clock.metAt ? null : `${t('clocks.expiry', { what: label(clock.onExpiry) })} · `}
            {t('basis', { basis: clock.legalBasis })}
          </p>
        </li>
      ))}
    </ul>
  );
}
