import { useTranslation } from 'react-i18next';
import type { Check } from '../../../../src/contexts/clearance/linkage/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { OwnerName } from '../clearance/owner-name.tsx';
import { CheckActs } from './check-acts.tsx';
import { CheckTag } from './tags.tsx';
import { useTopic } from './topics.ts';

/** One authority's question about one consignment: who, why, until when, and what it answered. */
export function CheckCard({
  check,
  allowed,
}: {
  readonly check: Check;
  readonly allowed: readonly string[];
}) {
  const { t } = useTranslation('authorities');
  const { label, moment } = useFormat();
  const topic = useTopic();
  return (
    <>
      <p className="condition-head">
        <b>{topic(check.topic)}</b>
        <CheckTag check={check} />
      </p>
      <p className="condition-owner">
        <OwnerName owner={check.owner} />
        <span className={check.answeredAt ? 'clock' : 'clock clock-running'}>
          <Icon name={check.answeredAt ? 'check' : 'clock'} size={14} />
          {check.answeredAt
            ? t('check.answeredAt', { at: moment(check.answeredAt) })
            : t('check.due', { at: moment(check.dueAt) })}
        </span>
      </p>
      <p className="faint">
        {label(check.reason)} · {check.legalBasis}
      </p>
      {check.conditions ? <p>{t('check.under', { conditions: check.conditions })}</p> : null}
      {check.note ? <p className="muted">{check.note}</p> : null}
      <CheckActs check={check} allowed={allowed} />
    </>
  );
}
