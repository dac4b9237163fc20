import { useEffect, useState } from 'react';
import type { DeclarationContent } from '../../../../../src/contexts/clearance/contract.ts';
import { isRefused, send } from '../../../parts/api.ts';
import { tidy } from './content-path.ts';
import type { FilingStore } from './filing-store.tsx';

/** Kept here at once; kept at the server when the hand rests. Every server copy is an event. */
const HERE_MS = 300;
const SERVER_MS = 5000;
const RETRY_MS = 15_000;

export interface LocalCopy {
  readonly at: string;
  readonly content: DeclarationContent;
}

const keyOf = (personId: string, id: string) => `jianghai.filing.${personId}.${id}`;

/** This machine's copy: what survives a lost connection or a closed page. */
export function readLocalCopy(personId: string, id: string): LocalCopy | null {
  try {
    const text = localStorage.getItem(keyOf(personId, id));
    return text === null ? null : (JSON.parse(text) as LocalCopy);
  } catch {
    return null;
  }
}

export function forgetLocalCopy(personId: string, id: string): void {
  localStorage.removeItem(keyOf(personId, id));
}

export type Kept = 'nothing' | 'here' | 'server' | 'offline' | 'refused';

/**
 * Keeps a filing while it is being written.
 *
 * @param toServer false for an amendment: the server keeps drafts of new filings only.
 */
export function useKeeping(
  store: FilingStore,
  personId: string,
  id: string,
  toServer: boolean,
): { readonly kept: Kept; readonly at: string | null } {
  const [state, setState] = useState<{ kept: Kept; at: string | null }>({
    kept: 'nothing',
    at: null,
  });
  useEffect(() => {
    let hereTimer: ReturnType<typeof setTimeout> | undefined;
    let serverTimer: ReturnType<typeof setTimeout> | undefined;
    let sent: DeclarationContent | null = null;
    let isOver = false;

    const keepHere = () => {
      const at = new Date().toISOString();
      try {
        const copy: LocalCopy = { at, content: store.content() };
        localStorage.setItem(keyOf(personId, id), JSON.stringify(copy));
        setState((before) =>
          before.kept === 'offline' ? { ...before, at } : { kept: 'here', at },
        );
      } catch {
        // A full or forbidden store: the server's copy is then the only one, and says so itself.
      }
    };
    const keepAtServer = async () => {
      const content = store.content();
      try {
        await send('PUT', `/api/declarations/${encodeURIComponent(id)}/draft`, {
          content: tidy(content),
        });
        sent = content;
        if (!isOver) setState({ kept: 'server', at: new Date().toISOString() });
      } catch (error) {
        if (isOver) return;
        const isLost = isRefused(error, 'unreachable');
        setState((before) => ({ ...before, kept: isLost ? 'offline' : 'refused' }));
        if (isLost) serverTimer = setTimeout(keepAtServer, RETRY_MS);
      }
    };
    const onChange = () => {
      if (!store.isTouched() || store.content() === sent) return;
      clearTimeout(hereTimer);
      hereTimer = setTimeout(keepHere, HERE_MS);
      if (!toServer) return;
      clearTimeout(serverTimer);
      serverTimer = setTimeout(keepAtServer, SERVER_MS);
    };
    const leave = store.subscribe(onChange);
    return () => {
      isOver = true;
      leave();
      clearTimeout(hereTimer);
      clearTimeout(serverTimer);
    };
  }, [store, personId, id, toServer]);
  return state;
}
