import { Button, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '../../../../parts/refusal-list.tsx';

/** An act that always says why. */
export function WithReason({
  title,
  send,
  children,
  isReady = true,
}: {
  readonly title: string;
  send(reason: string): Promise<unknown>;
  readonly children?: ReactNode;
  readonly isReady?: boolean;
}) {
  const { t } = useTranslation('risk');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const id = useId();
  const submit = () =>
    send(reason).then(
      () => setOpen(false),
      (refusal: unknown) => setError(refusal),
    );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{title}</Button>
      <Modal
        destroyOnHidden
        open={isOpen}
        title={title}
        okText={title}
        okButtonProps={{ disabled: !reason.trim() || !isReady }}
        onOk={() => void submit()}
        onCancel={() => setOpen(false)}
      >
        <div className="modal-fields">
          {children}
          <div className="field">
            <label htmlFor={id}>{t('reason')}</label>
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </div>
        <Trouble error={error} />
      </Modal>
    </>
  );
}
