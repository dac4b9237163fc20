import { useTranslation } from 'react-i18next';
import type { Condition, Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { ConditionTag } from '../../../parts/tag.tsx';
import { OwnerName } from '../owner-name.tsx';

const ORDER: Record<Condition['status'], number> = {
  unmet: 0,
  notComputed: 1,
  met: 2,
  notApplicable: 3,
};

/** What release is computed from: each condition with its status, owner, clock and legal basis. */
export function Conditions({ declaration }: { readonly declaration: Declaration }) {
  const { t } = useTranslation('clearance');
  const conditions = [...declaration.conditions].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
  return (
    <>
      <p className="faint conditions-lead">{t('conditions.lead')}</p>
      <ul className="conditions">
        {conditions.map((condition) => (
          <ConditionItem key={`${condition.kind} ${condition.owner}`} condition={condition} />
        ))}
      </ul>
    </>
  );
}

function ConditionItem({ condition }: { readonly condition: Condition }) {
  const { t } = useTranslation('clearance');
  const { sentence } = useMessages();
  const { moment } = useFormat();
  const { kind, status, owner, legalBasis, dueAt, refusal, stage } = condition;
  return (
    <li className={`condition condition-${status}`}>
      <p className="condition-head">
        <b>{sentence(`condition.${kind}`)}</b>
        <ConditionTag status={status} />
        {stage === 'release' ? null : (
          <span className="faint">{t(`conditions.stage.${stage}`)}</span>
        )}
      </p>
      {status === 'met' || status === 'unmet' ? (
        <p className="condition-owner">
          <OwnerName owner={owner} />
          <Clock condition={condition} />
        </p>
      ) : (
        <p className="faint">
          {t(status === 'notComputed' ? 'conditions.notComputed' : 'conditions.notApplicable')}
        </p>
      )}
      {refusal ? (
        <p className="condition-refusal">{t('conditions.refusal', { reason: refusal })}</p>
      ) : null}
      <p className="faint">
        {status === 'unmet' && dueAt ? `${t('conditions.due', { at: moment(dueAt) })} · ` : null}
        {t('basis', { basis: legalBasis })}
      </p>
    </li>
  );
}

/** Running says so and how long; stopped says when and how long it ran. */
function Clock({ condition }: { readonly condition: Condition }) {
  const { t } = useTranslation('clearance');
  const { between, moment } = useFormat();
  const { since, metAt } = condition;
  if (since === null) return null;
  return (
    <span className={metAt ? 'clock' : 'clock clock-running'}>
      <Icon name={metAt ? 'check' : 'clock'} size={14} />
      {metAt
        ? t('clock.stopped', { at: moment(metAt), time: between(since, metAt) })
        : t('clock.running', { time: between(since, null) })}
    </span>
  );
}
