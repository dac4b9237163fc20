import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { AuditStatus, AuditVerification } from '../../../../src/contexts/identity/contract.ts';
import { useFormat } from '../../parts/format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Code, Pairs, Section } from '../../parts/page.tsx';
import { useAsk, useCommand } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';

type Status = z.infer<typeof AuditStatus>;
type Verification = z.infer<typeof AuditVerification>;

/** The chain as it stands: how much is sealed, how long the unsealed window is, and a check on demand. */
export function AuditChain() {
  const { t } = useTranslation('identity');
  const format = useFormat();
  const { data: status, error } = useAsk<Status>('/api/audit/status');
  const verify = useCommand<void, Verification>(() => ({
    method: 'POST',
    path: '/api/audit/verify',
  }));
  return (
    <Section
      title={t('chain.title')}
      aside={
        <Button loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('chain.verify')}
        </Button>
      }
    >
      <Trouble error={error ?? verify.error} />
      <div role="status">{verify.data ? <Verdict verdict={verify.data} /> : null}</div>
      {status ? (
        <Pairs
          items={[
            { name: t('chain.rows'), value: format.number(status.rows) },
            { name: t('chain.batches'), value: format.number(status.batches) },
            {
              name: t('chain.unsealed'),
              value: status.oldestUnsealedAt
                ? t('chain.unsealedSince', {
                    shown: format.number(status.unsealed),
                    ago: format.ago(status.oldestUnsealedAt),
                  })
                : t('chain.allSealed'),
            },
            {
              name: t('chain.lastSeal'),
              value: format.moment(status.lastBatchAt, { seconds: true }),
            },
            {
              name: t('chain.hash'),
              isWide: true,
              value: status.lastHash ? <Code>{status.lastHash}</Code> : '—',
            },
          ]}
        />
      ) : null}
    </Section>
  );
}

function Verdict({ verdict }: { readonly verdict: Verification }) {
  const { t } = useTranslation('identity');
  const { number } = useFormat();
  const { firstBroken } = verdict;
  return (
    <p className={verdict.intact ? 'verdict verdict-intact' : 'verdict verdict-broken'}>
      <Icon name={verdict.intact ? 'done' : 'error'} />
      <span>
        <strong>{t(verdict.intact ? 'chain.intact' : 'chain.broken')}</strong>{' '}
        {firstBroken
          ? t(firstBroken.row === null ? 'chain.brokenAt' : 'chain.brokenAtRow', {
              batch: firstBroken.batch,
              row: firstBroken.row,
              reason: firstBroken.reason,
            })
          : t('chain.checked', {
              rows: number(verdict.rowsChecked),
              batches: number(verdict.batchesChecked),
            })}
      </span>
    </p>
  );
}
