import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type {
  DeclarationContent,
  Problem,
} from '../../../../../src/contexts/clearance/contract.ts';
import { type Path, valueAt, withValue } from './content-path.ts';

const NONE: readonly Problem[] = [];

/**
 * The filing under the reader's hands. Each field listens to its own path, so that typing into one
 * of five hundred redraws that one.
 */
export interface FilingStore {
  content(): DeclarationContent;
  /** Whether the reader has changed anything since it was loaded. */
  isTouched(): boolean;
  set(path: Path, value: unknown): void;
  change(by: (content: DeclarationContent) => DeclarationContent): void;
  problemsAt(path: Path): readonly Problem[];
  /** What the first of two steps said stands: it is read, not written, in the second. */
  isLocked(path: Path): boolean;
  /** What an answer said is wrong; a field's problems go when it is changed. */
  tell(problems: readonly Problem[]): void;
  subscribe(listener: () => void): () => void;
}

/** What the second step may say otherwise: papers and remarks grow, a tariff code gets its last digits. */
const MAY_GROW = /^(documents|licences|remarks)|\.hsCode$/;

export function createFilingStore(initial: DeclarationContent, isCompleting = false): FilingStore {
  let content = initial;
  let touched = false;
  let problems = new Map<Path, readonly Problem[]>();
  const listeners = new Set<() => void>();
  const publish = () => {
    for (const listener of listeners) listener();
  };
  return {
    content: () => content,
    isTouched: () => touched,
    set(path, value) {
      content = withValue(content, path, value);
      touched = true;
      problems.delete(path);
      publish();
    },
    change(by) {
      content = by(content);
      touched = true;
      publish();
    },
    isLocked(path) {
      if (!isCompleting || MAY_GROW.test(path)) return false;
      const said = valueAt(initial, path);
      return said !== null && said !== undefined && said !== '';
    },
    problemsAt: (path) => problems.get(path) ?? NONE,
    tell(told) {
      problems = new Map();
      for (const problem of told) {
        const path = (problem.path ?? '').replace(/^content\./, '');
        problems.set(path, [...(problems.get(path) ?? NONE), problem]);
      }
      publish();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const Context = createContext<FilingStore | null>(null);

export function FilingProvider({
  store,
  children,
}: {
  readonly store: FilingStore;
  readonly children: ReactNode;
}) {
  return <Context value={store}>{children}</Context>;
}

export function useFiling(): FilingStore {
  const store = useContext(Context);
  if (store === null) throw new Error('A filing field stands outside FilingProvider');
  return store;
}

/** One value of the filing, as text; nothing said is the empty text. */
export function useValue(path: Path): string {
  const store = useFiling();
  return useSyncExternalStore(store.subscribe, () => {
    const value = valueAt(store.content(), path);
    return value === null || value === undefined ? '' : String(value);
  });
}

/** Anything read from the filing that keeps its identity while it does not change. */
export function useFromFiling<T>(read: (content: DeclarationContent) => T): T {
  const store = useFiling();
  return useSyncExternalStore(store.subscribe, () => read(store.content()));
}

export function useProblems(path: Path): readonly Problem[] {
  const store = useFiling();
  return useSyncExternalStore(store.subscribe, () => store.problemsAt(path));
}
