import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ApiRefused, get } from './api.ts';
import { useFormat } from './format.ts';

interface Name {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

const ASKED_AT_ONCE = 100;
let waiting: Map<string, ((name: Name | null) => void)[]> | null = null;

/** Names that one page asks for in one moment are one question to the server. */
function nameOf(id: string): Promise<Name | null> {
  if (!waiting) {
    waiting = new Map();
    setTimeout(() => void askForWaiting());
  }
  const asked = waiting;
  return new Promise((resolve) => asked.set(id, [...(asked.get(id) ?? []), resolve]));
}

async function askForWaiting(): Promise<void> {
  const asked = [...(waiting ?? [])];
  waiting = null;
  for (let from = 0; from < asked.length; from += ASKED_AT_ONCE) {
    const part = asked.slice(from, from + ASKED_AT_ONCE);
    const ids = part.map(([id]) => id).join(',');
    const known = await get<{ names: Name[] }>('/api/organisations/names', { ids }).then(
      ({ names }) => new Map(names.map((name) => [name.id, name])),
      () => new Map<string, Name>(),
    );
    for (const [id, heard] of part) for (const hear of heard) hear(known.get(id) ?? null);
  }
}

const nameQuery = (id: string) =>
  queryOptions<Name | null, ApiRefused>({
    queryKey: ['/api/organisations/names', id],
    queryFn: () => nameOf(id),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** An organisation by its name in the reader's language: an enterprise by its USCC, a carrier or a terminal by its code. */
export function useOrganisationName(id: string | null | undefined): string {
  const format = useFormat();
  const { data } = useQuery({ ...nameQuery(id ?? ''), enabled: Boolean(id) });
  return data ? format.label({ zh: data.nameZh, en: data.nameEn }) : (id ?? '—');
}

/** The name; the id itself while it is not known. The id is what stands on papers, so it is shown on pointing. */
export function OrganisationName({ id }: { readonly id: string | null | undefined }) {
  const name = useOrganisationName(id);
  return id && name !== id ? <span title={id}>{name}</span> : <span translate="no">{name}</span>;
}
