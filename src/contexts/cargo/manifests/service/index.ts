import type { Actor } from '../../../identity/index.ts';
import type { ManifestResult } from '../contract.ts';
import { createActs } from './act.ts';
import { createFilingGroup } from './commit.ts';
import type { ManifestDeps } from './deps.ts';
import { type FilingOptions, fileManifest } from './file.ts';
import { createReads } from './read.ts';

/** Manifests and the bills on them: what carriers file, terminals report and officers order. */
export function createManifests(deps: ManifestDeps) {
  const together = createFilingGroup(deps);
  return {
    file: (actor: Actor, filing: unknown, options?: FilingOptions): Promise<ManifestResult> =>
      fileManifest(deps, together, actor, filing, options),
    acts: createActs(deps),
    reads: createReads(deps),
  };
}
export type Manifests = ReturnType<typeof createManifests>;
