import { useTranslation } from 'react-i18next';
import type fields from '../../locales/en/fields.json';

/** What the fields of our documents are called; a field nobody named yet comes back as itself. */
export function useFieldWords() {
  const { t, i18n } = useTranslation(['fields', 'messages']);
  const nameOf = (field: string): string =>
    i18n.exists(field, { ns: 'fields' })
      ? t(field as keyof typeof fields, { ns: 'fields' })
      : field;
  return {
    nameOf,
    /** `lines[0].hsCode` is “Lines 1 › HS code”. */
    pathOf: (path: string): string =>
      path
        .split('.')
        .map((step) => {
          const [, name = step, place] = /^(.*?)\[(\d+)\]$/.exec(step) ?? [];
          return place === undefined ? nameOf(name) : `${nameOf(name)} ${Number(place) + 1}`;
        })
        .join(' › '),
  };
}
