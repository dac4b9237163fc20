import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExplanationRun } from '../../../../src/contexts/bonded/explain/contract.ts';
import type {
  DifferenceRow,
  Stocktake,
  StocktakeFigures,
} from '../../../../src/contexts/bonded/stocktake/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk, useCommand, useMay } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { Tag } from '../../parts/tag.tsx';
import { CauseSheet } from './cause-sheet.tsx';
import { toCents } from './cents.ts';
import { Differences } from './differences.tsx';
import { Explained } from './explained.tsx';
import { ExplanationUnderWay } from './explanation-under-way.tsx';
import { ledgerPath } from './ledger-page.tsx';
import '../cargo/cargo.css';
import './bonded.css';

/** One count: where it differs from the book at once, and, once it is closed, why. */
export function BondedCountScreen() {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { id = '', count = '' } = useParams({ strict: false });
  const path = `${ledgerPath(id)}/stocktakes/${encodeURIComponent(count)}`;
  const { data, error, refetch } = useAsk<Stocktake>(path);
  if (!data) {
    return (
      <Page title={t('count.title', { count })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const isClosed = data.status === 'closed';
  return (
    <Page
      wide
      title={data.name || t('count.title', { count })}
      lead={
        <span className="tag-row">
          <Tag tone={isClosed ? 'green' : 'blue'} icon={isClosed ? 'done' : 'clock'}>
            {t(`count.status.${data.status}`)}
          </Tag>
          <span>
            {t('count.lead', { tags: format.number(data.tags), at: format.moment(data.openedAt) })}
          </span>
        </span>
      }
      actions={
        <>
          <Link to="/bonded/$id/counts" params={{ id }}>
            {t('count.back')}
          </Link>
          <Acts id={id} path={path} count={data} />
          {data.explanations > 0 ? (
            <CauseSheet name={`${id}-${count}`} path={path} />
          ) : (
            <DifferenceSheet name={`${id}-${count}`} path={path} />
          )}
        </>
      }
    >
      {data.figures ? (
        <Figures figures={data.figures} />
      ) : (
        <p className="muted count-open">{t('count.open.text')}</p>
      )}
      {data.explanations > 0 ? (
        <Explained id={id} path={path} />
      ) : (
        <Differences id={id} path={path} />
      )}
    </Page>
  );
}

/** What the count asks for next: to be closed, then to be explained, then to be filed. */
function Acts({
  id,
  path,
  count,
}: {
  readonly id: string;
  readonly path: string;
  readonly count: Stocktake;
}) {
  const { t } = useTranslation('bonded');
  const may = useMay();
  const close = useCommand<object>(
    () => ({ method: 'POST', path: `${path}/close`, body: {} }),
    [ledgerPath(id)],
  );
  const explain = useCommand<object, ExplanationRun>(
    () => ({ method: 'POST', path: `${path}/explain`, body: {} }),
    [ledgerPath(id)],
  );
  const isOpen = count.status === 'open';
  return (
    <>
      {isOpen && may('bonded.takeStock') ? (
        <Button type="primary" loading={close.isPending} onClick={() => close.mutate({})}>
          {t('count.close')}
        </Button>
      ) : null}
      {!isOpen && may('bonded.explainDifferences') ? (
        <Button
          type={count.explanations === 0 ? 'primary' : 'default'}
          loading={explain.isPending}
          onClick={() => explain.mutate({})}
        >
          {t(count.explanations === 0 ? 'count.explain' : 'count.explainAgain')}
        </Button>
      ) : null}
      {explain.isPending ? <ExplanationUnderWay path={path} /> : null}
      <Trouble error={close.error ?? explain.error} />
    </>
  );
}

function DifferenceSheet({ name, path }: { readonly name: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  return (
    <SheetButtons<DifferenceRow>
      name={name}
      load={() => allRows<DifferenceRow>(`${path}/differences`, { show: 'all' })}
      columns={[
        { title: t('column.part'), text: ({ part }) => part },
        { title: t('column.description'), text: ({ description }) => description },
        { title: t('column.account'), text: ({ account }) => t(`account.${account}`) },
        { title: t('column.site'), text: ({ site }) => site },
        { title: t('column.unit'), text: ({ unit }) => unit },
        { title: t('column.book'), text: ({ book }) => book },
        { title: t('column.counted'), text: ({ counted }) => counted },
        { title: t('column.difference'), text: ({ difference }) => difference },
        { title: t('column.rate'), text: ({ rate }) => rate ?? '' },
        { title: t('column.value'), text: ({ value }) => value ?? '' },
        { title: t('column.duty'), text: ({ duty }) => duty ?? '' },
      ]}
    />
  );
}

function Figures({ figures }: { readonly figures: StocktakeFigures }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const number = (name: keyof typeof NAMES) => ({
    name: t(NAMES[name]),
    value: format.number(figures[name]),
  });
  return (
    <Section title={t('count.figures')}>
      <Pairs
        items={[
          ...(['spots', 'differing', 'short', 'over', 'notCounted'] as const).map(number),
          ...(['unknownPart', 'outOfScope', 'notOfTheLedger'] as const)
            .filter((name) => figures[name] > 0)
            .map(number),
          ...figures.worth.flatMap(({ currency, short, over, duty }) => [
            { name: t('count.worth.short'), value: format.money(toCents(short), currency) },
            { name: t('count.worth.over'), value: format.money(toCents(over), currency) },
            { name: t('count.worth.duty'), value: format.money(toCents(duty), currency) },
          ]),
        ]}
      />
      {figures.withoutValue > 0 ? (
        <p className="faint">{t('count.withoutValue', { count: figures.withoutValue })}</p>
      ) : null}
    </Section>
  );
}

const NAMES = {
  spots: 'count.spots',
  differing: 'count.differing',
  short: 'count.short',
  over: 'count.over',
  notCounted: 'count.notCounted',
  unknownPart: 'count.unknownPart',
  outOfScope: 'count.outOfScope',
  notOfTheLedger: 'count.notOfTheLedger',
} as const;
