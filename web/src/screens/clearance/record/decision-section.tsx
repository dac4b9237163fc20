import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownDecision } from '../../../../../src/contexts/risk/contract.ts';
import { Explain } from '../../../parts/explain.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { useCommand, useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { SimilarCases } from './similar-cases.tsx';

/** The decision with its reasons, and the proof that it can be made again from the record. */
export function DecisionSection({ decision }: { readonly decision: ShownDecision }) {
  const { t } = useTranslation('clearance');
  const may = useMay();
  const [isAgain, setAgain] = useState<boolean | null>(null);
  const replay = useCommand<string, { readonly identical: boolean }>((id) => ({
    method: 'POST',
    path: `/api/decisions/${encodeURIComponent(id)}/replay`,
  }));
  return (
    <>
      <Explain decision={decision} />
      {may('risk.decision.read') ? <SimilarCases decision={decision.id} /> : null}
      {may('risk.decision.replay') ? (
        <div className="replay">
          <Button
            size="small"
            icon={<Icon name="history" size={15} />}
            loading={replay.isPending}
            onClick={() =>
              replay.mutate(decision.id, { onSuccess: ({ identical }) => setAgain(identical) })
            }
          >
            {t('decision.replay')}
          </Button>
          <span role="status" className={isAgain === false ? 'replay-differs' : 'muted'}>
            {isAgain === null ? null : t(isAgain ? 'decision.identical' : 'decision.differs')}
          </span>
        </div>
      ) : null}
      <Trouble error={replay.error} />
    </>
  );
}
