import { useTranslation } from 'react-i18next';
import type { Bill, BillContent } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { useAsk, useMay } from '../../../parts/queries.ts';
import { changesOf } from './correction/changes.ts';
import { BillChanges } from './correction/what-changes.tsx';

/** A change asked for after the goods arrived: what is, and what it would become. */
export function PendingChange({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const may = useMay();
  const { change, content, number } = bill;
  // What the house bills say now is for whoever asks for the change or answers it; others see the bill's own words.
  const isTold = may('cargo.answerChange') || may('cargo.amendBill');
  const { data: whole } = useAsk<BillContent>(
    `/api/bills/${encodeURIComponent(number)}/content`,
    {},
    isTold && Boolean(change?.content),
  );
  if (!change) return null;
  const after = change.content;
  const before = whole ?? (content && after ? { ...content, houses: after.houses } : null);
  return (
    <Section title={t('change.title')}>
      <p>{change.reason}</p>
      <p className="faint">
        {change.proposedBy} · {format.moment(change.at)}
      </p>
      {after === null ? <p>{t('change.delete')}</p> : null}
      {after && before ? <BillChanges changes={changesOf(before, after)} /> : null}
    </Section>
  );
}
