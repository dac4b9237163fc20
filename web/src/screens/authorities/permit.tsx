import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Permit } from '../../../../src/contexts/clearance/permits/contract.ts';
import { Ask } from '../../parts/ask.tsx';
import { CodeName } from '../../parts/code-select.tsx';
import { useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Left } from './permits.tsx';
import { Story } from './story.tsx';
import { PermitTag } from './tags.tsx';
import '../clearance/clearance.css';
import './authorities.css';

const STALE = ['/api/permits'];

/** One permit: its terms, what is left of it, who used it, who waits for it, and its story. */
export function PermitScreen() {
  const { t } = useTranslation('authorities');
  const { id = '' } = useParams({ strict: false });
  const path = `/api/permits/${encodeURIComponent(id)}`;
  const { data: permit, error, refetch } = useAsk<Permit>(path);
  const { date } = useFormat();
  if (!permit) {
    return (
      <Page title={t('permit.title', { number: id })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const { terms } = permit;
  return (
    <Page
      title={t('permit.title', { number: permit.number })}
      lead={<PermitTag status={permit.status} />}
      actions={<Acts permit={permit} path={path} />}
    >
      <Section title={t('permit.terms')}>
        <Pairs
          items={[
            { name: t('column.kind'), value: <CodeName table="licence_kind" code={permit.kind} /> },
            { name: t('column.issuer'), value: <OrganisationName id={permit.issuer} /> },
            { name: t('column.holder'), value: `${terms.holderName} ${terms.holder}`.trim() },
            { name: t('column.goods'), value: terms.goods.join(' · ') },
            { name: t('column.direction'), value: t(`ie.${terms.ieFlag}`) },
            { name: t('column.origins'), value: terms.origins.join(' · ') || t('any') },
            {
              name: t('column.valid'),
              value: `${date(terms.validFrom)} – ${date(terms.validUntil)}`,
            },
            { name: t('column.left'), value: <Left permit={permit} /> },
          ]}
        />
        <Balance permit={permit} />
      </Section>
      {permit.waiting.length > 0 ? <Waiting waiting={permit.waiting} /> : null}
      <div className="two">
        <Section title={t('permit.uses')}>
          <Uses permit={permit} />
        </Section>
        <Section title={t('story.title')}>
          <Story entries={permit.story} />
        </Section>
      </div>
    </Page>
  );
}

/** How much of a bounded quantity is taken. The figure beside it says the same exactly. */
function Balance({ permit }: { readonly permit: Permit }) {
  const { t } = useTranslation('authorities');
  const { percent } = useFormat();
  const of = Number(permit.terms.quantity ?? permit.terms.value ?? 0);
  if (of === 0) return null;
  const taken = Number(permit.terms.quantity ? permit.quantityTaken : permit.valueTaken) / of;
  return (
    <>
      <p className="faint">{t('permit.taken', { share: percent(taken) })}</p>
      <div className="balance" aria-hidden="true">
        <span style={{ width: `${Math.min(100, taken * 100)}%` }} />
      </div>
    </>
  );
}

const USE_TONES = { reserved: 'blue', writtenDown: 'green', givenBack: 'plain' } as const;

function Uses({ permit }: { readonly permit: Permit }) {
  const { t } = useTranslation('authorities');
  const { decimal, money, moment } = useFormat();
  const { uses, terms } = permit;
  if (uses.length === 0) return <p className="muted">{t('permit.noUses')}</p>;
  return (
    <ul className="conditions">
      {uses.map(({ declaration, status, quantity, value, since }) => (
        <li key={declaration} className="condition">
          <p className="condition-head">
            <Link to="/declarations/$id" params={{ id: declaration }} translate="no">
              {declaration}
            </Link>
            <Tag tone={USE_TONES[status]}>{t(`use.${status}`)}</Tag>
          </p>
          <p className="faint">
            {[
              quantity ? decimal(quantity, terms.unit) : null,
              value ? money(value, terms.currency) : null,
              moment(since),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Waiting({ waiting }: { readonly waiting: Permit['waiting'] }) {
  const { t } = useTranslation('authorities');
  const { sentence } = useMessages();
  return (
    <Section title={t('permit.waiting')}>
      <ul className="conditions">
        {waiting.map(({ declaration, reason }) => (
          <li key={declaration} className="condition">
            <p>
              <Link to="/declarations/$id" params={{ id: declaration }} translate="no">
                {declaration}
              </Link>
            </p>
            <p className="muted">{sentence(reason.code, reason.params)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Acts({ permit, path }: { readonly permit: Permit; readonly path: string }) {
  const { t } = useTranslation('authorities');
  const { terms } = permit;
  const reason = { name: 'reason', label: t('field.reason'), kind: 'long' } as const;
  return (
    <>
      {permit.allowed.includes('change') ? (
        <Ask
          button={t('permit.change')}
          lead={t('permit.change.lead')}
          stale={STALE}
          fields={[
            {
              name: 'quantity',
              label: t('field.quantity'),
              kind: 'amount',
              initial: terms.quantity ?? '',
              isOptional: true,
            },
            {
              name: 'value',
              label: t('field.value'),
              kind: 'amount',
              initial: terms.value ?? '',
              isOptional: true,
            },
            {
              name: 'validUntil',
              label: t('field.validUntil'),
              kind: 'day',
              initial: terms.validUntil,
            },
            reason,
          ]}
          command={({ quantity, value, validUntil, reason: why }) => ({
            method: 'POST',
            path: `${path}/change`,
            body: {
              basedOn: permit.version,
              reason: why,
              terms: {
                ...terms,
                quantity: quantity || null,
                unit: quantity ? terms.unit : null,
                value: value || null,
                currency: value ? terms.currency : null,
                validUntil,
              },
            },
          })}
        />
      ) : null}
      {permit.allowed.includes('revoke') ? (
        <Ask
          isDanger
          button={t('permit.revoke')}
          lead={t('permit.revoke.lead')}
          stale={STALE}
          fields={[reason]}
          command={(body) => ({ method: 'POST', path: `${path}/revocation`, body })}
        />
      ) : null}
    </>
  );
}
