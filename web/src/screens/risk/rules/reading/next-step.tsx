import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { Section } from '../../../../parts/page.tsx';
import { Trouble } from '../../../../parts/refusal-list.tsx';
import { Tag } from '../../../../parts/tag.tsx';
import { useRuleAct } from '../asking.ts';
import { WithReason } from './with-reason.tsx';

const STANDINGS = ['shadow', 'live'] as const;

/** What stands between this rule and its next stage, and whose turn it is. */
export function NextStep({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const act = useRuleAct(rule.id);
  const [note, setNote] = useState('');
  const noteId = useId();
  const version = rule.versions[0]?.version ?? 0;
  const may = (name: string) => rule.allowed.includes(name);
  const { proposal } = rule;
  return (
    <Section title={t('next.title')}>
      {proposal ? (
        <p>
          <Tag tone="yellow" icon="clock">
            {t(`proposal.${proposal.to}`)}
          </Tag>{' '}
          {t('next.proposedBy', { by: proposal.by, at: format.moment(proposal.at) })}
          {proposal.note ? <span className="next-note">{proposal.note}</span> : null}
        </p>
      ) : (
        <p className="muted">{t(`next.${rule.status}`)}</p>
      )}
      {may('propose') || may('approve') ? (
        <div className="field">
          <label htmlFor={noteId}>{t('next.note')}</label>
          <Input.TextArea
            id={noteId}
            autoSize={{ minRows: 2, maxRows: 4 }}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      ) : null}
      <div className="next-acts">
        {may('propose')
          ? STANDINGS.filter((to) => to !== proposal?.to).map((to) => (
              <Button
                key={to}
                type={to === 'live' && !proposal ? 'primary' : 'default'}
                loading={act.isPending}
                onClick={() =>
                  act.mutate(
                    { act: 'proposal', body: { version, to, note } },
                    { onSuccess: () => setNote('') },
                  )
                }
              >
                {t(`next.propose.${to}`)}
              </Button>
            ))
          : null}
        {may('approve') && proposal
          ? ([true, false] as const).map((approve) => (
              <Button
                key={String(approve)}
                type={approve ? 'primary' : 'default'}
                danger={!approve}
                loading={act.isPending}
                onClick={() =>
                  act.mutate({
                    act: 'approval',
                    body: { version: proposal.version, approve, note },
                  })
                }
              >
                {t(approve ? 'next.approve' : 'next.reject')}
              </Button>
            ))
          : null}
        {may('retire') ? (
          <WithReason
            title={t('next.retire')}
            send={(reason) => act.mutateAsync({ act: 'retire', body: { reason } })}
          />
        ) : null}
      </div>
      {proposal && !may('approve') ? <p className="faint">{t('next.fourEyes')}</p> : null}
      <Trouble error={act.error} />
    </Section>
  );
}
