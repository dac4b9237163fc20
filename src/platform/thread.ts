import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Starts a program of ours in a thread of its own, without any setting or secret in its environment.
 *
 * @param from the caller's `import.meta.url`.
 * @param name the program beside it, without its ending: it is TypeScript in a checkout and
 *   JavaScript once built. Run from its sources, a thread needs the loader first: Node 20 gives it
 *   none by `execArgv`.
 * @param limits the most its heap may take: a thread that needs more ends with
 *   `ERR_WORKER_OUT_OF_MEMORY`, and the program goes on.
 */
export function startThread(
  from: string,
  name: string,
  workerData: unknown = null,
  { heapMb }: { readonly heapMb?: number } = {},
): Worker {
  const options = {
    ...{ workerData, env: {}, execArgv: [] },
    ...(heapMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
  };
  if (!from.endsWith('.ts')) return new Worker(new URL(`${name}.js`, from), options);
  const tsx = pathToFileURL(createRequire(from).resolve('tsx'));
  const loader = new URL('esm/api/index.mjs', tsx).href;
  const program = new URL(`${name}.ts`, from).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(program)});
  })`;
  return new Worker(code, { ...options, eval: true });
}
