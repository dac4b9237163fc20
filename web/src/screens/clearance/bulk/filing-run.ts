import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { FilingResult } from '../../../../../src/contexts/clearance/contract.ts';
import { send } from '../../../parts/api.ts';
import type { ReadFiling } from './read-filings.ts';

export type Result = z.infer<typeof FilingResult>;
export interface Answered {
  readonly at: number;
  readonly filing: unknown;
  readonly result: Result;
}

const CHUNK = 500;

export interface Run {
  readonly isDry: boolean;
  readonly done: number;
  readonly of: number;
  readonly answers: readonly Answered[];
  readonly isRunning: boolean;
  /** Why it stopped before the end; what was answered stands, and sending again files nothing twice. */
  readonly error: unknown;
}

/** Sends filings in chunks, so that progress is seen and one lost answer costs little. */
export function useFilingRun() {
  const client = useQueryClient();
  const [run, setRun] = useState<Run | null>(null);
  const turn = useRef(0);

  const start = async (filings: readonly ReadFiling[], isDry: boolean) => {
    turn.current += 1;
    const mine = turn.current;
    const answers: Answered[] = [];
    const show = (patch: Partial<Run>) => {
      if (turn.current !== mine) return;
      setRun({
        isDry,
        done: answers.length,
        of: filings.length,
        answers: [...answers],
        isRunning: true,
        error: null,
        ...patch,
      });
    };
    show({});
    try {
      for (let from = 0; from < filings.length && turn.current === mine; from += CHUNK) {
        const chunk = filings.slice(from, from + CHUNK);
        const { results } = await send<{ results: Result[] }>(
          'POST',
          `/api/declarations/bulk?dryRun=${isDry}`,
          { filings: chunk.map(({ filing }) => filing) },
        );
        chunk.forEach(({ at, filing }, index) => {
          const result = results[index];
          if (result) answers.push({ at, filing, result });
        });
        show({});
      }
      show({ isRunning: false });
    } catch (error) {
      show({ isRunning: false, error });
    }
    if (!isDry) {
      void client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' && /^\/api\/(declarations|work-list|figures)/.test(path),
      });
    }
  };
  const forget = () => {
    turn.current += 1;
    setRun(null);
  };
  return {
    run,
    start: (filings: readonly ReadFiling[], isDry: boolean) => void start(filings, isDry),
    forget,
  };
}
