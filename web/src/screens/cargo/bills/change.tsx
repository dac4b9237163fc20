import { useTranslation } from 'react-i18next';
import type { Bill, HouseContent } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { BeforeAfter } from '../before-after.tsx';

/** A change asked for after the goods arrived: what is, and what it would become. */
export function PendingChange({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { change, content } = bill;
  if (!change) return null;
  const after = change.content;
  const rows =
    after && content
      ? FIELDS.map((field) => ({
          name: t(`content.${field}`),
          before: said(content, field),
          after: said(after, field),
        }))
      : [];
  return (
    <Section title={t('change.title')}>
      <p>{change.reason}</p>
      <p className="faint">
        {change.proposedBy} · {format.moment(change.at)}
      </p>
      {change.content ? <BeforeAfter rows={rows} /> : <p>{t('change.delete')}</p>}
    </Section>
  );
}

const FIELDS = [
  'description',
  'packages',
  'packageKind',
  'grossMassKg',
  'marks',
  'shipper',
  'consignee',
  'loadingPort',
  'dischargePort',
  'containers',
] as const;

const said = (content: HouseContent, field: (typeof FIELDS)[number]): string => {
  if (field === 'containers') {
    return content.containers.map(({ number, seals }) => [number, ...seals].join(' ')).join('; ');
  }
  if (field === 'shipper' || field === 'consignee') {
    const party = content[field];
    return [party?.name, party?.uscc, party?.country].filter(Boolean).join(' ');
  }
  return String(content[field] ?? '');
};
