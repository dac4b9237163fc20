import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AutoComplete, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionDifference } from '../../../../../src/contexts/chemicals/lists/contract.ts';
import { address, put } from '../../../parts/api.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { LISTS, useListName } from '../words.ts';

/** Names files and registers an office may load besides the lists we have names for. */
const OTHERS = ['ec_inventory', 'un_dangerous_goods', 'tariff', 'cus', 'names'];
const TEXTS = ['source', 'version', 'from'] as const;

/** Brings a version of a list; what it changes is shown next, and somebody else puts it in force. */
export function UploadVersion({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('chemicals');
  const nameOf = useListName();
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = useId();
  const [list, setList] = useState('');
  const [said, setSaid] = useState({ source: '', version: '', from: '' });
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const isReady = list !== '' && TEXTS.every((name) => said[name].trim() !== '') && file !== null;
  const send = async () => {
    if (!file) return;
    setSending(true);
    try {
      const at = address(`/api/chemicals/lists/${encodeURIComponent(list)}/proposal`, said);
      const { version } = await put<VersionDifference>(at, file);
      await client.invalidateQueries({ queryKey: ['/api/chemicals/lists'] });
      onClose();
      void navigate({ to: '/chemicals/lists/$id', params: { id: version.id } });
    } catch (refusal) {
      setError(refusal);
      setSending(false);
    }
  };
  return (
    <Modal
      open
      destroyOnHidden
      title={t('official.upload')}
      okText={t('upload.send')}
      okButtonProps={{ disabled: !isReady, loading: isSending }}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <div className="modal-fields">
        <p className="muted">{t('upload.lead')}</p>
        <div className="field">
          <label htmlFor={`${id}list`}>{t('official.list')}</label>
          <AutoComplete
            id={`${id}list`}
            value={list}
            onChange={setList}
            maxLength={40}
            options={[...LISTS, ...OTHERS].map((value) => ({
              value,
              label: nameOf(value) === value ? value : `${value} · ${nameOf(value)}`,
            }))}
          />
          <span className="faint">{t('upload.list.hint')}</span>
        </div>
        {TEXTS.map((name) => (
          <div key={name} className="field">
            <label htmlFor={`${id}${name}`}>{t(`upload.${name}`)}</label>
            <Input
              id={`${id}${name}`}
              type={name === 'from' ? 'date' : 'text'}
              maxLength={name === 'source' ? 200 : 60}
              value={said[name]}
              onChange={(event) => setSaid((old) => ({ ...old, [name]: event.target.value }))}
            />
          </div>
        ))}
        <div className="field">
          <label htmlFor={`${id}file`}>{t('upload.file')}</label>
          <input
            id={`${id}file`}
            type="file"
            accept=".csv,.tsv,.txt,.json,.gz"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        </div>
      </div>
      <Trouble error={error} />
    </Modal>
  );
}
