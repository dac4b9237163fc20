import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Bill, BillDetail } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import type { ReleasePage } from '../../../../../src/contexts/cargo/releases/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { LaneTag, Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { EnteredFirst } from '../batches/entries.tsx';
import { JourneyMap, PlaceName } from '../journey.tsx';
import { CrossingList } from '../passports/crossing-list.tsx';
import { No, Office, ReleaseTag } from '../signs.tsx';
import { useWatch } from '../watch.ts';
import { BillActs } from './acts.tsx';
import { PendingChange } from './change.tsx';
import { Claims, Houses } from './claims.tsx';
import { Containers, Discrepancies, TallySection } from './quay.tsx';
import { BillStory } from './story.tsx';
import { WithoutPaper } from './without-paper.tsx';
import '../cargo.css';

/** One bill: where the goods stand, what they are, who has declared them, and all that happened. */
export function BillScreen() {
  const { t } = useTranslation('cargo');
  const { number = '' } = useParams({ strict: false });
  const path = `/api/bills/${encodeURIComponent(number)}`;
  const { data, error, refetch } = useWatch<BillDetail>(path);
  const title = t('bill.title', { number });
  if (!data) {
    return (
      <Page title={title}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { bill, houses, left, timeline, allowed } = data;
  return (
    <Page
      title={title}
      lead={<Standing bill={bill} />}
      actions={<BillActs bill={bill} allowed={allowed} path={path} />}
    >
      <Section title={t('bill.where')}>
        {bill.journey.length === 0 ? (
          <p className="muted">{t('bill.where.none')}</p>
        ) : (
          <JourneyMap
            journey={bill.journey}
            stage={bill.journey.at(-1)?.stage ?? null}
            direction={bill.direction}
          />
        )}
      </Section>
      <DoNotLoad bill={bill} />
      <PendingChange bill={bill} />
      <Discrepancies bill={bill} />
      <div className="two">
        <div>
          <Claims bill={bill} left={left} />
          {houses.length > 0 ? <Houses houses={houses} /> : null}
          <TallySection bill={bill} />
          <Content bill={bill} />
          <Containers bill={bill} />
        </div>
        <div>
          <Assessment bill={bill} />
          <EnteredFirst bill={bill.number} />
          <Releases number={bill.number} />
          <WithoutPaper number={bill.number} />
          <CrossingList
            bill={bill.number}
            around={(list) => <Section title={t('crossings.title')}>{list}</Section>}
          />
          <BillStory timeline={timeline} />
        </div>
      </div>
    </Page>
  );
}

function Standing({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  return (
    <span className="tag-row">
      {bill.direction ? <Tag tone="plain">{t(`direction.${bill.direction}`)}</Tag> : null}
      <Tag
        tone={bill.status === 'manifested' ? 'blue' : bill.status === 'deleted' ? 'red' : 'yellow'}
        icon={bill.status === 'manifested' ? 'check' : 'clock'}
      >
        {t(`bill.status.${bill.status}`)}
      </Tag>
      {bill.doNotLoad ? (
        <Tag tone="red" icon="stop">
          {t('bill.doNotLoad')}
        </Tag>
      ) : null}
      {bill.master ? (
        <span>
          {t('bill.houseOf')}{' '}
          <Link to="/bills/$number" params={{ number: bill.master }} translate="no">
            {bill.master}
          </Link>
        </span>
      ) : null}
    </span>
  );
}

function DoNotLoad({ bill: { doNotLoad } }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  if (!doNotLoad) return null;
  const { reason, legalBasis, by, since, lift } = doNotLoad;
  return (
    <Section title={t('bill.doNotLoad')}>
      <p>{reason}</p>
      <p className="faint">
        {legalBasis} · {by} · {format.moment(since)}
      </p>
      {lift ? (
        <p>
          {t('lift.proposed', { by: lift.proposedBy })} {lift.reason}{' '}
          <span className="faint">{format.moment(lift.at)}</span>
        </p>
      ) : null}
    </Section>
  );
}

function Content({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { content } = bill;
  if (!content) {
    return (
      <Section title={t('bill.content')}>
        <p className="muted">{t('bill.awaited.text')}</p>
      </Section>
    );
  }
  const party = (given: typeof content.shipper) =>
    given ? (
      <TwoLines under={[given.uscc, given.country].filter(Boolean).join(' · ')} isCode>
        {given.name}
      </TwoLines>
    ) : (
      '—'
    );
  const { dangerous } = content;
  return (
    <Section title={t('bill.content')}>
      <Pairs
        items={[
          { name: t('column.goods'), value: content.description, isWide: true },
          { name: t('column.packages'), value: format.number(content.packages) },
          { name: t('column.grossMassKg'), value: format.decimal(content.grossMassKg) },
          { name: t('field.marks'), value: content.marks },
          { name: t('field.shipper'), value: party(content.shipper) },
          { name: t('field.consignee'), value: party(content.consignee) },
          {
            name: t('field.loadingPort'),
            value: content.loadingPort ? <PlaceName place={content.loadingPort} /> : null,
          },
          {
            name: t('field.dischargePort'),
            value: content.dischargePort ? <PlaceName place={content.dischargePort} /> : null,
          },
          {
            name: t('column.voyage'),
            value: <No>{[bill.conveyance, bill.voyageNo].filter(Boolean).join(' · ')}</No>,
          },
          { name: t('field.date'), value: bill.date ? format.date(bill.date) : '—' },
          { name: t('column.carrier'), value: <OrganisationName id={bill.carrier} /> },
          { name: t('column.terminal'), value: <OrganisationName id={bill.terminal} /> },
          { name: t('column.office'), value: <Office code={bill.office} /> },
          ...(bill.manifest
            ? [{ name: t('column.manifest'), value: <ManifestLink id={bill.manifest} /> }]
            : []),
          ...(dangerous
            ? [
                {
                  name: t('field.dangerous'),
                  value: (
                    <Tag tone="red" icon="warning">
                      {['UN', dangerous.unNumber, dangerous.hazardClass, dangerous.packingGroup]
                        .filter(Boolean)
                        .join(' ')}
                    </Tag>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

const ManifestLink = ({ id }: { readonly id: string }) => (
  <Link to="/manifests/$id" params={{ id }} translate="no">
    {id}
  </Link>
);

/** Customs alone reads this: what risk said before the ship came. */
function Assessment({ bill: { assessment } }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  if (!assessment) return null;
  return (
    <Section title={t('bill.assessment')} aside={<LaneTag lane={assessment.lane} />}>
      {assessment.hits.length === 0 ? (
        <p className="muted">{t('bill.assessment.nothing')}</p>
      ) : (
        <ul className="plain-list">
          {assessment.hits.map((hit) => (
            <li key={hit.check}>{format.label(hit.sentence)}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Releases({ number }: { readonly number: string }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const query = { q: number };
  const { data } = useAsk<ReleasePage>('/api/releases', query, may('cargo.readReleases'));
  if (!data || data.releases.length === 0) return null;
  return (
    <Section title={t('releases.title')}>
      <ul className="plain-list">
        {data.releases.map(({ id, status, notice }) => (
          <li key={id} className="tag-row">
            <Link to="/releases/$id" params={{ id }} translate="no">
              {id}
            </Link>
            <ReleaseTag status={status} />
            <span className="faint">{format.moment(notice.releasedAt)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
