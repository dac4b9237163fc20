import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { CheckResult, ShownDecision } from '../../../src/contexts/risk/contract.ts';
import { useFacts } from './facts.ts';
import { useFormat } from './format.ts';
import { Icon } from './icon.tsx';
import { Code } from './page.tsx';
import { LaneTag, Tag } from './tag.tsx';

type Result = z.infer<typeof CheckResult>;
/** The reasons of a model that are read aloud; the rest pull less. */
const MODEL_REASONS_SHOWN = 5;

const byWeight = (a: Result, b: Result) =>
  Number(b.mandatory) - Number(a.mandatory) || b.points - a.points;

/** Why a declaration is in its lane: the verdict, each reason with the values it saw, and what was not known. */
export function Explain({ decision }: { readonly decision: ShownDecision }) {
  const { t } = useTranslation('parts');
  const { percent, number } = useFormat();
  const hits = decision.results.filter((result) => result.outcome === 'hit').sort(byWeight);
  const unknown = decision.results.filter((result) => result.outcome === 'notEvaluated');
  return (
    <div className="explain">
      <p className="explain-verdict">
        <LaneTag lane={decision.lane} />
        <span>{t(`selectedBy.${decision.selectedBy}`)}</span>
        <span className="faint">{t('explain.score', { score: decision.score })}</span>
      </p>
      {hits.length > 0 ? (
        <ol className="reasons">
          {hits.map((result) => (
            <Reason key={result.check} result={result} />
          ))}
        </ol>
      ) : (
        <p className="muted">{t('explain.noReason')}</p>
      )}
      {decision.model ? <ModelSays model={decision.model} /> : null}
      {decision.sampling ? (
        <p className="muted explain-line">
          <Icon name="random" size={16} />
          {t(decision.sampling.selected ? 'explain.sampled' : 'explain.notSampled', {
            rate: percent(decision.sampling.rate, 1),
            draw: number(Math.round(decision.sampling.draw * 1e6) / 1e6),
          })}
        </p>
      ) : null}
      {unknown.length > 0 ? (
        <details>
          <summary>{t('explain.notEvaluated', { count: unknown.length })}</summary>
          <ul className="reasons-unknown">
            {unknown.map((result) => (
              <li key={result.check}>
                <NotEvaluated result={result} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <p className="faint">
        {t('explain.versions')}{' '}
        <Code>{Object.values(decision.versions).filter(Boolean).join(' · ')}</Code>
      </p>
    </div>
  );
}

/** What the model saw in it, the strongest first: what speaks for risk, and what against it. */
function ModelSays({ model }: { readonly model: NonNullable<ShownDecision['model']> }) {
  const { t } = useTranslation('parts');
  const { label, percent, number } = useFormat();
  return (
    <div className="model-says">
      {model.probability === null ? null : (
        <p className="muted explain-line">
          {t('explain.model', { probability: percent(model.probability) })}
          {model.harm === null
            ? null
            : ` · ${t('explain.harm', { harm: number(Math.round(model.harm)) })}`}
          {model.threshold === null
            ? null
            : ` · ${t('explain.threshold', { threshold: number(Math.round(model.threshold)) })}`}
        </p>
      )}
      {model.contributions.length > 0 ? (
        <>
          <h3>{t(model.aim ? `explain.contributions.${model.aim}` : 'explain.contributions')}</h3>
          <ul className="contributions">
            {model.contributions.slice(0, MODEL_REASONS_SHOWN).map((reason) => (
              <li key={reason.facts.join()}>
                <Tag tone={reason.logOdds > 0 ? 'red' : 'green'}>
                  {t(reason.logOdds > 0 ? 'explain.for' : 'explain.against')}
                </Tag>
                <span>{label(reason.sentence)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function Reason({ result }: { readonly result: Result }) {
  const { t } = useTranslation('parts');
  const { label } = useFormat();
  const facts = useFacts();
  return (
    <li className="reason">
      <p className="reason-head">
        <strong>{label(result.sentence)}</strong>
        {result.mandatory ? (
          <Tag tone="red" icon="shield">
            {t('explain.mandatory')}
          </Tag>
        ) : (
          <span className="reason-points">{t('explain.points', { points: result.points })}</span>
        )}
      </p>
      <p className="reason-advice">
        <Icon name="arrowRight" size={14} />
        {label(result.advice)}
      </p>
      <p className="values">
        {Object.entries(result.values).map(([fact, value]) => (
          <span key={fact}>
            {facts.name(fact)} <b translate="no">{facts.value(fact, value)}</b>
          </span>
        ))}
        {result.legalBasis ? <span>{result.legalBasis}</span> : null}
      </p>
    </li>
  );
}

function NotEvaluated({ result }: { readonly result: Result }) {
  const { t } = useTranslation('parts');
  const { label } = useFormat();
  const facts = useFacts();
  return (
    <>
      {label(result.sentence)}{' '}
      <span className="faint">
        {t('explain.missing', { facts: result.missing.map(facts.name).join(t('listComma')) })}
      </span>
    </>
  );
}
