import { useTranslation } from 'react-i18next';
import type { CauseRow, ExplanationRow } from '../../../../src/contexts/bonded/explain/contract.ts';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';

interface Told {
  readonly spot: ExplanationRow;
  /** `null` for what of the difference no record identifies. */
  readonly cause: CauseRow | null;
}

/** A line for each cause, and one for what is left: the lines of a difference add up to it. */
const told = (spot: ExplanationRow): Told[] => [
  ...spot.explained.map((cause) => ({ spot, cause })),
  ...(Number(spot.residual) === 0 ? [] : [{ spot, cause: null }]),
];

/** The differences of a count with their causes, as a workbook. */
export function CauseSheet({ name, path }: { readonly name: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  return (
    <SheetButtons<Told>
      name={name}
      load={async () => (await allRows<ExplanationRow>(`${path}/explanation`)).flatMap(told)}
      columns={[
        { title: t('column.part'), text: ({ spot }) => spot.part },
        { title: t('column.description'), text: ({ spot }) => spot.description },
        { title: t('column.account'), text: ({ spot }) => t(`account.${spot.account}`) },
        { title: t('column.site'), text: ({ spot }) => spot.site },
        { title: t('column.unit'), text: ({ spot }) => spot.unit },
        { title: t('column.book'), text: ({ spot }) => spot.book },
        { title: t('column.counted'), text: ({ spot }) => spot.counted },
        { title: t('column.difference'), text: ({ spot }) => spot.difference },
        {
          title: t('column.cause'),
          text: ({ cause }) => (cause ? t(`cause.${cause.cause}`) : t('explain.unexplained')),
        },
        {
          title: t('column.ofIt'),
          text: ({ spot, cause }) => cause?.quantity ?? spot.residual,
        },
        { title: t('column.grade'), text: ({ cause }) => (cause ? t(`grade.${cause.grade}`) : '') },
        { title: t('column.records'), text: ({ cause }) => cause?.records.join(' ') ?? '' },
      ]}
    />
  );
}
