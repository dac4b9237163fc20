import { useTranslation } from 'react-i18next';

const HAN = /\p{Script=Han}/u;

/** Words as somebody wrote them, which nobody has translated: on an English page Chinese ones say that they are Chinese. */
export function AsWritten({ children }: { readonly children: string }) {
  const { i18n } = useTranslation();
  return i18n.language === 'en' && HAN.test(children) ? (
    <span lang="zh-CN">{children}</span>
  ) : (
    children
  );
}
