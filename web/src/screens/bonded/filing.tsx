import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  Filing,
  FilingDetail,
  FilingRow,
} from '../../../../src/contexts/bonded/writeoff/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { Code, Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { RefusalList, Trouble } from '../../parts/refusal-list.tsx';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { FilingActs } from './filing-acts.tsx';
import { FilingRows, useRowFigures } from './filing-rows.tsx';
import { ledgerPath } from './ledger-page.tsx';
import { FilingTag } from './signs.tsx';
import '../cargo/cargo.css';
import './bonded.css';

/** One write-off filing: drafted from the journal, signed, examined at once, and written off or brought to an officer. */
export function BondedFilingScreen() {
  const { t } = useTranslation('bonded');
  const { id = '', filing = '' } = useParams({ strict: false });
  const path = `${ledgerPath(id)}/filings/${encodeURIComponent(filing)}`;
  const format = useFormat();
  const { data, error, refetch } = useAsk<FilingDetail>(path);
  if (!data) {
    return (
      <Page title={t('filing.title', { filing })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { filing: said, timeline, allowed } = data;
  return (
    <Page
      wide
      title={t('filing.title', { filing })}
      lead={
        <span className="tag-row">
          <FilingTag status={said.status} />
          <span>{t(`filing.kind.${said.kind}`)}</span>
          <span>{format.days(said.from, said.through)}</span>
        </span>
      }
      actions={
        <>
          <Link to="/bonded/$id/filings" params={{ id }}>
            {t('filing.back')}
          </Link>
          <FilingActs id={id} path={path} filing={said} allowed={allowed} />
          <RowSheet name={`${id}-${filing}`} path={path} />
        </>
      }
    >
      <Outcome id={id} filing={said} />
      <Facts id={id} filing={said} />
      <FilingRows id={id} path={path} />
      <Section title={t('filing.timeline')}>
        <Timeline entries={timeline.map((entry) => ({ ...entry, onBehalfOf: null }))} />
      </Section>
    </Page>
  );
}

/** While an officer is still to settle it, a reason to look is a problem; afterwards it is a part of the story. */
const WAITS: ReadonlySet<Filing['status']> = new Set(['atOfficer', 'decided', 'returned']);

/** In one sentence where it stands and what comes next; every reason for which a person has to look. */
function Outcome({ id, filing }: { readonly id: string; readonly filing: Filing }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { sentence } = useMessages();
  const { status, duty, reasons, decision } = filing;
  const isAutomatic = status === 'writtenOff' && filing.isAutomatic === true;
  return (
    <Section title={t(isAutomatic ? 'filing.says.automatic' : `filing.says.${status}`)}>
      <p className="muted">{t(isAutomatic ? 'filing.next.automatic' : `filing.next.${status}`)}</p>
      {duty && duty.state !== 'nothingOwed' ? (
        <p>
          {t('filing.owes', {
            payable: format.money(duty.payable, 'CNY'),
            interest: format.money(duty.interest, 'CNY'),
            days: duty.interestDays,
          })}{' '}
          <Link to="/duty/$declaration" params={{ declaration: duty.bill }}>
            {t(`filing.duty.${duty.state}`)}
          </Link>
        </p>
      ) : null}
      {reasons.length === 0 ? null : WAITS.has(status) ? (
        <RefusalList refusals={reasons} />
      ) : (
        <>
          <p className="faint">{t('filing.looked')}</p>
          <ul className="plain-list">
            {reasons.map(({ code, params }) => (
              <li key={code}>{sentence(code, params)}</li>
            ))}
          </ul>
        </>
      )}
      {decision ? (
        <p>
          {t(`filing.decision.${decision.decision}`)} · <span translate="no">{decision.by}</span> ·{' '}
          {format.moment(decision.at)}
          <br />
          {decision.note}
        </p>
      ) : null}
      <p className="tag-row filing-links">
        {filing.caseId ? (
          <Link to="/cases/$id" params={{ id: filing.caseId }}>
            {t('filing.case')}
          </Link>
        ) : null}
        {filing.stocktake ? (
          <Link to="/bonded/$id/counts/$count" params={{ id, count: filing.stocktake }}>
            {t('filing.toCount')}
          </Link>
        ) : null}
      </p>
    </Section>
  );
}

/** What the tolerance table says where the port itself set one. */
const PORT_SETTING = 'port setting';

function Facts({ filing }: { readonly id: string; readonly filing: Filing }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const { totals, tolerance } = filing;
  return (
    <Section title={t('filing.facts')}>
      <Pairs
        items={[
          ...(
            ['materials', 'products', 'short', 'over', 'beyondTolerance', 'notCounted'] as const
          ).map((name) => ({
            name: t(`filing.totals.${name}`),
            value: format.number(totals[name]),
          })),
          {
            name: t('filing.tolerance'),
            value: t('filing.tolerance.is', {
              rate: format.percent(Number(tolerance.rate), 2),
              base: t(`rateBase.${tolerance.base}`),
            }),
          },
          { name: t('filing.lastSeq'), value: format.number(filing.lastSeq) },
          {
            name: t('filing.signedBy'),
            value: filing.signedBy ? <span translate="no">{filing.signedBy}</span> : null,
          },
          { name: t('filing.writtenOffAt'), value: format.moment(filing.writtenOffAt) },
          { name: t('filing.hash'), value: <Code>{filing.figuresHash}</Code>, isWide: true },
        ]}
      />
      <p className="faint">
        {t('filing.tolerance.source', {
          source: tolerance.source === PORT_SETTING ? t('filing.tolerance.port') : tolerance.source,
        })}
      </p>
    </Section>
  );
}

function RowSheet({ name, path }: { readonly name: string; readonly path: string }) {
  const figures = useRowFigures();
  const { t } = useTranslation('bonded');
  return (
    <SheetButtons<FilingRow>
      name={name}
      load={() => allRows<FilingRow>(`${path}/rows`)}
      columns={[
        { title: t('column.part'), text: ({ part }) => part },
        { title: t('column.description'), text: ({ description }) => description },
        { title: t('column.unit'), text: ({ unit }) => unit },
        ...figures.map(({ title, text }) => ({ title, text })),
      ]}
    />
  );
}
