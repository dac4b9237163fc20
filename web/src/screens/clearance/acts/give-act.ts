import type { Declaration } from '../../../../../src/contexts/clearance/contract.ts';
import { isRefused } from '../../../parts/api.ts';
import { useCommand } from '../../../parts/queries.ts';

export interface Give {
  send(path: string, said: unknown): void;
  readonly isPending: boolean;
  readonly error: unknown;
  /** Somebody else acted first: what this page showed was no longer so. */
  readonly isConflict: boolean;
  forget(): void;
}

/** Gives an act on one declaration. After a conflict the record is asked again before anything else. */
export function useGiveAct(id: string, onDone: () => void, onConflict: () => void): Give {
  const command = useCommand<{ readonly path: string; readonly said: unknown }, Declaration>(
    ({ path, said }) => ({
      method: 'POST',
      path: `/api/declarations/${encodeURIComponent(id)}/${path}`,
      body: said,
    }),
    ['/api/declarations', '/api/work-list', '/api/cases', '/api/figures'],
  );
  return {
    send: (path, said) =>
      command.mutate(
        { path, said },
        {
          onSuccess: onDone,
          onError: (error) => {
            if (isRefused(error, 'conflict')) onConflict();
          },
        },
      ),
    isPending: command.isPending,
    error: command.error,
    isConflict: isRefused(command.error, 'conflict'),
    forget: command.reset,
  };
}
