import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress, Select } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '../../../../src/contexts/pool/contract.ts';
import { address, upload } from '../../parts/api.ts';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { ImportList } from './import-list.tsx';
import './pool.css';

/** A file goes in through a mapping; what cannot be read is set aside with its reason, never dropped. */
export function ImportsScreen() {
  const { t } = useTranslation('pool');
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      <ImportForm />
      <ImportList />
    </Page>
  );
}

function ImportForm() {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const client = useQueryClient();
  const id = useId();
  const { data } = useAsk<{ readonly mappings: readonly Mapping[] }>('/api/pool/mappings');
  const [mapping, setMapping] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const chosen = mapping ?? data?.mappings[0]?.name ?? null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!file || !chosen) return;
    setError(null);
    setSent(0);
    try {
      await upload(
        address('/api/pool/imports', { mapping: chosen, name: file.name }),
        file,
        setSent,
      );
      setFile(null);
      await client.invalidateQueries({ queryKey: ['/api/pool/imports'] });
    } catch (problem) {
      setError(problem);
    } finally {
      setSent(null);
    }
  };

  return (
    <Section title={t('import.title')}>
      <form onSubmit={(event) => void submit(event)}>
        <div className="import-form">
          <FileDrop file={file} onFile={setFile} />
          <div className="field">
            <label htmlFor={`${id}mapping`}>{t('import.mapping')}</label>
            <Select
              id={`${id}mapping`}
              value={chosen}
              onChange={setMapping}
              options={(data?.mappings ?? []).map((item) => ({
                value: item.name,
                label: `${format.label(item.label)} · ${item.name}`,
              }))}
            />
          </div>
          <div>
            <Button
              type="primary"
              htmlType="submit"
              disabled={!file || !chosen}
              loading={sent !== null}
            >
              {t('import.submit')}
            </Button>
          </div>
        </div>
        {sent === null ? null : (
          <div className="import-progress" role="status">
            <Progress
              percent={Math.round(sent * 100)}
              size="small"
              aria-label={t('import.sending')}
            />
          </div>
        )}
        <Trouble error={error} />
      </form>
    </Section>
  );
}

/** A file by drop or by dialogue; the input itself stays reachable by keyboard. */
function FileDrop({
  file,
  onFile,
}: {
  readonly file: File | null;
  onFile(file: File | null): void;
}) {
  const { t } = useTranslation('pool');
  const format = useFormat();
  const [isOver, setOver] = useState(false);
  return (
    <label
      className={isOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFile(event.dataTransfer.files[0] ?? null);
      }}
    >
      <span>
        <Icon name="import" size={16} /> {file ? file.name : t('import.choose')}
      </span>
      <span className="faint">{file ? format.bytes(file.size) : t('import.formats')}</span>
      <input
        type="file"
        className="visually-hidden"
        accept=".csv,.ndjson,.jsonl,.parquet,.xlsx"
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
      />
    </label>
  );
}
