import { Link, useParams } from '@tanstack/react-router';
import { Button, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Release } from '../../../../../src/contexts/cargo/releases/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Code, Page, Pairs, Section } from '../../../parts/page.tsx';
import { useCommand, useMe } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { download } from '../../clearance/bulk/download.ts';
import { No, Office, ReleaseTag, useAmount } from '../signs.tsx';
import { useWatch } from '../watch.ts';
import { Verdicts } from './verdicts.tsx';
import '../cargo.css';

/** One release notice: what it lets go, whether it holds, how far its delivery is. */
export function ReleaseScreen() {
  const { t } = useTranslation('cargo');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/releases/${encodeURIComponent(id)}`;
  const { data: release, error, refetch } = useWatch<Release>(path);
  const title = t('release.title', { id });
  if (!release) {
    return (
      <Page title={title}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      lead={<ReleaseTag status={release.status} />}
      actions={<Acknowledge release={release} />}
    >
      <Revocation release={release} />
      <div className="two">
        <div>
          <Notice release={release} />
          <Delivery release={release} />
        </div>
        <div>
          <Section title={t('release.verdicts')}>
            <Verdicts signed={release.signed} />
          </Section>
          <Signed release={release} />
        </div>
      </div>
    </Page>
  );
}

function Acknowledge({ release }: { readonly release: Release }) {
  const { t } = useTranslation('cargo');
  const me = useMe();
  const { id, status, acknowledgedAt, revocationAcknowledgedAt, notice } = release;
  const give = useCommand<string>(
    (of) => ({
      method: 'POST',
      path: '/api/releases/acknowledgements',
      body: { acknowledgements: [{ release: id, of }] },
    }),
    ['/api/releases'],
  );
  const of = status === 'revoked' ? 'revocation' : 'notice';
  const isDone = of === 'revocation' ? revocationAcknowledgedAt : acknowledgedAt;
  const isOurs = notice.terminal === null || notice.terminal === me?.organisation.id;
  if (isDone || !isOurs || !me?.permissions.includes('cargo.acknowledgeReleases')) return null;
  return (
    <Button type="primary" loading={give.isPending} onClick={() => give.mutate(of)}>
      {t('terminal.notices.act')}
    </Button>
  );
}

function Revocation({ release }: { readonly release: Release }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { revocation, revocationAcknowledgedAt } = release;
  if (!revocation) return null;
  return (
    <Section title={t('release.revoked')}>
      <p>{revocation.reason}</p>
      <p className="faint">
        {[
          format.moment(revocation.revokedAt),
          revocation.legalBasis,
          revocationAcknowledgedAt
            ? t('release.revocationKnown', { at: format.moment(revocationAcknowledgedAt) })
            : t('release.revocationUnknown'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </Section>
  );
}

function Notice({ release: { notice, organisation } }: { readonly release: Release }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const amount = useAmount();
  return (
    <Section title={t('release.says')}>
      <Pairs
        items={[
          {
            name: t('column.declaration'),
            value: (
              <Link to="/declarations/$id" params={{ id: notice.declaration }} translate="no">
                {notice.declarationNumber ?? notice.declaration}
              </Link>
            ),
          },
          {
            name: t('column.bill'),
            value: notice.bill ? (
              <Link to="/bills/$number" params={{ number: notice.bill }} translate="no">
                {notice.bill}
              </Link>
            ) : (
              '—'
            ),
          },
          { name: t('column.amount'), value: amount(notice.packages, notice.grossMassKg) },
          { name: t('containers.title'), value: <No>{notice.containers.join(', ')}</No> },
          { name: t('field.declarant'), value: <OrganisationName id={organisation} /> },
          { name: t('column.terminal'), value: <OrganisationName id={notice.terminal} /> },
          { name: t('column.office'), value: <Office code={notice.office} /> },
          { name: t('column.releasedAt'), value: format.moment(notice.releasedAt) },
          { name: t('field.issuedAt'), value: format.moment(notice.issuedAt) },
          { name: t('column.validUntil'), value: format.moment(notice.validUntil) },
        ]}
      />
      {notice.conditional ? (
        <div className="conditional">
          <Tag tone="yellow" icon="warning">
            {t('release.conditional')}
          </Tag>
          <ul className="plain-list">
            {notice.conditional.conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </Section>
  );
}

function Delivery({ release }: { readonly release: Release }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { delivery, acknowledgedAt, acknowledgedBy, leftAt } = release;
  return (
    <Section title={t('release.delivery')}>
      <Pairs
        items={[
          { name: t('field.attempts'), value: format.number(delivery.attempts) },
          { name: t('field.lastAt'), value: format.moment(delivery.lastAt) },
          {
            name: t('field.lastOutcome'),
            value: delivery.lastOutcome ? t(`delivery.${delivery.lastOutcome}`) : '—',
          },
          { name: t('field.nextAt'), value: format.moment(delivery.nextAt) },
          {
            name: t('field.acknowledgedAt'),
            value: (
              <>
                {format.moment(acknowledgedAt)}
                {acknowledgedBy ? (
                  <>
                    {' · '}
                    <OrganisationName id={acknowledgedBy} />
                  </>
                ) : null}
              </>
            ),
          },
          { name: t('field.leftAt'), value: format.moment(leftAt) },
        ]}
      />
    </Section>
  );
}

/** A QR code is dark on light in either theme: readers expect it. */
function Signed({ release: { id, signed, signedRevocation } }: { readonly release: Release }) {
  const { t } = useTranslation('cargo');
  return (
    <Section
      title={t('release.signed')}
      aside={
        <button
          type="button"
          className="link-button"
          onClick={() => download(`${id}.jws`, signed, 'text/plain')}
        >
          {t('release.download')}
        </button>
      }
    >
      <p className="muted">{t('release.signed.lead')}</p>
      <div className="qr">
        <QRCode
          aria-label={t('release.qr')}
          type="svg"
          value={signed}
          size={240}
          errorLevel="L"
          color="black"
          bgColor="white"
        />
      </div>
      <details className="more">
        <summary>{t('release.text', { count: signed.length })}</summary>
        <p>
          <Code>{signed}</Code>
        </p>
        {signedRevocation ? (
          <>
            <p className="faint">{t('release.signedRevocation')}</p>
            <p>
              <Code>{signedRevocation}</Code>
            </p>
          </>
        ) : null}
      </details>
    </Section>
  );
}
