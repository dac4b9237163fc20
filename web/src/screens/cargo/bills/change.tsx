import { useTranslation } from 'react-i18next';
import type {
  Bill,
  BillContent,
  HouseContent,
} from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { useFormat } from '../../../parts/format.ts';
import { Section } from '../../../parts/page.tsx';
import { ScrollX } from '../../../parts/scroll-x.tsx';

/** A change asked for after the goods arrived: what is, and what it would become. */
export function PendingChange({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation('cargo');
  const format = useFormat();
  const { change, content } = bill;
  if (!change) return null;
  const rows = change.content && content ? differences(content, change.content) : [];
  return (
    <Section title={t('change.title')}>
      <p>{change.reason}</p>
      <p className="faint">
        {change.proposedBy} · {format.moment(change.at)}
      </p>
      {change.content ? (
        <ScrollX label={t('change.title')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('column.field')}</th>
                <th scope="col">{t('change.before')}</th>
                <th scope="col">{t('change.after')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row">{t(`content.${field}`)}</th>
                  <td>
                    <del>{before || '—'}</del>
                  </td>
                  <td>
                    <ins>{after || '—'}</ins>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      ) : (
        <p>{t('change.delete')}</p>
      )}
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

const differences = (before: HouseContent, after: BillContent) =>
  FIELDS.map((field) => ({ field, before: said(before, field), after: said(after, field) })).filter(
    (row) => row.before !== row.after,
  );
