import { useQuery } from '@tanstack/react-query';
import type {
  DeclarationContent,
  DeclarationDetail,
} from '../../../../../src/contexts/clearance/contract.ts';
import type { Me } from '../../../../../src/contexts/identity/contract.ts';
import { get, isRefused } from '../../../parts/api.ts';
import { emptyContent } from './content-path.ts';
import { readLocalCopy } from './keeping.ts';

export type Mode = 'file' | 'amend' | 'complete';

export interface Start {
  readonly id: string;
  readonly mode: Mode;
  readonly content: DeclarationContent;
  /** The number being amended or completed, or the one this was copied from. */
  readonly origin: string | null;
  /** This machine held a copy newer than the server's. */
  readonly isRecovered: boolean;
}

/**
 * What the form opens with: a draft as it was left, a copy of another filing, the content to amend,
 * or an empty form. The newer of the server's copy and this machine's wins.
 */
export function useStart(
  me: Me | undefined,
  id: string,
  from: string | undefined,
  mode: Mode,
): { readonly start: Start | undefined; readonly error: unknown } {
  const { data, error } = useQuery({
    queryKey: ['filing-start', me?.personId, id, from, mode],
    queryFn: () => begin(me as Me, id, from, mode),
    enabled: me !== undefined && id !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return { start: data, error };
}

async function begin(me: Me, id: string, from: string | undefined, mode: Mode): Promise<Start> {
  const local = readLocalCopy(me.personId, id);
  const there = await read(id);
  if (mode !== 'file') {
    if (!there) throw new Error(`Nothing to amend under ${id}`);
    const { number, content } = there.declaration;
    return { id, mode, content, origin: number ?? id, isRecovered: false };
  }
  const keptAt = there?.timeline.at(-1)?.recordedAt ?? '';
  if (local && local.at > keptAt) {
    return { id, mode, content: local.content, origin: null, isRecovered: true };
  }
  if (there?.declaration.status === 'draft') {
    return { id, mode, content: there.declaration.content, origin: null, isRecovered: false };
  }
  const model = from ? await read(from) : null;
  if (model) {
    const { content, number } = model.declaration;
    return { id, mode, content, origin: number ?? from ?? null, isRecovered: false };
  }
  const { organisation } = me;
  const declarant =
    organisation.kind === 'enterprise'
      ? { uscc: organisation.id, name: organisation.nameZh, country: null }
      : null;
  return { id, mode, content: emptyContent(declarant), origin: null, isRecovered: false };
}

/** A declaration, or `null` where there is none yet; without a connection, this machine's copy serves. */
async function read(id: string): Promise<DeclarationDetail | null> {
  try {
    return await get<DeclarationDetail>(`/api/declarations/${encodeURIComponent(id)}`);
  } catch (error) {
    if (isRefused(error, 'not_found') || isRefused(error, 'unreachable')) return null;
    throw error;
  }
}
