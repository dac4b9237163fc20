import { useTranslation } from 'react-i18next';
import type { TrialDecision } from '../../../../src/contexts/messages/contract.ts';
import type { TriedMessage } from '../../../../src/contexts/messages/inbox/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { useMessages } from '../../parts/messages.ts';
import { Pairs, Section } from '../../parts/page.tsx';
import { LaneTag } from '../../parts/tag.tsx';
import { BillSteps } from '../duty/calculation.tsx';
import { useItemName, useYuan } from '../duty/money.tsx';
import { Documents } from './documents.tsx';
import { OutcomeTag } from './signs.tsx';

/** What would become of a message that was tried: of each document, by the rules and the law of a day. */
export function TrialOutcome({ tried: { trial, understood } }: { readonly tried: TriedMessage }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const { receipt, decisions, rules, on } = trial;
  return (
    <Section
      title={t('trial.title')}
      aside={t('trial.by', { rules: t(`rules.${rules}`), on: format.date(on) })}
    >
      <div className="message-parts">
        <p className="tag-row" role="status">
          <OutcomeTag outcome={receipt.outcome} />
          {t(`trial.${receipt.outcome}`)}
        </p>
        {receipt.documents.length > 0 ? (
          <Documents documents={receipt.documents} understood={understood} />
        ) : null}
        {decisions.map((decision, n) =>
          decision ? (
            <Decision key={receipt.documents[n]?.reference ?? String(n)} decision={decision} />
          ) : null,
        )}
      </div>
    </Section>
  );
}

function Decision({
  decision: { lane, reasons, unmet, duty },
}: {
  readonly decision: TrialDecision;
}) {
  const { t } = useTranslation('messages');
  const { label } = useFormat();
  const { sentence } = useMessages();
  const yuan = useYuan();
  const itemName = useItemName();
  return (
    <div className="trial-decision">
      <p className="tag-row">
        <LaneTag lane={lane} />
        {reasons.length === 0 ? <span className="muted">{t('trial.noReason')}</span> : null}
      </p>
      {reasons.length > 0 ? (
        <ul className="trial-reasons">
          {reasons.map((reason) => (
            <li key={reason.check}>
              <strong>{label(reason.sentence)}</strong>
              <p className="reason-advice">
                <Icon name="arrowRight" size={14} />
                {label(reason.advice)}
              </p>
              {reason.legalBasis ? <p className="faint">{reason.legalBasis}</p> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Pairs
        items={[
          {
            name: t('trial.unmet'),
            value:
              unmet.length === 0
                ? t('trial.unmet.none')
                : unmet.map((kind) => sentence(`condition.${kind}`)).join(' · '),
            isWide: true,
          },
          ...(duty === null
            ? [{ name: t('trial.duty'), value: t('trial.duty.none') }]
            : [
                { name: t('trial.duty'), value: <b>{yuan(duty.payable)}</b> },
                ...duty.taxes.map(({ kind, payable }) => ({
                  name: itemName(kind),
                  value: yuan(payable),
                })),
              ]),
        ]}
      />
      {duty ? (
        <details>
          <summary>{t('trial.calculation')}</summary>
          <BillSteps assessment={duty} />
        </details>
      ) : null}
      <p className="faint">{t('trial.limits')}</p>
    </div>
  );
}
