import { useTranslation } from 'react-i18next';
import { NONE, useFormat } from './format.ts';
import { useMessages } from './messages.ts';

/** Facts and their values in the reader's language. */
export function useFacts() {
  const { t } = useTranslation('parts');
  const { number } = useFormat();
  const { sentence } = useMessages();
  return {
    name: (fact: string): string => sentence(`fact.${fact}`, {}, fact),
    /** Yes or no, a number with its groups, a code by its name where it has one. */
    value(fact: string, value: string | number | boolean | null | undefined): string {
      if (value === null || value === undefined) return NONE;
      if (typeof value === 'boolean') return t(value ? 'facts.true' : 'facts.false');
      if (typeof value === 'number') return number(value);
      return sentence(`fact.${fact}.${value}`, {}, value);
    },
  };
}
