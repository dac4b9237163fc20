import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ExplanationUnderWay as UnderWay } from '../../../../src/contexts/bonded/explain/contract.ts';
import { asking } from '../../parts/queries.ts';

const ASKED_EACH_MS = 1_000;

/** How far the explanation of a count is, asked again and again while somebody waits for it. */
export function ExplanationUnderWay({ path }: { readonly path: string }) {
  const { t } = useTranslation('bonded');
  const { data } = useQuery({
    ...asking<z.infer<typeof UnderWay>>(`${path}/explanation/progress`),
    refetchInterval: ASKED_EACH_MS,
    gcTime: 0,
  });
  const progress = data?.progress;
  if (!progress) return null;
  const { step, done, of } = progress;
  return (
    <div className="under-way" role="status">
      <span className="muted">{t(`explain.step.${step}`)}</span>
      <Progress percent={Math.round((100 * done) / Math.max(1, of))} size="small" />
    </div>
  );
}
