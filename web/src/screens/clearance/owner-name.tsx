import { CodeName } from '../../parts/code-select.tsx';
import { useMessages } from '../../parts/messages.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';

/** Whose turn it is: a customs office by its code, a centre or an organisation by its name. */
export function OwnerName({ owner }: { readonly owner: string | null }) {
  const { sentence } = useMessages();
  if (!owner) return <>—</>;
  if (/^\d{4}$/.test(owner)) return <CodeName table="customs_office" code={owner} />;
  const role = sentence(`owner.${owner}`, {}, '');
  return role ? role : <OrganisationName id={owner} />;
}
