import { Refused } from '../../../kernel/refusal.ts';
import type { ListVersion } from './contract.ts';
import type { ListEvent, NewListEvent } from './events.ts';
import type { Eyes } from './rule.ts';
import type { StoredListHead } from './store.ts';

/** A list as its events tell it; the entries of each version are kept beside, by their hash. */
export interface ListState {
  readonly name: string;
  readonly seq: number;
  readonly label: { readonly zh: string; readonly en: string };
  readonly type: 'text' | 'number';
  /** Every version, the first one first. */
  readonly versions: readonly (ListVersion & { readonly post: string | null })[];
}

export function foldList(events: readonly ListEvent[]): ListState | null {
  let state: ListState | null = null;
  for (const event of events) state = applyToList(state, event);
  return state;
}

export function applyToList(before: ListState | null, event: ListEvent): ListState {
  const { occurredAt: at, actor: by, post } = event.envelope;
  const { kind, payload, seq } = event;
  const name = event.stream.slice('list:'.length);
  const known = before?.versions ?? [];
  if (kind === 'risk.listProposed') {
    const { label, type, ...said } = payload;
    const proposed = {
      ...said,
      ...{ by, at, post },
      ...{ state: 'proposed' as const, approvedBy: null, publishedAt: null },
    };
    // A newer proposal withdraws an older one that nobody has answered.
    const versions = known.map((each) => (each.state === 'proposed' ? rejected(each) : each));
    return { name, seq, label, type, versions: [...versions, proposed] };
  }
  const versions = known.map((each) => {
    if (each.version !== payload.version) {
      const isOver = kind === 'risk.listPublished' && each.state === 'published';
      return isOver ? { ...each, state: 'superseded' as const } : each;
    }
    if (kind === 'risk.listRejected') return rejected(each);
    return { ...each, state: 'published' as const, approvedBy: by, publishedAt: at };
  });
  return { name, label: { zh: name, en: name }, type: 'text', ...before, seq, versions };
}

const rejected = <V extends ListVersion>(version: V): V => ({ ...version, state: 'rejected' });

const inState = ({ versions }: ListState, wanted: ListVersion['state']) =>
  versions.findLast(({ state }) => state === wanted) ?? null;
export const publishedOf = (state: ListState) => inState(state, 'published');
export const proposedOf = (state: ListState) => inState(state, 'proposed');

export const isOwnList = (state: ListState, { personId, postId }: Eyes): boolean => {
  const proposed = proposedOf(state);
  if (!proposed) return false;
  return proposed.by === personId || (proposed.post !== null && proposed.post === postId);
};

/** A version is proposed by uploading it. The same entries again, under the same words, are the same version. */
export function proposeList(
  state: ListState | null,
  said: Extract<NewListEvent, { kind: 'risk.listProposed' }>['payload'],
  basedOn: number,
): NewListEvent[] {
  const last = state?.versions.at(-1);
  if (last && state && last.state !== 'rejected') {
    const isSame =
      last.hash === said.hash && last.until === said.until && state.label.zh === said.label.zh;
    if (isSame) return [];
  }
  if (state && state.type !== said.type) {
    throw new Refused('conflict', {
      code: 'risk.list_type_fixed',
      params: { type: state.type, given: said.type },
    });
  }
  const working = last?.version ?? 0;
  if (working !== basedOn) {
    throw new Refused('conflict', {
      code: 'risk.list_changed_meanwhile',
      params: { basedOn, working },
    });
  }
  return [{ kind: 'risk.listProposed', payload: { ...said, version: working + 1 } }];
}

/** The version another account is about to publish; refused when it is not the one that was read. */
export function proposedList(state: ListState, version: number, by: Eyes) {
  const proposed = proposedOf(state);
  if (!proposed) throw new Refused('conflict', { code: 'risk.list_not_proposed' });
  if (proposed.version !== version) {
    const params = { basedOn: version, working: proposed.version };
    throw new Refused('conflict', { code: 'risk.list_changed_meanwhile', params });
  }
  if (isOwnList(state, by)) throw new Refused('forbidden', { code: 'risk.list_own_approval' });
  return proposed;
}

export function headOfList(state: ListState): StoredListHead {
  return {
    name: state.name,
    label: state.label,
    type: state.type,
    published: shown(publishedOf(state)),
    proposed: shown(proposedOf(state)),
  };
}

function shown(version: ListState['versions'][number] | null): ListVersion | null {
  if (!version) return null;
  const { post: _, ...rest } = version;
  return rest;
}
export const versionsOf = ({ versions }: ListState): ListVersion[] =>
  versions.flatMap((version) => shown(version) ?? []).reverse();
