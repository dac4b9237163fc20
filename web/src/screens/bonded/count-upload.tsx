import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountLine } from '../../../../src/contexts/bonded/stocktake/contract.ts';
import { send } from '../../parts/api.ts';
import { useFormat } from '../../parts/format.ts';
import { Section } from '../../parts/page.tsx';
import { Trouble } from '../../parts/refusal-list.tsx';
import { DropField } from '../cargo/drop-field.tsx';
import { type CountFile, readCount } from './count-file.ts';
import { ledgerPath } from './ledger-page.tsx';

const AT_ONCE = 1_000;
const REJECTED_SHOWN = 12;
/** A number the count can have before anybody thinks of one. */
const numberFor = (now: Date): string =>
  `C-${now.toISOString().slice(0, 16).replace(/[-T:]/g, '')}`;

/** A count is a file: dropped here, read at once, and compared with the book when it is sent. */
export function CountUpload({
  id,
  sites,
}: {
  readonly id: string;
  readonly sites: readonly string[];
}) {
  const { t } = useTranslation('bonded');
  const client = useQueryClient();
  const navigate = useNavigate();
  const field = useId();
  const [number, setNumber] = useState(() => numberFor(new Date()));
  const [file, setFile] = useState<CountFile | 'unreadable' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);

  async function read(chosen: File) {
    setError(null);
    const otherwise = { site: sites[0] ?? '', countedAt: new Date().toISOString() };
    setFile((await readCount(chosen, otherwise).catch(() => null)) ?? 'unreadable');
  }
  async function take(tags: readonly CountLine[]) {
    setSending(true);
    setError(null);
    const at = `${ledgerPath(id)}/stocktakes`;
    try {
      await send('POST', at, { id: number });
      for (let from = 0; from < tags.length; from += AT_ONCE) {
        await send('POST', `${at}/${number}/tags`, { tags: tags.slice(from, from + AT_ONCE) });
      }
      await client.invalidateQueries({ queryKey: [at] });
      void navigate({ to: '/bonded/$id/counts/$count', params: { id, count: number } });
    } catch (failure) {
      setError(failure);
      setSending(false);
    }
  }
  return (
    <Section title={t('upload.title')}>
      <p className="muted">{t('upload.text')}</p>
      <DropField
        accept=".csv,.xlsx"
        label={t('upload.drop')}
        onFile={(chosen) => void read(chosen)}
      />
      {file === 'unreadable' ? <p role="alert">{t('upload.unreadable')}</p> : null}
      {file !== null && file !== 'unreadable' ? (
        <>
          <Read file={file} />
          <div className="upload-send">
            <div className="field">
              <label htmlFor={field}>{t('upload.number')}</label>
              <Input
                id={field}
                value={number}
                maxLength={40}
                onChange={(event) => setNumber(event.target.value.trim())}
              />
            </div>
            <Button
              type="primary"
              loading={isSending}
              disabled={file.tags.length === 0 || number === ''}
              onClick={() => void take(file.tags)}
            >
              {t('upload.send')}
            </Button>
          </div>
        </>
      ) : null}
      <Trouble error={error} />
    </Section>
  );
}

function Read({ file: { tags, rejected } }: { readonly file: CountFile }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return (
    <div role="status">
      <p>{t('upload.read', { count: tags.length, shown: format.number(tags.length) })}</p>
      {rejected.length > 0 ? (
        <>
          <p className="upload-rejected">{t('upload.rejected', { count: rejected.length })}</p>
          <ul className="plain-list">
            {rejected.slice(0, REJECTED_SHOWN).map(({ line, column, seen }) => (
              <li key={`${line} ${column}`}>
                {t('upload.cell', { line, column: t(`upload.column.${column}`) })}{' '}
                <code translate="no">{seen === '' ? '∅' : seen}</code>
              </li>
            ))}
          </ul>
          {rejected.length > REJECTED_SHOWN ? (
            <p className="faint">{t('held.more', { count: rejected.length - REJECTED_SHOWN })}</p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
