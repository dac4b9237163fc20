import { useTranslation } from 'react-i18next';
import { AsWritten } from './as-written.tsx';
import { useOrganisationName } from './organisation-name.tsx';

/** A party as its paper names it; on an English page by its registered English name, where it is registered. */
export function PartyName({
  uscc,
  name,
}: {
  readonly uscc: string | null;
  readonly name: string | null;
}) {
  const { i18n } = useTranslation();
  const registered = useOrganisationName(i18n.language === 'en' ? uscc : null);
  if (i18n.language === 'en' && uscc && registered !== uscc)
    return <span title={name ?? uscc}>{registered}</span>;
  return <AsWritten>{name ?? uscc ?? '—'}</AsWritten>;
}
