import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ChemicalWatch } from '../../../../src/contexts/clearance/chemicals/contract.ts';
import type { Share } from '../../../../src/contexts/risk/backtest/contract.ts';
import type { Column } from '../../parts/column.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useShareText } from '../risk/share-text.ts';
import { useListName } from './words.ts';
import './chemicals.css';

/** An analyst's view: whether the detectors earn their examinations, what was recognised, and where it is doubtful. */
export function ChemicalWatchScreen() {
  const { t } = useTranslation('chemicals');
  useTranslation('risk');
  const { date } = useFormat();
  const may = useMay();
  const { data, error, refetch } = useAsk<ChemicalWatch>('/api/chemicals/watch');
  return (
    <Page
      title={t('watch.title')}
      lead={t('watch.lead')}
      actions={<Link to="/chemicals/lists">{t('official.title')}</Link>}
    >
      <Trouble error={error} onRetry={() => void refetch()} />
      {data ? (
        <>
          <Section
            title={t('watch.detectors')}
            aside={
              data.period
                ? t('watch.period', {
                    from: date(data.period.from),
                    to: date(data.period.to),
                  })
                : null
            }
          >
            <Detectors {...data} />
          </Section>
          <Section title={t('watch.substances')}>
            <Substances substances={data.substances} />
          </Section>
          <Section title={t('watch.unsure')}>
            <Unsure unsure={data.unsure} />
          </Section>
          {may('risk.rule.read') ? (
            <Section title={t('watch.lists')}>
              <p className="faint">{t('watch.lists.text')}</p>
              <p>
                <Link to="/lists">{t('watch.lists')}</Link>
              </p>
            </Section>
          ) : null}
        </>
      ) : error ? null : (
        <div className="record-wait" aria-hidden="true" />
      )}
    </Page>
  );
}

type Rated = ChemicalWatch['detectors'][number];

/** The sample stands in the same table: it is what the others are measured by. */
function Detectors({ detectors, sample }: Pick<ChemicalWatch, 'detectors' | 'sample'>) {
  const { t } = useTranslation('chemicals');
  const { label, number } = useFormat();
  const shareText = useShareText();
  const columns: Column<Rated>[] = [
    {
      id: 'detector',
      title: t('watch.detector'),
      isName: true,
      render: (it) => label(it.label),
    },
    { id: 'hits', title: t('watch.hits'), align: 'end', render: ({ hits }) => number(hits) },
    {
      id: 'rate',
      title: t('watch.rate'),
      render: ({ hitRate }) => (
        <>
          {shareText(hitRate)}
          <RateBar rate={hitRate} beside={sample.hitRate} />
        </>
      ),
    },
  ];
  return (
    <>
      <MiniTable
        caption={t('watch.detectors')}
        columns={columns}
        rows={detectors}
        rowKey={({ check }) => check}
        foot={[t('watch.sample'), number(sample.drawn), shareText(sample.hitRate)]}
      />
      <p className="faint">{t('watch.sample.text')}</p>
    </>
  );
}

/** How sure one may be of a rate, as a band with the rate in it and the sample's rate beside; the words say both. */
function RateBar({ rate, beside }: { readonly rate: Share; readonly beside: Share }) {
  const at = (value: number): string => `${value * 100}%`;
  if (rate.value === null || rate.interval === null) return null;
  const { low, high } = rate.interval;
  return (
    <span className="rate-bar" aria-hidden="true">
      <span style={{ insetInlineStart: at(low), inlineSize: at(high - low) }} />
      <i style={{ insetInlineStart: at(rate.value) }} />
      {beside.value === null ? null : (
        <i className="rate-beside" style={{ insetInlineStart: at(beside.value) }} />
      )}
    </span>
  );
}

function Substances({ substances }: Pick<ChemicalWatch, 'substances'>) {
  const { t } = useTranslation('chemicals');
  const { number } = useFormat();
  const nameOf = useListName();
  if (substances.length === 0) {
    return (
      <EmptyState icon="search" title={t('watch.substances.none')}>
        {t('watch.substances.none.text')}
      </EmptyState>
    );
  }
  type Row = ChemicalWatch['substances'][number];
  const count = (id: 'declarations' | 'unlicensed' | 'otherCode' | 'disguised'): Column<Row> => ({
    ...{ id, title: t(`watch.${id}`), align: 'end' as const },
    render: (row) => number(row[id]),
  });
  const columns: Column<Row>[] = [
    {
      id: 'substance',
      title: t('watch.substance'),
      isName: true,
      render: ({ substance, cas, list }) => (
        <TwoLines
          under={
            <>
              {cas ? <span translate="no">{cas}</span> : null}
              {list ? ` ${nameOf(list)}` : null}
            </>
          }
        >
          {substance}
        </TwoLines>
      ),
    },
    count('declarations'),
    count('unlicensed'),
    count('otherCode'),
    count('disguised'),
    {
      id: 'examined',
      title: t('watch.examined'),
      align: 'end',
      render: ({ examined, found }) =>
        examined === 0 ? '—' : t('watch.foundOf', { found: number(found), of: number(examined) }),
    },
  ];
  return (
    <MiniTable
      caption={t('watch.substances')}
      columns={columns}
      rows={substances}
      rowKey={({ substance, cas, list }) => `${substance} ${cas} ${list}`}
    />
  );
}

const FOUND = {
  true: ['red', 'warning'],
  false: ['green', 'done'],
  null: ['plain', 'help'],
} as const;

function Unsure({ unsure }: Pick<ChemicalWatch, 'unsure'>) {
  const { t } = useTranslation('chemicals');
  const { percent } = useFormat();
  if (unsure.length === 0) {
    return (
      <EmptyState icon="done" title={t('watch.unsure.none')}>
        {t('watch.unsure.none.text')}
      </EmptyState>
    );
  }
  const columns: Column<ChemicalWatch['unsure'][number]>[] = [
    {
      id: 'text',
      title: t('watch.asDeclared'),
      isName: true,
      render: ({ declaration, text }) => (
        <TwoLines
          under={
            <Link to="/declarations/$id" params={{ id: declaration }} translate="no">
              {declaration}
            </Link>
          }
        >
          {text}
        </TwoLines>
      ),
    },
    {
      id: 'substance',
      title: t('watch.readAs'),
      render: ({ substance, likelihood }) => (
        <TwoLines under={t('likelihood', { share: percent(likelihood, 0) })}>{substance}</TwoLines>
      ),
    },
    {
      id: 'others',
      title: t('watch.others'),
      render: ({ others }) =>
        others.map(({ name, score }) => `${name} ${percent(score, 0)}`).join(' · ') || '—',
    },
    {
      id: 'found',
      title: t('watch.found'),
      render: ({ found }) => (
        <Tag tone={FOUND[`${found}`][0]} icon={FOUND[`${found}`][1]}>
          {t(`watch.found.${found}`)}
        </Tag>
      ),
    },
  ];
  return (
    <>
      <p className="faint">{t('watch.unsure.text')}</p>
      <MiniTable
        caption={t('watch.unsure')}
        columns={columns}
        rows={unsure}
        rowKey={({ declaration, lineNo }) => `${declaration} ${lineNo}`}
      />
    </>
  );
}
