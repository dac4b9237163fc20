import { useTranslation } from 'react-i18next';
import type { Batch } from '../../../../../src/contexts/cargo/batches/contract.ts';
import { useApproval } from '../../../parts/approval.ts';
import { Ask, type Said } from '../../../parts/ask.tsx';

const STALE = ['/api/batches'];

/** What the reader may do with an application now. */
export function BatchActs({
  batch,
  allowed,
  path,
}: {
  readonly batch: Batch;
  readonly allowed: readonly string[];
  readonly path: string;
}) {
  const { t } = useTranslation('cargo');
  const { content } = batch;
  const approval = useApproval();
  return (
    <>
      {allowed.includes('answer') ? (
        <Ask
          isPrimary
          button={t('batch.answer')}
          lead={t('batch.answer.lead')}
          stale={STALE}
          fields={approval.fields}
          command={(said) => ({
            method: 'POST',
            path: `${path}/answer`,
            body: approval.body(said),
          })}
        />
      ) : null}
      {allowed.includes('change') ? (
        <Ask
          button={t('batch.change')}
          lead={t('batch.change.lead')}
          stale={STALE}
          fields={[
            { name: 'validTo', label: t('field.validTo'), kind: 'day', initial: content.validTo },
            {
              name: 'deposit',
              label: t('field.deposit'),
              kind: 'amount',
              initial: content.deposit,
            },
            {
              name: 'caps',
              label: t('field.caps'),
              kind: 'long',
              hint: t('field.caps.hint'),
              initial: content.lines.map(({ lineNo, cap }) => `${lineNo} = ${cap}`).join('\n'),
            },
            { name: 'reason', label: t('field.reason'), kind: 'long' },
          ]}
          command={(said) => ({
            method: 'POST',
            path: `${path}/change`,
            body: changed(batch, said),
          })}
        />
      ) : null}
      {allowed.includes('close') ? (
        <Ask
          button={t('batch.close')}
          lead={t('batch.close.lead')}
          stale={STALE}
          fields={[{ name: 'note', label: t('field.note'), kind: 'long' }]}
          command={(body) => ({ method: 'POST', path: `${path}/close`, body })}
        />
      ) : null}
    </>
  );
}

/** The whole content as it should be; caps come as `line = quantity`, one a line. */
function changed({ content }: Batch, { validTo, deposit, caps = '', reason }: Said) {
  const wanted = new Map(
    caps.split('\n').map((line) => {
      const [lineNo = '', cap = ''] = line.split('=');
      return [Number(lineNo.trim()), cap.trim()] as const;
    }),
  );
  return {
    reason,
    content: {
      ...content,
      ...{ validTo, deposit },
      lines: content.lines.map((line) => ({ ...line, cap: wanted.get(line.lineNo) || line.cap })),
    },
  };
}
