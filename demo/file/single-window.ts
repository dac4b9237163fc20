import type { ManifestResult } from '../../src/contexts/cargo/manifests/contract.ts';
import type { FilingResult } from '../../src/contexts/clearance/contract.ts';
import type { Client } from './client.ts';

type Complain = (sentence: string) => void;

/** Tells of a ship and its bills; a manifest that is returned is told to whoever watches. */
export async function sendManifest(
  singleWindow: Client,
  voyage: unknown,
  complain: Complain,
): Promise<void> {
  const answer = await singleWindow.post<ManifestResult>('/api/manifests', voyage);
  if (answer.outcome !== 'returned') return;
  const [problem] = answer.problems;
  complain(`Manifest ${answer.id} returned: ${problem?.code ?? ''} at ${problem?.path ?? ''}`);
}

/** Files declarations, `{ filings }` or the text of it; each that is refused is told to whoever watches. */
export async function sendDeclarations(
  singleWindow: Client,
  filings: unknown,
  complain: Complain,
): Promise<void> {
  const { results } = await singleWindow.post<{ results: FilingResult[] }>(
    '/api/declarations/bulk',
    filings,
  );
  for (const { id, outcome, problems } of results) {
    if (outcome === 'refused') complain(`${id} refused: ${problems[0]?.code ?? ''}`);
  }
}
