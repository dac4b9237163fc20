import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../parts/column.ts';

/** Rows that are ticked, and the column to tick them in. Rows that have gone are no longer ticked. */
export function usePicked<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const { t } = useTranslation('cargo');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const picked = rows.filter((row) => ticked.has(keyOf(row)));
  const tick = (key: string, isOn: boolean) =>
    setTicked((old) => new Set(isOn ? [...old, key] : [...old].filter((other) => other !== key)));
  const column: Column<Row> = {
    id: 'pick',
    title: t('pick'),
    render: (row) => (
      <Checkbox
        aria-label={t('pick.row', { name: keyOf(row) })}
        checked={ticked.has(keyOf(row))}
        onChange={(event) => tick(keyOf(row), event.target.checked)}
      />
    ),
  };
  return {
    picked,
    column,
    all: () => setTicked(new Set(rows.map(keyOf))),
    none: () => setTicked(new Set()),
  };
}

/** Ticks all or none, and does the act to what is ticked. */
export function PickBar({
  count,
  of,
  act,
  isBusy,
  onAll,
  onNone,
  onAct,
}: {
  readonly count: number;
  readonly of: number;
  readonly act: string;
  readonly isBusy: boolean;
  onAll(): void;
  onNone(): void;
  onAct(): void;
}) {
  const { t } = useTranslation('cargo');
  if (of === 0) return null;
  return (
    <div className="pick-bar">
      <button type="button" className="link-button" onClick={count === of ? onNone : onAll}>
        {count === of ? t('pick.none') : t('pick.all', { count: of })}
      </button>
      <Button type="primary" disabled={count === 0} loading={isBusy} onClick={onAct}>
        {act} {count > 0 ? `(${count})` : null}
      </Button>
    </div>
  );
}
