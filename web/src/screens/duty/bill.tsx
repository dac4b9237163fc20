import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DutyBill } from '../../../../src/contexts/duty/contract.ts';
import { useApproval } from '../../parts/approval.ts';
import { Ask } from '../../parts/ask.tsx';
import { portDay, useFormat } from '../../parts/format.ts';
import { useMessages } from '../../parts/messages.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page, Pairs, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { BillSteps } from './calculation.tsx';
import { CauseLink } from './cause-link.tsx';
import { BillTag, useDutySentence, useItemName, useYuan } from './money.tsx';
import './duty.css';

const STALE = ['/api/duty', '/api/declarations'];

/** One duty bill: what is owed and why, to the cent; what was paid; and every entry behind it. */
export function DutyBillScreen() {
  const { t } = useTranslation('duty');
  const { declaration = '' } = useParams({ strict: false });
  const path = `/api/duty/bills/${encodeURIComponent(declaration)}`;
  const { data: bill, error, refetch } = useAsk<DutyBill>(path);
  const format = useFormat();
  const yuan = useYuan();
  const say = useDutySentence();
  if (!bill) {
    return (
      <Page title={t('bill.title', { declaration })}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={t('bill.title', { declaration })}
      lead={<BillTag status={bill.status} isOverdue={bill.isOverdue} />}
      actions={<CauseLink bill={declaration} />}
    >
      <Section title={t('bill.owed')} aside={<Acts bill={bill} path={path} />}>
        {bill.unsecured ? <p>{say(bill.unsecured)}</p> : null}
        <Items bill={bill} />
        <Pairs
          items={[
            { name: t('column.payer'), value: <OrganisationName id={bill.payer} /> },
            { name: t('bill.on'), value: format.date(bill.on) },
            { name: t('column.dueOn'), value: bill.dueOn ? format.date(bill.dueOn) : '—' },
            { name: t('bill.basis'), value: t(`basis.${bill.basis}`) },
            { name: t('bill.guarantee'), value: bill.guarantee ?? '—' },
            ...(bill.period ? [{ name: t('column.period'), value: bill.period }] : []),
            ...(bill.credit === '0.00'
              ? []
              : [{ name: t('bill.credit'), value: yuan(bill.credit) }]),
          ]}
        />
      </Section>
      <Section title={t('bill.calculation')}>
        <BillSteps assessment={bill.assessment} />
      </Section>
      <div className="two">
        <Section title={t('bill.payments')}>
          <Payments bill={bill} />
        </Section>
        <Section title={t('bill.entries')}>
          <Story bill={bill} />
        </Section>
      </div>
    </Page>
  );
}

const SIDES = ['assessed', 'paid', 'outstanding'] as const;

/** Taxes and fees, each with what is paid of it. */
function Items({ bill }: { readonly bill: DutyBill }) {
  const { t } = useTranslation('duty');
  const yuan = useYuan();
  const name = useItemName();
  return (
    <MiniTable
      caption={t('bill.owed')}
      rows={bill.items}
      rowKey={({ item }) => item}
      columns={[
        {
          id: 'item',
          title: t('column.item'),
          isName: true,
          render: ({ item }) => <span className="capital">{name(item)}</span>,
        },
        ...SIDES.map(
          (side) =>
            ({
              id: side,
              title: t(`column.${side}`),
              align: 'end',
              render: (row: DutyBill['items'][number]) => yuan(row[side]),
            }) as const,
        ),
      ]}
      foot={[t('bill.total'), ...SIDES.map((side) => yuan(bill[side]))]}
    />
  );
}

function Acts({ bill, path }: { readonly bill: DutyBill; readonly path: string }) {
  const { t } = useTranslation('duty');
  const may = (act: DutyBill['allowed'][number]) => bill.allowed.includes(act);
  const approval = useApproval();
  const waiting = bill.refunds.find(({ status }) => status === 'proposed');
  const approved = bill.refunds.find(({ status }) => status === 'approved');
  const day = portDay().replaceAll('-', '');
  return (
    <>
      {may('pay') ? (
        <Ask
          isPrimary
          button={t('pay')}
          lead={t('pay.lead')}
          stale={STALE}
          fields={[
            { name: 'amount', label: t('field.amount'), kind: 'amount', initial: bill.outstanding },
            { name: 'reference', label: t('field.reference'), kind: 'text' },
            {
              name: 'id',
              label: t('field.paymentId'),
              kind: 'text',
              hint: t('field.paymentId.hint'),
              initial: `P${day}-${bill.declaration}-${bill.payments.length + 1}`.slice(0, 64),
            },
          ]}
          command={(body) => ({ method: 'POST', path: `${path}/payments`, body })}
        />
      ) : null}
      {may('proposeRefund') ? (
        <Ask
          button={t('refund.propose')}
          stale={STALE}
          fields={[
            { name: 'amount', label: t('field.amount'), kind: 'amount', initial: bill.refundable },
            {
              name: 'reason',
              label: t('field.reason'),
              kind: 'choice',
              options: (['overpaid', 'overAssessed', 'cancelled', 'returned'] as const).map(
                (value) => ({ value, label: t(`refund.reason.${value}`) }),
              ),
            },
            { name: 'note', label: t('field.note'), kind: 'long', isOptional: true },
          ]}
          command={(said) => ({
            method: 'POST',
            path: `${path}/refunds`,
            body: { id: `R${day}-${bill.refunds.length + 1}`, ...said },
          })}
        />
      ) : null}
      {may('answerRefund') && waiting ? (
        <Ask
          button={t('refund.answer')}
          stale={STALE}
          fields={approval.fields}
          command={(said) => ({
            method: 'POST',
            path: `${path}/refunds/${waiting.id}/answer`,
            body: approval.body(said),
          })}
        />
      ) : null}
      {may('payOutRefund') && approved ? (
        <Ask
          button={t('refund.payOut')}
          stale={STALE}
          fields={[{ name: 'reference', label: t('field.reference'), kind: 'text' }]}
          command={(body) => ({
            method: 'POST',
            path: `${path}/refunds/${approved.id}/pay-out`,
            body,
          })}
        />
      ) : null}
    </>
  );
}

function Payments({ bill }: { readonly bill: DutyBill }) {
  const { t } = useTranslation('duty');
  const format = useFormat();
  const yuan = useYuan();
  if (bill.payments.length + bill.refunds.length === 0) {
    return <p className="muted">{t('bill.noPayments')}</p>;
  }
  return (
    <ul className="plain-list">
      {bill.payments.map(({ id, amount, reference, at }) => (
        <li key={id}>
          <b>{yuan(amount)}</b>{' '}
          <span className="faint">
            {format.moment(at)} · <span translate="no">{reference}</span>
          </span>
        </li>
      ))}
      {bill.refunds.map(({ id, amount, status, reason }) => (
        <li key={id}>
          <b>−{yuan(amount)}</b>{' '}
          <span className="faint">
            {t(`refund.status.${status}`)} · {t(`refund.reason.${reason}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What happened, each with its two sides: an auditor follows the money from here. */
function Story({ bill }: { readonly bill: DutyBill }) {
  const { t } = useTranslation('duty');
  const { sentence } = useMessages();
  const format = useFormat();
  const yuan = useYuan();
  const name = useItemName();
  return (
    <ol className="timeline">
      {bill.events.map((event) => (
        <li key={event.id}>
          <p className="timeline-head">
            <strong>{sentence(`event.${event.kind}`)}</strong>
            <time dateTime={event.at}>{format.moment(event.at)}</time>
          </p>
          {event.entries.length > 0 ? (
            <ul className="entries">
              {event.entries.map((entry) => (
                <li key={`${entry.account}${entry.item ?? ''}${entry.guarantee ?? ''}`}>
                  {t(`account.${entry.account}`)}
                  {entry.item ? ` · ${name(entry.item)}` : null}{' '}
                  <span className="faint">
                    {entry.debit === '0.00'
                      ? t('credit', { amount: yuan(entry.credit) })
                      : t('debit', { amount: yuan(entry.debit) })}
                  </span>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
