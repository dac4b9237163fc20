import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuditPage } from '../../../../../src/contexts/clearance/audits/contract.ts';
import type { DeclarationPermits } from '../../../../../src/contexts/clearance/permits/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { RefusalList } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { CheckCard } from '../../authorities/check-card.tsx';
import { JointVisitAsk } from '../../authorities/joint-visit.tsx';
import { AuditTag } from '../../authorities/tags.tsx';
import type { Consignment } from './consignment.ts';

/** Other authorities on the same goods: one order, one visit, each with its own clock and answer. */
export function ChecksSection({ order }: { readonly order: NonNullable<Consignment['order']> }) {
  const { t } = useTranslation('clearance');
  const { t: tp } = useTranslation('parts');
  const { moment } = useFormat();
  if (order.checks.length === 0) return null;
  return (
    <Section
      title={t('consignment.checks')}
      aside={order.allowed.includes('visit') ? <JointVisitAsk order={order} /> : null}
    >
      {order.examination ? (
        <p className="faint">{t('consignment.joined', { id: order.examination })}</p>
      ) : null}
      <ul className="conditions">
        {order.checks.map((check) => (
          <li key={check.id} className="condition">
            <CheckCard check={check} allowed={order.allowed} />
          </li>
        ))}
      </ul>
      {order.visits.map(({ id, at, participants, note }) => (
        <div key={id} className="condition">
          <p>
            <b>{t('consignment.visit')}</b> <span className="faint">{moment(at)}</span>
          </p>
          {participants.map(({ owner, officers, findings }) => (
            <p key={owner} className="faint">
              {officers.join(tp('listComma'))} {findings}
            </p>
          ))}
          {note ? <p className="faint">{note}</p> : null}
        </div>
      ))}
    </Section>
  );
}

const PERMIT_TONES = {
  reserved: 'blue',
  writtenDown: 'green',
  givenBack: 'plain',
  waiting: 'yellow',
} as const;

/** The permits it names, and what became of each. */
export function PermitsSection({ permits }: { readonly permits: DeclarationPermits['permits'] }) {
  const { t } = useTranslation('clearance');
  const { decimal } = useFormat();
  if (permits.length === 0) return null;
  return (
    <Section title={t('consignment.permits')}>
      <ul className="conditions">
        {permits.map(({ id, status, reason, quantity, unit }) => (
          <li key={id} className="condition">
            <p className="condition-head">
              <Link to="/permits/$id" params={{ id }} translate="no">
                {id}
              </Link>
              <Tag tone={PERMIT_TONES[status]}>{t(`permit.${status}`)}</Tag>
            </p>
            {quantity ? <p className="faint">{decimal(quantity, unit)}</p> : null}
            {reason ? (
              <RefusalList refusals={[{ ...reason, params: { ...reason.params } }]} />
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The port’s word to the terminal, and whether it has been heard. */
export function NoticesSection({ releases }: { readonly releases: Consignment['releases'] }) {
  const { t } = useTranslation('clearance');
  const { moment } = useFormat();
  if (releases.length === 0) return null;
  return (
    <Section title={t('consignment.notices')}>
      <ul className="conditions">
        {releases.map((release) => (
          <li key={release.id} className="condition">
            <p className="condition-head">
              <Link to="/releases/$id" params={{ id: release.id }} translate="no">
                {release.id}
              </Link>
              <Tag tone={NOTICE_TONES[release.status]}>{t(`notice.${release.status}`)}</Tag>
            </p>
            <p className="faint">
              {release.status === 'acknowledged'
                ? t('notice.heard', { at: moment(release.acknowledgedAt) })
                : release.leftAt
                  ? t('notice.left', { at: moment(release.leftAt) })
                  : t('notice.issued', { at: moment(release.notice.issuedAt) })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const NOTICE_TONES = {
  notified: 'yellow',
  acknowledged: 'blue',
  revoked: 'red',
  used: 'green',
} as const;

/** Audits after release that this declaration is part of. */
export function AuditsSection({ id }: { readonly id: string }) {
  const { t } = useTranslation('clearance');
  const may = useMay();
  const { data } = useAsk<AuditPage>(
    '/api/audits',
    { declaration: id },
    may('clearance.audit.read'),
  );
  if (!data || data.rows.length === 0) return null;
  return (
    <Section title={t('consignment.audits')}>
      <ul className="conditions">
        {data.rows.map((audit) => (
          <li key={audit.id} className="condition">
            <p className="condition-head">
              <Link to="/audits/$id" params={{ id: audit.id }} translate="no">
                {audit.id}
              </Link>
              <AuditTag audit={audit} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
