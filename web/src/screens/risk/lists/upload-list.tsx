import { useQueryClient } from '@tanstack/react-query';
import { Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskList } from '../../../../../src/contexts/risk/rules/contract.ts';
import { address, put } from '../../../parts/api.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Field } from '../field.tsx';

/** A new list, or the next version of one, from a spreadsheet; another account publishes it. */
export function UploadList({
  isOpen,
  onClose,
  list,
}: {
  readonly isOpen: boolean;
  onClose(): void;
  readonly list: RiskList | null;
}) {
  const { t } = useTranslation('risk');
  const client = useQueryClient();
  const [name, setName] = useState(list?.name ?? '');
  const [zh, setZh] = useState(list?.label.zh ?? '');
  const [en, setEn] = useState(list?.label.en ?? '');
  const [type, setType] = useState<'text' | 'number'>(list?.type ?? 'text');
  const [until, setUntil] = useState('');
  const [origin, setOrigin] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);
  const basedOn = Math.max(0, ...(list?.versions.map(({ version }) => version) ?? []));
  const isReady = Boolean(name && zh.trim() && en.trim() && origin.trim() && file);
  const send = async () => {
    if (!file) return;
    setSending(true);
    try {
      const said = { labelZh: zh, labelEn: en, type, until, origin, basedOn };
      await put(address(`/api/risk/lists/${encodeURIComponent(name)}`, said), file);
      await client.invalidateQueries({
        predicate: ({ queryKey: [path] }) => String(path).startsWith('/api/risk/'),
      });
      setError(null);
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setSending(false);
    }
  };
  return (
    <Modal
      destroyOnHidden
      open={isOpen}
      title={list ? t('lists.upload') : t('lists.new')}
      okText={t('lists.send')}
      okButtonProps={{ disabled: !isReady, loading: isSending }}
      onOk={() => void send()}
      onCancel={onClose}
    >
      <div className="modal-fields">
        {list ? null : (
          <Field label={t('lists.name')} hint={t('lists.name.hint')}>
            {(id) => (
              <Input
                id={id}
                maxLength={40}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={t('editor.label.zh')}>
          {(id) => (
            <Input
              id={id}
              maxLength={80}
              value={zh}
              onChange={(event) => setZh(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('editor.label.en')}>
          {(id) => (
            <Input
              id={id}
              maxLength={80}
              value={en}
              onChange={(event) => setEn(event.target.value)}
            />
          )}
        </Field>
        {list ? null : (
          <Segmented<'text' | 'number'>
            aria-label={t('lists.type')}
            value={type}
            onChange={setType}
            options={(['text', 'number'] as const).map((value) => ({
              value,
              label: t(`lists.type.${value}`),
            }))}
          />
        )}
        <Field label={t('lists.until')} hint={t('editor.to.hint')}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('editor.origin')} hint={t('editor.origin.hint')}>
          {(id) => (
            <Input
              id={id}
              maxLength={300}
              value={origin}
              onChange={(event) => setOrigin(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('lists.file')}>
          {(id) => (
            <input
              id={id}
              type="file"
              accept=".csv,.xlsx"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          )}
        </Field>
      </div>
      <Trouble error={error} />
    </Modal>
  );
}
