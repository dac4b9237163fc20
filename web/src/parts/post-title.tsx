import { useTranslation } from 'react-i18next';
import { AsWritten } from './as-written.tsx';

/** What stands on a post's door, in the reader's language where somebody has given it. */
export function PostTitle({
  post: { title, titleEn },
}: {
  readonly post: { readonly title: string; readonly titleEn: string | null };
}) {
  const { i18n } = useTranslation();
  return i18n.language === 'en' && titleEn ? titleEn : <AsWritten>{title}</AsWritten>;
}
