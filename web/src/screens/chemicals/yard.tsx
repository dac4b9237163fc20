import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  StoredContainer,
  YardState,
} from '../../../../src/contexts/chemicals/storage/contract.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { LoadBar } from './load-bar.tsx';
import { stackOf, stacksOf, YardMap } from './yard-map.tsx';
import './chemicals.css';

/** One yard, live: the map, what stands where it may not, and the load of the site. */
export function YardScreen() {
  const { t } = useTranslation('chemicals');
  const { label, number, moment } = useFormat();
  const { id = '' } = useParams({ strict: false });
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, refetch } = useAsk<YardState>(
    `/api/chemicals/yards/${encodeURIComponent(id)}`,
  );
  const stacks = useMemo(() => (data ? stacksOf(data) : new Map()), [data]);
  if (!data) {
    return (
      <Page title={t('yard', { id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const slotOf = new Map(data.containers.map(({ container, slot }) => [container, slot]));
  const show = (container: string) => setChosen(stackOf(slotOf.get(container) ?? ''));
  return (
    <Page
      wide
      title={label(data.name)}
      lead={t('yard.lead', { containers: number(data.containers.length), at: moment(data.asOf) })}
    >
      <Section title={t('map.title')} aside={<Legend />}>
        <YardMap yard={data} stacks={stacks} chosen={chosen} onChoose={setChosen} />
        {chosen ? (
          <Chosen stack={chosen} containers={stacks.get(chosen)?.containers ?? []} />
        ) : null}
      </Section>
      <div className="two">
        <div>
          <Section title={t('conflicts', { count: data.conflicts.length })}>
            <Conflicts yard={data} onShow={show} />
          </Section>
        </div>
        <div>
          <Section title={t('load.title')}>
            <LoadBar load={data.load} />
            <p className="faint">{t('load.text')}</p>
            <ul className="loads">
              {data.blocks.map((block) => (
                <li key={block.id}>
                  <b translate="no">{block.id}</b> {label(block.name)}
                  <span className="faint"> {data.loads[block.id]?.certain ?? '0'}</span>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </Page>
  );
}

function Legend() {
  const { t } = useTranslation('chemicals');
  return (
    <span className="legend">
      {(['ordinary', 'dangerous', 'conflict'] as const).map((kind) => (
        <span key={kind}>
          <i className={`swatch swatch-${kind}`} aria-hidden="true" /> {t(`legend.${kind}`)}
        </span>
      ))}
    </span>
  );
}

function Chosen({
  stack,
  containers,
}: {
  readonly stack: string;
  readonly containers: readonly StoredContainer[];
}) {
  const { t } = useTranslation('chemicals');
  const { moment } = useFormat();
  return (
    <div className="chosen" aria-live="polite">
      <b translate="no">{stack}</b>
      <ol reversed>
        {containers.toReversed().map(({ container, goods, since, papers }) => (
          <li key={container}>
            <span translate="no">{container}</span>{' '}
            {goods.length === 0
              ? t('goods.none')
              : goods
                  .map(
                    ({ name, un, class: own, netMassKg }) =>
                      `${name} ${un ? `UN${un} ` : ''}${t('class', { class: own })} ${netMassKg} kg`,
                  )
                  .join(' · ')}
            <span className="faint"> {t('since', { at: moment(since) })}</span>
            {papers.declaration ? (
              <Link to="/declarations/$id" params={{ id: papers.declaration }}>
                {' '}
                {papers.declaration}
              </Link>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Conflicts({
  yard,
  onShow,
}: {
  readonly yard: YardState;
  readonly onShow: (container: string) => void;
}) {
  const { t } = useTranslation('chemicals');
  const { moment } = useFormat();
  if (yard.conflicts.length === 0) {
    return (
      <EmptyState icon="done" title={t('conflicts.none')}>
        {t('conflicts.none.text')}
      </EmptyState>
    );
  }
  return (
    <ul className="law-list">
      {yard.conflicts.map(({ key, rule, block, containers, foundation, since, caseId }) => (
        <li key={key}>
          <p className="law-head">
            <Tag tone="red" icon="warning">
              {block ?? t('site')}
            </Tag>
            <b>{t(`rule.${rule}`)}</b>
          </p>
          <p>
            {containers.slice(0, 12).map((container) => (
              <button
                key={container}
                type="button"
                className="link-button container-button"
                onClick={() => onShow(container)}
                translate="no"
              >
                {container}
              </button>
            ))}
            {containers.length > 12 ? t('more', { count: containers.length - 12 }) : null}
          </p>
          <p className="faint">
            {t(`basis.${rule}`)}
            {foundation === 'memory' ? ` · ${t('notCompared')}` : null} ·{' '}
            {t('since', { at: moment(since) })}
          </p>
          {caseId ? (
            <p>
              <Link to="/cases/$id" params={{ id: caseId }}>
                {t('case', { id: caseId })}
              </Link>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
