import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Passport, PassportDetail } from '../../../../../src/contexts/cargo/gates/contract.ts';
import { Ask } from '../../../parts/ask.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Icon } from '../../../parts/icon.tsx';
import { useMessages } from '../../../parts/messages.ts';
import { OrganisationName } from '../../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../../parts/page.tsx';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { useGateName } from '../gates/gate-name.tsx';
import { No } from '../signs.tsx';
import { useWatch } from '../watch.ts';
import { Conditions } from './conditions.tsx';
import { Papers } from './papers.tsx';
import { Readings } from './readings.tsx';
import { ApprovalTag, PassportTag, Reasons } from './signs.tsx';
import { useZones } from './zones.ts';
import '../cargo.css';

const STALE = ['/api/passports', '/api/gates'];

/** One gate passport: why it is approved or not, what the vehicle carries, what the gates saw. */
export function PassportScreen() {
  const { t } = useTranslation('cargo');
  const { number = '' } = useParams({ strict: false });
  const path = `/api/passports/${encodeURIComponent(number)}`;
  const { data, error, refetch } = useWatch<PassportDetail>(path);
  if (!data) {
    return (
      <Page title={t('passport.title', { number })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { passport, papers, readings, acts } = data;
  return (
    <Page
      title={t('passport.title', { number: passport.content.vehicle.plate })}
      lead={
        <span className="tag-row">
          <PassportTag state={passport.state} />
          {passport.state === 'applied' ? <ApprovalTag approval={passport.approval} /> : null}
          <No>{passport.number}</No>
        </span>
      }
      actions={<Acts acts={acts} path={path} />}
    >
      <Section title={t('passport.gates')}>
        <GateSteps passport={passport} />
        {passport.examination ? (
          <p className="tag-row">
            <Tag tone="red" icon="examine">
              {t('passport.examination')}
            </Tag>
            {passport.examination.reason}
          </p>
        ) : null}
        {passport.flagged.map(({ reading, reasons }) => (
          <div key={reading}>
            <Tag tone="red" icon="warning">
              {t('standing.flagged')}
            </Tag>
            <Reasons reasons={reasons} />
          </div>
        ))}
        {passport.endedNote ? <p>{passport.endedNote}</p> : null}
      </Section>
      <div className="two">
        <div>
          <Conditions conditions={passport.conditions} />
          <Papers papers={papers} passport={passport} />
          <Readings readings={readings} />
        </div>
        <div>
          <Vehicle passport={passport} />
          <Story detail={data} />
        </div>
      </div>
    </Page>
  );
}

/** The gates to be passed, in order, and which of them are behind the vehicle. */
function GateSteps({ passport }: { readonly passport: Passport }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const gateName = useGateName();
  const { gates, crossings, validUntil } = passport;
  if (gates.length === 0) return <p className="muted">{t('passport.noGates')}</p>;
  return (
    <>
      <ol className="gate-steps">
        {gates.map((position) => {
          const crossing = crossings.find((each) => each.position === position);
          return (
            <li key={position} className={crossing ? 'gate-passed' : undefined}>
              <Icon name={crossing ? 'done' : 'gate'} />
              <b>{t(`gate.${position}`)}</b>
              <span className="faint">
                {crossing
                  ? [
                      gateName(crossing.gate),
                      format.moment(crossing.at),
                      crossing.manual ? t('standing.openedByHand') : null,
                      crossing.offline ? t('offline') : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')
                  : t('gate.ahead')}
              </span>
            </li>
          );
        })}
      </ol>
      {validUntil ? (
        <p className="faint">{t('passport.validUntil', { at: format.moment(validUntil) })}</p>
      ) : null}
    </>
  );
}

function Vehicle({ passport }: { readonly passport: Passport }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { content, organisation, regime } = passport;
  const zone = useZones().find(({ id }) => id === content.zone);
  const { vehicle, containers } = content;
  return (
    <Section title={t('passport.vehicle')}>
      <Pairs
        items={[
          { name: t('field.plate'), value: <No>{vehicle.plate}</No> },
          { name: t('field.vehicleKind'), value: t(`vehicle.${vehicle.kind}`) },
          { name: t('field.tareKg'), value: format.decimal(vehicle.tareKg) },
          { name: t('field.frameKg'), value: format.decimal(vehicle.frameKg) },
          { name: t('field.goodsGrossKg'), value: format.decimal(content.goodsGrossKg) },
          { name: t('zone.movement'), value: t(`passportType.${content.type}`) },
          {
            name: t('column.zone'),
            value: `${format.label(zone?.label)} · ${t(`line.${content.line}`)} · ${t(`way.${content.direction}`)}`,
          },
          ...(content.binding
            ? [{ name: t('field.binding'), value: t(`binding.${content.binding}`) }]
            : []),
          ...(content.goods ? [{ name: t('column.goods'), value: content.goods }] : []),
          {
            name: t('containers.title'),
            value: containers.length
              ? containers.map(({ no, seal }) => (
                  <span key={no} className="cell-sub" translate="no">
                    {[no, seal].filter(Boolean).join(' / ')}
                  </span>
                ))
              : '—',
          },
          { name: t('column.enterprise'), value: <OrganisationName id={organisation} /> },
          ...(regime
            ? [
                {
                  name: t('passport.regime'),
                  value: `${t(`regime.${regime.kind}`)} · ${format.date(regime.on)}`,
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Acts({ acts, path }: { readonly acts: PassportDetail['acts']; readonly path: string }) {
  const { t } = useTranslation('cargo');
  return (
    <>
      {acts.includes('decide') ? (
        <Ask
          isPrimary
          button={t('passport.decide')}
          lead={t('passport.decide.lead')}
          stale={STALE}
          fields={[
            {
              name: 'decision',
              label: t('field.answer'),
              kind: 'choice',
              options: [
                { value: 'pass', label: t('passport.decide.pass') },
                { value: 'return', label: t('passport.decide.return') },
              ],
            },
            { name: 'note', label: t('field.note'), kind: 'long' },
          ]}
          command={(body) => ({ method: 'POST', path: `${path}/decision`, body })}
        />
      ) : null}
      {acts.includes('reconsider') ? (
        <Ask
          button={t('passport.reconsider')}
          lead={t('passport.reconsider.lead')}
          stale={STALE}
          fields={[]}
          command={() => ({ method: 'POST', path: `${path}/reconsider` })}
        />
      ) : null}
      {acts.includes('cancel') ? (
        <Ask
          isDanger
          button={t('passport.cancel')}
          lead={t('passport.cancel.lead')}
          stale={STALE}
          fields={[{ name: 'note', label: t('field.reason'), kind: 'long' }]}
          command={(body) => ({ method: 'POST', path: `${path}/cancel`, body })}
        />
      ) : null}
    </>
  );
}

function Story({ detail }: { readonly detail: PassportDetail }) {
  const { t } = useTranslation('cargo');
  const { sentence } = useMessages();
  const format = useFormat();
  return (
    <Section title={t('story.title')}>
      <ol className="timeline">
        {detail.timeline.map((entry) => {
          const { note } = entry.detail;
          return (
            <li key={entry.id}>
              <p className="timeline-head">
                <strong>{sentence(`event.${entry.kind}`)}</strong>
                <time dateTime={entry.at}>{format.moment(entry.at, { seconds: true })}</time>
              </p>
              <p className="faint" translate="no">
                {entry.actor}
              </p>
              {typeof note === 'string' && note ? <p className="muted">{note}</p> : null}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
