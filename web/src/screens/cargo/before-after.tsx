import { useTranslation } from 'react-i18next';
import { MiniTable } from '../../parts/mini-table.tsx';

/** What a change would make of each thing it touches; what stays as it is, is left out. */
export function BeforeAfter({
  rows,
}: {
  readonly rows: readonly {
    readonly name: string;
    readonly before: string | undefined;
    readonly after: string | undefined;
  }[];
}) {
  const { t } = useTranslation('cargo');
  return (
    <MiniTable
      caption={t('change.title')}
      rows={rows.filter(({ before, after }) => before !== after)}
      rowKey={({ name }) => name}
      columns={[
        { id: 'field', title: t('column.field'), isName: true, render: ({ name }) => name },
        {
          id: 'before',
          title: t('change.before'),
          render: ({ before }) => (before ? <del>{before}</del> : '—'),
        },
        {
          id: 'after',
          title: t('change.after'),
          render: ({ after }) => (after ? <ins>{after}</ins> : '—'),
        },
      ]}
    />
  );
}
