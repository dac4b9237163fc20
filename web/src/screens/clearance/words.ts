import { useTranslation } from 'react-i18next';
import type words from '../../locales/en/clearance.json';

export type Word = keyof typeof words;

/**
 * The reader's name for a field of a declaration or of an act, from the path a refusal gives:
 * `lines[2].hsCode` is “line 3, tariff code”; `isShort` leaves out which line or party, where the
 * page shows it anyway. A path nobody named comes back as itself.
 */
export function useFieldLabel(): (path: string, isShort?: boolean) => string {
  const { t, i18n } = useTranslation('clearance');
  const named = (key: string, otherwise: string) =>
    i18n.exists(key, { ns: 'clearance' }) ? t(key as Word) : otherwise;
  return (path, isShort = false) => {
    const plain = path.replace(/^content\./, '');
    const party = /^parties\.(\w+)\.(\w+)$/.exec(plain);
    if (party) {
      const name = named(`field.party.${party[2]}`, plain);
      return isShort ? name : t('field.of', { whole: named(`party.${party[1]}`, plain), name });
    }
    const name = named(`field.${plain.replace(/\[\d+\]/g, '[]')}`, plain);
    const line = /^lines\[(\d+)\]/.exec(plain);
    if (line === null || isShort) return name;
    return t('field.of', { whole: t('content.line', { line: Number(line[1]) + 1 }), name });
  };
}
