import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ApiRefused, get } from './api.ts';
import { useFormat } from './format.ts';

type Sentences = Readonly<Record<string, string>>;

/** A sentence for every refusal code, event kind, condition and operation, in both languages. */
export const messagesQuery = queryOptions<{ zh: Sentences; en: Sentences }, ApiRefused>({
  queryKey: ['/api/messages'],
  queryFn: ({ signal }) => get('/api/messages', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export type Params = Readonly<Record<string, string | number>>;

export function fill(sentence: string, params: Params, number: (n: number) => string): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

/**
 * `sentence(code, params)` in the reader's language. A code nobody wrote a sentence for comes back
 * as itself (or as `otherwise`), so that it can still be searched for and reported.
 */
export function useMessages() {
  const { i18n, t } = useTranslation('parts');
  const { number } = useFormat();
  const { data } = useQuery(messagesQuery);
  const sentences = i18n.language === 'en' ? data?.en : data?.zh;
  return {
    sentence(code: string, params: Params = {}, otherwise: string = code): string {
      if (code === 'web.unreachable') return t('refusal.unreachable');
      if (code === 'web.unexpected') return t('refusal.unexpected', { status: params.status });
      return fill(sentences?.[code] ?? otherwise, params, number);
    },
  };
}
