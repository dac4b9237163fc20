import { useTranslation } from 'react-i18next';
import type words from '../../locales/en/authorities.json';

/** What a check is about; a topic nobody named is shown as it came. */
export function useTopic(): (topic: string) => string {
  const { t, i18n } = useTranslation('authorities');
  return (topic) =>
    i18n.exists(`topic.${topic}`, { ns: 'authorities' })
      ? t(`topic.${topic}` as keyof typeof words & 'topic.foodSafety')
      : topic;
}
