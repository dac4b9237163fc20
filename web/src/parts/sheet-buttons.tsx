import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { Trouble } from './refusal-list.tsx';
import { type SheetColumn, saveSheet } from './sheet.ts';

/** Takes what a page shows along: as a workbook with every row, or on paper. */
export function SheetButtons<Row>({
  name,
  columns,
  load,
}: {
  /** Names the file. */
  readonly name: string;
  readonly columns: readonly SheetColumn<Row>[];
  /** Every row, not only those of the page. */
  load(): Promise<readonly Row[]>;
}) {
  const { t } = useTranslation('parts');
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setSaving(true);
    setError(null);
    try {
      await saveSheet(name, columns, await load());
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="sheet-buttons">
      <Button loading={isSaving} onClick={() => void save()} icon={<Icon name="download" />}>
        {t('sheet.save')}
      </Button>
      <Button onClick={() => window.print()}>{t('sheet.print')}</Button>
      <Trouble error={error} />
    </div>
  );
}
