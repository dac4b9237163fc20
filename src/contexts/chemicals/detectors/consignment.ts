import type { LineFindings, Verdict } from './contract.ts';
import { containerType, drift } from './drift.ts';
import type { Identify } from './goods-text.ts';
import { againstPeers, type BesidePeers, weighing } from './physical.ts';

/** What other papers, readings and earlier goods say of a declaration's consignment. */
export interface Consignment {
  /** The manifest's own words for the goods; `null` while its bill is awaited or shared with others. */
  readonly manifest: string | null;
  /** ISO 6346 size and type of its containers, as the manifest has them. */
  readonly containerTypes: readonly string[];
  /** What a yard was told that the goods are. */
  readonly stored: readonly string[];
  /** What bridges weighed of it, the tare of the vehicles, and what was declared of the same goods; kilograms. */
  readonly weighed: {
    readonly kg: string;
    readonly tareKg: string;
    readonly declaredKg: string;
  } | null;
  readonly peers: readonly BesidePeers[];
}

/**
 * What does not fit between the stages of one consignment. Which line of several lies in which
 * container nobody says, so that the type of a container is held against a single line only.
 */
export function consignmentVerdicts(
  lines: readonly LineFindings[],
  { manifest, containerTypes, stored, weighed, peers }: Consignment,
  identify: Identify,
): Verdict[] {
  const [only] = lines.length === 1 ? lines : [];
  return [
    ...drift({
      manifest: manifest === null ? [] : [identify(manifest)],
      declaration: lines.map(({ identification }) => identification),
      storage: stored.map(identify),
    }),
    ...[...new Set(containerTypes)].flatMap(
      (type) => (only && containerType(only.identification, type)) ?? [],
    ),
    weighing(weighed?.kg ?? null, weighed?.declaredKg ?? null, weighed?.tareKg ?? null),
    ...peers.map(againstPeers),
  ].filter((verdict) => verdict !== null);
}
