import { useTranslation } from 'react-i18next';
import type { ApprovalStanding } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { Section } from '../../../parts/page.tsx';
import { ConditionTag } from '../../../parts/tag.tsx';
import { Reasons } from './signs.tsx';

/** Approval is computed from these; whatever is unmet says why and what to do. */
export function Conditions({ conditions }: { readonly conditions: readonly ApprovalStanding[] }) {
  const { t } = useTranslation('cargo');
  return (
    <Section title={t('conditions.title')}>
      {conditions.length === 0 ? <p className="muted">{t('conditions.none')}</p> : null}
      <ul className="condition-list">
        {conditions.map(({ kind, status, reasons }) => (
          <li key={kind}>
            <p className="tag-row">
              <ConditionTag status={status} />
              <b>{t(`approvalCondition.${kind}`)}</b>
            </p>
            <Reasons reasons={reasons} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
