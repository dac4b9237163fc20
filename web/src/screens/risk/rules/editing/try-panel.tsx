import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TryResult, TryStep } from '../../../../../../src/contexts/risk/rules/contract.ts';
import { useFormat } from '../../../../parts/format.ts';
import { Icon } from '../../../../parts/icon.tsx';
import { Trouble } from '../../../../parts/refusal-list.tsx';
import { Tag } from '../../../../parts/tag.tsx';
import { useTryRule } from '../asking.ts';

/** The condition judged step by step on one declaration, with the values it sees there. */
export function TryPanel({ text }: { readonly text: string }) {
  const { t } = useTranslation('risk');
  const id = useId();
  const [subject, setSubject] = useState('');
  const attempt = useTryRule();
  const run = () => {
    if (subject.trim()) attempt.mutate({ text, subject: subject.trim() });
  };
  return (
    <>
      <form
        className="try-form"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <div className="field">
          <label htmlFor={id}>{t('try.subject')}</label>
          <Input
            id={id}
            value={subject}
            placeholder="JH260701-00001"
            onChange={(event) => setSubject(event.target.value)}
          />
        </div>
        <Button htmlType="submit" loading={attempt.isPending}>
          {t('try.run')}
        </Button>
      </form>
      <Trouble error={attempt.error} />
      {attempt.data ? <Verdict result={attempt.data} /> : null}
    </>
  );
}

function Verdict({ result }: { readonly result: TryResult }) {
  const { t } = useTranslation('risk');
  if (!result.outcome) return <p className="muted">{t('try.problems')}</p>;
  const tone = { hit: 'red', noHit: 'green', notEvaluated: 'yellow' } as const;
  return (
    <div role="status" className="try-verdict">
      <p>
        <Tag tone={tone[result.outcome]}>{t(`try.${result.outcome}`)}</Tag>{' '}
        {result.missing.length > 0 ? (
          <span className="faint">{t('try.missing', { facts: result.missing.join(', ') })}</span>
        ) : null}
      </p>
      <ul className="steps">
        {result.steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place.
          <Step key={place} step={step} />
        ))}
      </ul>
    </div>
  );
}

const OUTCOMES = {
  true: ['true', 'check'],
  false: ['false', 'close'],
  null: ['unknown', 'help'],
} as const;

function Step({ step }: { readonly step: TryStep }) {
  const { t } = useTranslation('risk');
  const { label, number } = useFormat();
  const [outcome, icon] = OUTCOMES[`${step.outcome}`];
  return (
    <li className={`step step-${outcome}`} style={{ marginInlineStart: 20 * step.depth }}>
      <span className="step-line">
        <Icon name={icon} size={14} />
        <span className="visually-hidden">{t(`step.${outcome}`)}</span>
        <span>{label(step.sentence)}</span>
      </span>
      {step.seen.length > 0 ? (
        <p className="values">
          {step.seen.map((seen) => (
            <span key={seen.text}>
              {label(seen.sentence)}{' '}
              <b translate="no">
                {typeof seen.value === 'number' ? number(seen.value) : String(seen.value ?? '—')}
              </b>
            </span>
          ))}
        </p>
      ) : null}
    </li>
  );
}
