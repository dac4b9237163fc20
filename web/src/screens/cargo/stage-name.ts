import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../src/contexts/cargo/manifests/contract.ts';

/** The word for a stage that came as text. */
export function useStageName(): (stage: string) => string {
  const { t } = useTranslation('cargo');
  return (stage) => t(`stage.${stage as Stage}`);
}
