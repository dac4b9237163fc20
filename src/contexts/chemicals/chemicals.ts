import type { FactSet } from '../facts/index.ts';
import { chemicalFactsOf } from './detectors/facts.ts';
import { type Identify, remembering } from './detectors/goods-text.ts';
import { type DeclaredLine, findingsOf } from './detectors/line.ts';
import { openIdentifier } from './open.ts';
import { createYards, type YardDeps } from './storage/service.ts';

/**
 * The parts of chemicals, joined: what goods are, what the law says of them, and the yards they stand in.
 *
 * @param kept the folder of the official lists that were loaded.
 */
export async function openChemicals(options: YardDeps & { readonly kept: string }) {
  const identifier = await openIdentifier(options.kept);
  let remembered = remembering(identifier.identify);
  const identify: Identify = (text) => remembered(text);
  return {
    clock: options.clock,
    identify,
    yards: createYards(options),
    /** What a decision is told of the goods of a declaration. */
    factsOf: (lines: readonly DeclaredLine[]): FactSet => chemicalFactsOf(lines, identify),
    /** Line by line: what the goods are, why, what the law says, what does not fit. */
    findingsOf: (lines: readonly DeclaredLine[]) => lines.map((line) => findingsOf(line, identify)),
    /** Takes up lists that were loaded meanwhile. */
    async reload(): Promise<void> {
      await identifier.reload();
      remembered = remembering(identifier.identify);
    },
  };
}
export type Chemicals = Awaited<ReturnType<typeof openChemicals>>;
