import { useTranslation } from 'react-i18next';
import type { AuditRow } from '../../../../src/contexts/clearance/audits/contract.ts';
import type { Check } from '../../../../src/contexts/clearance/linkage/contract.ts';
import type { PermitStatus } from '../../../../src/contexts/clearance/permits/contract.ts';
import type { IconName } from '../../parts/icon.tsx';
import { Tag, type Tone } from '../../parts/tag.tsx';

const CHECKS: Record<Check['status'], readonly [Tone, IconName]> = {
  pending: ['yellow', 'clock'],
  passed: ['green', 'done'],
  passedWithConditions: ['green', 'info'],
  refused: ['red', 'stop'],
  withdrawn: ['plain', 'close'],
};

export function CheckTag({ check }: { readonly check: Check }) {
  const { t } = useTranslation('authorities');
  if (check.status === 'pending' && check.pause) {
    return (
      <Tag tone="blue" icon="pause">
        {t(`pause.${check.pause.code}`)}
      </Tag>
    );
  }
  if (check.status === 'pending' && check.overdue) {
    return (
      <Tag tone="red" icon="warning">
        {t('overdue')}
      </Tag>
    );
  }
  const [tone, icon] = CHECKS[check.status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`check.${check.status}`)}
    </Tag>
  );
}

const PERMITS: Record<PermitStatus, readonly [Tone, IconName]> = {
  valid: ['green', 'check'],
  notYetValid: ['blue', 'clock'],
  expired: ['plain', 'close'],
  usedUp: ['plain', 'done'],
  revoked: ['red', 'stop'],
};

export function PermitTag({ status }: { readonly status: PermitStatus }) {
  const { t } = useTranslation('authorities');
  const [tone, icon] = PERMITS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`permit.${status}`)}
    </Tag>
  );
}

/** Whose turn an audit is, or how it ended. */
export function AuditTag({
  audit,
}: {
  readonly audit: Pick<AuditRow, 'status' | 'overdue' | 'result'>;
}) {
  const { t } = useTranslation('authorities');
  if (audit.status === 'concluded') {
    const differs = audit.result === 'differs';
    return (
      <Tag tone={differs ? 'yellow' : 'green'} icon={differs ? 'warning' : 'done'}>
        {t(`audit.result.${audit.result ?? 'conforms'}`)}
      </Tag>
    );
  }
  return (
    <Tag tone={audit.overdue ? 'red' : 'blue'} icon={audit.overdue ? 'warning' : 'clock'}>
      {t(audit.overdue ? 'overdue' : `audit.status.${audit.status}`)}
    </Tag>
  );
}
