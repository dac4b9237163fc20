import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'zh' | 'en';
const STORED = 'jianghai.language';

/** One file per area and language, fetched when a screen of that area first opens. */
const files = import.meta.glob<Record<string, string>>('./locales/*/*.json', { import: 'default' });

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'zh' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function markDocument(language: string) {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  localStorage.setItem(STORED, language);
}

i18next.on('languageChanged', markDocument);

/** Ready once the words of the shell are there; every other area follows its screen. */
export const wordsReady = i18next
  .use({
    type: 'backend',
    read: (language: string, area: string, done: (error: unknown, words: unknown) => void) => {
      const load = files[`./locales/${language}/${area}.json`];
      if (!load) return done(new Error(`No words for ${language}/${area}`), null);
      load().then(
        (words) => done(null, words),
        (error: unknown) => done(error, null),
      );
    },
  })
  .use(initReactI18next)
  .init({
    lng: firstLanguage(),
    fallbackLng: false,
    supportedLngs: ['zh', 'en'],
    ns: ['shell', 'parts'],
    defaultNS: 'shell',
    keySeparator: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
  });
