import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { QualityCheck } from '../../../../src/contexts/pool/contract.ts';
import { Tag } from '../../parts/tag.tsx';

/** All checks in one word: passed, or how many failed. */
export function QualityTag({
  checks,
}: {
  readonly checks: readonly z.infer<typeof QualityCheck>[];
}) {
  const { t } = useTranslation('pool');
  if (checks.length === 0) return <>{t('quality.none')}</>;
  const failed = checks.filter((check) => !check.passed).length;
  return failed === 0 ? (
    <Tag tone="green" icon="done">
      {t('quality.passed', { count: checks.length })}
    </Tag>
  ) : (
    <Tag tone="red" icon="warning">
      {t('quality.failed', { count: failed })}
    </Tag>
  );
}
