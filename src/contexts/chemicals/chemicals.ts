import type { Log } from '../../platform/log.ts';
import { repeat } from '../../platform/repeat.ts';
import type { FactSet } from '../facts/index.ts';
import { type Consignment, consignmentVerdicts } from './detectors/consignment.ts';
import type { LineFindings } from './detectors/contract.ts';
import { chemicalFactsOf } from './detectors/facts.ts';
import { licenceNeedsOf } from './detectors/licence.ts';
import { type DeclaredLine, findingsOf } from './detectors/line.ts';
import { createLists } from './lists/service.ts';
import { openIdentifying } from './open.ts';
import { createYards, type YardDeps } from './storage/service.ts';

/**
 * The parts of chemicals, joined: what goods are, what the law says of them, and the yards they stand in.
 * Once started, lists that are loaded meanwhile are taken up within seconds; while a large one is
 * being indexed, nobody is answered.
 *
 * @param kept the folder of the official lists that were loaded.
 */
export async function openChemicals(
  options: YardDeps & { readonly kept: string; readonly log: Log },
) {
  const { identify, catchUp } = await openIdentifying(options.kept);
  const lists = repeat(
    async () => Number(await catchUp()),
    options.log,
    'Lists of chemicals that were loaded could not be taken up; the earlier ones stand.',
  );
  return {
    clock: options.clock,
    identify,
    yards: createYards(options),
    /** The official lists in force, and those that wait for a second pair of eyes. */
    official: createLists(options),
    /** What a decision is told of the goods of a declaration. */
    factsOf: (lines: readonly DeclaredLine[]): FactSet => chemicalFactsOf(lines, identify),
    /** Licences the law certainly asks for the substances declared. */
    licenceNeedsOf: (lines: readonly DeclaredLine[]) => licenceNeedsOf(lines, identify),
    /** Line by line: what the goods are, why, what the law says, what does not fit. */
    findingsOf: (lines: readonly DeclaredLine[]) => lines.map((line) => findingsOf(line, identify)),
    /** What does not fit between the papers, the readings and the yard of one consignment. */
    verdictsOf: (lines: readonly LineFindings[], consignment: Consignment) =>
      consignmentVerdicts(lines, consignment, identify),
    /** Lists of chemicals loaded into the data folder by another process. */
    lists,
  };
}
export type Chemicals = Awaited<ReturnType<typeof openChemicals>>;
