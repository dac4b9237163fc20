import { useTranslation } from 'react-i18next';
import type { Identification } from '../../../../src/contexts/chemicals/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Pairs } from '../../parts/page.tsx';
import { Tag } from '../../parts/tag.tsx';

/** What the goods are thought to be, why, and what else they might be. */
export function Substance({ identification }: { readonly identification: Identification }) {
  const { t } = useTranslation('chemicals');
  const { percent } = useFormat();
  const { candidates, unknown, hazards, hs6, reading } = identification;
  const [first, ...rest] = candidates;
  if (unknown || !first) {
    return (
      <EmptyState icon="search" title={t('unknown')}>
        <p>{t('unknown.text')}</p>
        {candidates.length > 0 ? <Others candidates={candidates} words={t('nearest')} /> : null}
      </EmptyState>
    );
  }
  const together = rest.filter((it) => it.component !== first.component || isNamed(it));
  const instead = rest.filter((it) => !together.includes(it));
  const concentrations = reading.components.flatMap(({ concentration }) => concentration ?? []);
  const classes = hazards.flatMap(({ un, class: own }) =>
    own === null ? [] : [`${un === null ? '' : `UN${un} `}${t('class', { class: own })}`],
  );
  return (
    <>
      <p className="substance">
        <b>{first.zh ?? first.name}</b>
        {first.zh ? <span lang="en">{first.name}</span> : null}
        <Tag tone={first.score >= 0.95 ? 'green' : 'yellow'} icon="search">
          {t('likelihood', { share: percent(first.score, 0) })}
        </Tag>
      </p>
      <Pairs
        items={[
          { name: 'CAS', value: <span translate="no">{first.cas ?? '—'}</span> },
          { name: t('why'), value: t(`by.${first.by}`, { matched: first.matched }) },
          { name: t('hs'), value: hs6.join(', ') || '—' },
          { name: t('hazard'), value: [...new Set(classes)].join(' · ') || '—' },
          {
            name: t('share'),
            value: concentrations.map(({ seen }) => seen).join(', ') || t('notSaid'),
          },
        ]}
      />
      {reading.disguises.map(({ seen, read }) => (
        <p key={`${seen} ${read}`} className="disguise">
          {t('disguise', { seen, read })}
        </p>
      ))}
      {together.length > 0 ? <Others candidates={together} words={t('together')} /> : null}
      {instead.length > 0 ? <Others candidates={instead} words={t('others')} /> : null}
    </>
  );
}

/** Named in the text beside the first, and so no guess at what the first might be. */
const isNamed = ({ by, score }: Identification['candidates'][number]): boolean =>
  by !== 'likeness' && score >= 0.7;

function Others({
  candidates,
  words,
}: {
  readonly candidates: Identification['candidates'];
  readonly words: string;
}) {
  const { percent } = useFormat();
  return (
    <p className="faint">
      {words}{' '}
      {candidates
        .slice(0, 4)
        .map(({ name, zh, score }) => `${zh ?? name} ${percent(score, 0)}`)
        .join(' · ')}
    </p>
  );
}
