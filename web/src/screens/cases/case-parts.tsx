import { useTranslation } from 'react-i18next';
import type { Case, Finding } from '../../../../src/contexts/cases/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Tag } from '../../parts/tag.tsx';

const RANK = { minor: 0, serious: 1, critical: 2 } as const;
const LOOKS = {
  minor: ['yellow', 'info'],
  serious: ['red', 'warning'],
  critical: ['red', 'error'],
} as const;

/** The gravest of the findings. */
export function SeverityTag({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation('cases');
  const gravest = findings.reduce<Finding['severity'] | null>(
    (worst, { severity }) => (worst === null || RANK[severity] > RANK[worst] ? severity : worst),
    null,
  );
  if (gravest === null) return <>—</>;
  const [tone, icon] = LOOKS[gravest];
  return (
    <Tag tone={tone} icon={icon}>
      {t(`severity.${gravest}`)}
    </Tag>
  );
}

/** How long the case has been open, when the next step is due, and whether its clock stands still. */
export function Clock({ item }: { readonly item: Case }) {
  const { t } = useTranslation('cases');
  const { between, moment } = useFormat();
  const { sentence } = useMessages();
  if (item.status === 'closed')
    return <>{t('clock.took', { time: between(item.openedAt, item.closedAt) })}</>;
  const isLate = item.dueAt !== null && Date.parse(item.dueAt) < Date.now() && item.pause === null;
  return (
    <>
      {item.pause ? (
        <Tag tone="plain" icon="pause">
          {t('clock.paused', { why: sentence(`pause.${item.pause.code}`, {}, item.pause.code) })}
        </Tag>
      ) : (
        t('clock.running', { time: between(item.openedAt, null) })
      )}
      {item.dueAt ? (
        <span className={isLate ? 'cell-sub case-late' : 'cell-sub'}>
          {t(isLate ? 'clock.late' : 'clock.due', { at: moment(item.dueAt) })}
        </span>
      ) : null}
    </>
  );
}
