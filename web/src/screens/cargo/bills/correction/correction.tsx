import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  BillContent,
  BillDetail,
} from '../../../../../../src/contexts/cargo/manifests/contract.ts';
import { EmptyState } from '../../../../parts/empty-state.tsx';
import { Page, Section } from '../../../../parts/page.tsx';
import { useAsk, useCommand } from '../../../../parts/queries.ts';
import { Trouble } from '../../../../parts/refusal-list.tsx';
import { LongField } from '../../text-field.tsx';
import { changesOf } from './changes.ts';
import { GoodsFields } from './goods-fields.tsx';
import { HouseFields } from './house-fields.tsx';
import { billOf, type TypedBill, typedBill } from './typed.ts';
import { BillChanges, useBillFieldLabel } from './what-changes.tsx';
import '../../cargo.css';

const STALE = ['/api/bills', '/api/bill-stages', '/api/manifests'];

/** A carrier corrects its bill: what it says now stands in the form, and what would change is shown before it is sent. */
export function BillCorrectionScreen() {
  const { t } = useTranslation('cargo');
  const { number = '' } = useParams({ strict: false });
  const path = `/api/bills/${encodeURIComponent(number)}`;
  const detail = useAsk<BillDetail>(path);
  const content = useAsk<BillContent>(`${path}/content`);
  const title = t('correction.title', { number });
  const back = (
    <Link to="/bills/$number" params={{ number }}>
      {t('correction.back')}
    </Link>
  );
  if (!detail.data || !content.data) {
    return (
      <Page title={title} actions={back}>
        <Trouble error={detail.error ?? content.error} />
      </Page>
    );
  }
  const { bill, allowed } = detail.data;
  return (
    <Page
      title={title}
      lead={t(bill.arrived || bill.tally ? 'correction.lead.arrived' : 'correction.lead')}
      actions={back}
    >
      {allowed.includes('amend') ? (
        <CorrectionForm number={number} path={path} before={content.data} />
      ) : (
        <EmptyState icon="stop" title={t('correction.closed')} action={back}>
          {t('correction.closed.text')}
        </EmptyState>
      )}
    </Page>
  );
}

function CorrectionForm({
  number,
  path,
  before,
}: {
  readonly number: string;
  readonly path: string;
  readonly before: BillContent;
}) {
  const { t } = useTranslation('cargo');
  const navigate = useNavigate();
  // What the bill said when the form was opened: what others change meanwhile does not move under the reader's hands.
  const [start] = useState(before);
  const [typed, setTyped] = useState<TypedBill>(() => typedBill(start));
  const [reason, setReason] = useState('');
  const content = billOf(typed);
  const changes = changesOf(start, content);
  const fieldLabel = useBillFieldLabel(content);
  const amend = useCommand(
    (body: unknown) => ({ method: 'POST', path: `${path}/amend`, body }),
    STALE,
  );
  const { houses } = typed;
  return (
    <>
      <Section title={t('bill.content')}>
        <GoodsFields goods={typed.own} onChange={(own) => setTyped((old) => ({ ...old, own }))} />
      </Section>
      {start.houses.length > 0 ? (
        <HouseFields
          bill={content}
          houses={houses}
          onChange={(next) => setTyped((old) => ({ ...old, houses: next }))}
        />
      ) : null}
      <Section title={t('correction.changes')}>
        {changes.length === 0 ? (
          <p className="muted">{t('correction.changes.none')}</p>
        ) : (
          <BillChanges changes={changes} />
        )}
        <div className="correction-answer">
          <LongField label={t('field.reason')} value={reason} onChange={setReason} />
          <div className="button-row">
            <Button
              type="primary"
              disabled={changes.length === 0 || reason.trim() === ''}
              loading={amend.isPending}
              onClick={() =>
                amend.mutate(
                  { content, reason: reason.trim() },
                  {
                    onSuccess: () => void navigate({ to: '/bills/$number', params: { number } }),
                  },
                )
              }
            >
              {t('act.amend')}
            </Button>
          </div>
        </div>
        <Trouble error={amend.error} fieldLabel={fieldLabel} />
      </Section>
    </>
  );
}
