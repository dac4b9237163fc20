import { Checkbox, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFacts } from '../../../../parts/facts.ts';
import { portDay, useFormat } from '../../../../parts/format.ts';
import { Section } from '../../../../parts/page.tsx';
import { Trouble } from '../../../../parts/refusal-list.tsx';
import { useRuleAct } from '../asking.ts';
import { WithReason } from './with-reason.tsx';

/** A rule that disturbs may sleep, for everybody or for one value, but never without an end. */
export function Snoozes({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('risk');
  const { name: factName } = useFacts();
  const format = useFormat();
  const act = useRuleAct(rule.id);
  const [until, setUntil] = useState(() => portDay(14));
  const [isNarrow, setNarrow] = useState(false);
  const [fact, setFact] = useState('party.importer');
  const [value, setValue] = useState('');
  const ids = [useId(), useId(), useId()] as const;
  if (!rule.live && !rule.shadow) return null;
  const facts = rule.versions[0]?.facts ?? [];
  const choices = [...new Set(['party.importer', 'goods.hs6', ...facts])];
  return (
    <Section title={t('snooze.title')}>
      {rule.snoozes.length === 0 ? <p className="muted">{t('snooze.none')}</p> : null}
      <ul className="snoozes">
        {rule.snoozes.map((snooze) => (
          <li key={snooze.id}>
            <span>
              {t('snooze.until', { until: format.date(snooze.until) })}
              {snooze.only
                ? ` · ${factName(snooze.only.fact)} = ${snooze.only.value}`
                : ` · ${t('snooze.everywhere')}`}
              <span className="cell-sub">{snooze.reason}</span>
            </span>
            {rule.allowed.includes('wake') ? (
              <WithReason
                title={t('snooze.wake')}
                send={(reason) => act.mutateAsync({ act: 'wake', body: { id: snooze.id, reason } })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {rule.allowed.includes('snooze') ? (
        <WithReason
          title={t('snooze.add')}
          isReady={!isNarrow || value.trim() !== ''}
          send={(reason) =>
            act.mutateAsync({
              act: 'snooze',
              body: {
                id: crypto.randomUUID(),
                until,
                only: isNarrow ? { fact, value: value.trim() } : null,
                reason,
              },
            })
          }
        >
          <div className="field">
            <label htmlFor={ids[0]}>{t('snooze.untilLabel')}</label>
            <Input
              id={ids[0]}
              type="date"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
          <Checkbox checked={isNarrow} onChange={(event) => setNarrow(event.target.checked)}>
            {t('snooze.narrow')}
          </Checkbox>
          {isNarrow ? (
            <>
              <div className="field">
                <label htmlFor={ids[1]}>{t('builder.fact')}</label>
                <Select
                  id={ids[1]}
                  value={fact}
                  onChange={setFact}
                  options={choices.map((name) => ({
                    value: name,
                    label: factName(name),
                  }))}
                />
              </div>
              <div className="field">
                <label htmlFor={ids[2]}>{t('builder.value')}</label>
                <Input
                  id={ids[2]}
                  value={value}
                  onChange={(event) => setValue(event.target.value)}
                />
              </div>
            </>
          ) : null}
        </WithReason>
      ) : null}
      <Trouble error={act.error} />
    </Section>
  );
}
