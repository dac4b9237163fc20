import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import type { ShownDecision } from '../../../../../src/contexts/risk/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { Code } from '../../../parts/page.tsx';
import { LaneTag } from '../../../parts/tag.tsx';
import { mainLineOf } from '../record/main-line.ts';

const MODEL_REASONS_SHOWN = 3;

/** Why it was selected and what to look for, in sight while the officer writes. */
export function LookFor({
  decision,
  declaration,
}: {
  readonly decision: ShownDecision;
  readonly declaration: Declaration;
}) {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const { label, money, decimal } = useFormat();
  const hits = decision.results.filter(({ outcome }) => outcome === 'hit');
  const reasons = (decision.model?.contributions ?? [])
    .filter(({ logOdds }) => logOdds > 0)
    .slice(0, MODEL_REASONS_SHOWN);
  const aim = decision.model?.aim;
  const { content } = declaration;
  const main = mainLineOf(content.lines);
  return (
    <aside className="look-for" aria-label={t('lookFor.title')}>
      <h3>{t('lookFor.title')}</h3>
      <p className="look-for-lane">
        <LaneTag lane={declaration.lane} />
        <span className="faint">{tp(`selectedBy.${decision.selectedBy}`)}</span>
      </p>
      <ul>
        {hits.map((hit) => (
          <li key={hit.check}>
            {label(hit.sentence)}
            <span className="look-for-advice">
              <Icon name="arrowRight" size={14} />
              {label(hit.advice)}
            </span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && reasons.length === 0 ? <p>{t('lookFor.nothing')}</p> : null}
      {reasons.length > 0 ? (
        <>
          <h3>{tp(aim ? `explain.contributions.${aim}` : 'explain.contributions')}</h3>
          <ul>
            {reasons.map((reason) => (
              <li key={reason.facts.join()}>{label(reason.sentence)}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h3>{t('lookFor.declared')}</h3>
      <ul>
        <li>
          {main?.description ?? '—'} <Code>{main?.hsCode ?? '—'}</Code>
        </li>
        <li>
          {t('lookFor.mass', {
            net: decimal(content.netMassKg),
            gross: decimal(content.grossMassKg),
          })}
        </li>
        <li>
          {t('lookFor.packages', { count: content.packages.count ?? 0 })} ·{' '}
          {money(content.totalValue, content.currency)}
        </li>
      </ul>
    </aside>
  );
}
