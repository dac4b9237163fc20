import { type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Decision } from '../../../risk/index.ts';
import { billNumberOf, type Problem } from '../../contract.ts';
import { assess, factsOf } from '../assessment.ts';
import { ownContent } from '../bill.ts';
import { housesIn } from '../changes.ts';
import { checkManifest, isError, MANIFEST_RULES } from '../check.ts';
import type { BillResult, HouseContent, ManifestFiling, VoyageManifest } from '../contract.ts';
import type { Voyage } from '../events.ts';
import type { Story } from '../story.ts';
import type { ManifestDeps } from './deps.ts';

/** A bill as a manifest has it: a master, or one of its houses. */
interface Manifested {
  readonly number: string;
  readonly path: string;
  readonly master: string | null;
  readonly houses: string[];
  readonly content: HouseContent;
}

export const isVoyage = (filing: ManifestFiling): filing is VoyageManifest =>
  filing.kind === 'original' || filing.kind === 'preLoading';

export function voyageFrom(manifest: VoyageManifest): Voyage {
  const { id, kind, carrier, office, terminal, conveyance, voyageNo, date, sailedAt } = manifest;
  return {
    ...{ manifest: id, direction: kind === 'original' ? 'I' : 'E', carrier, office, terminal },
    ...{ conveyance, voyageNo, date },
    sailedAt: sailedAt && new Date(sailedAt).toISOString(),
  };
}

/** A voyage's manifest that is sound by itself: its bills, and the warnings that are let through. */
export interface CheckedVoyage {
  readonly manifest: VoyageManifest;
  readonly bills: readonly Manifested[];
  readonly problems: readonly Problem[];
}

/** With an error anywhere the whole is refused, with every problem at once. */
export function checkVoyage(
  deps: Pick<ManifestDeps, 'inForce'>,
  manifest: VoyageManifest,
  on: LocalDate,
): CheckedVoyage {
  const problems = checkManifest(manifest, on, deps.inForce);
  if (problems.some(isError)) throw new Refused('invalid', problems.map(withoutGaps));
  return { manifest, bills: manifest.bills.flatMap(manifestedOf), problems };
}

/**
 * Takes a voyage's bills in: each is assessed, declarations that waited for it and agree are matched.
 * Refused as a whole, before anything is told, when one stands on a manifest already.
 *
 * @param stories of its bills, held.
 */
export function tellVoyage(
  deps: Pick<ManifestDeps, 'engine'>,
  { manifest, bills, problems }: CheckedVoyage,
  stories: ReadonlyMap<string, Story>,
  envelope: Envelope,
): { decisions: Decision[]; answer(): { problems: Problem[]; bills: BillResult[] } } {
  ensureNew(bills, stories, problems);
  const on = localDateOf(envelope.occurredAt);
  const voyage = voyageFrom(manifest);
  const decisions: Decision[] = [];
  const matched = new Map<string, string[]>();
  for (const bill of bills) {
    const { number, master, houses, content } = bill;
    const story = stories.get(number);
    if (!story) throw new Error(`The bill ${number} was not held.`);
    const facts = factsOf(number, content, voyage, bill);
    const { decision, events } = assess(deps.engine, number, on, facts);
    const manifested = { voyage, master, houses, content };
    story.push(envelope, { kind: 'cargo.billManifested', payload: manifested }, ...events);
    matched.set(number, story.settle(envelope));
    decisions.push(decision);
  }
  const resultFor = ({ number, path }: Manifested): BillResult =>
    resultOf(
      stories.get(number),
      problems.filter((problem) => isAbout(problem, path)),
      matched.get(number) ?? [],
    );
  return {
    decisions,
    answer: () => ({
      problems: problems.filter((problem) => !problem.path?.startsWith('bills[')),
      bills: bills.map(resultFor),
    }),
  };
}

function manifestedOf(bill: VoyageManifest['bills'][number], index: number): Manifested[] {
  const number = billNumberOf(bill.number ?? '');
  const houses = housesIn(number, bill);
  const path = `bills[${index}]`;
  return [
    { number, path, master: null, houses, content: ownContent(bill) },
    ...bill.houses.map((content, place) => ({
      ...{ number: houses[place] ?? '', path: `${path}.houses[${place}]`, content },
      ...{ master: number, houses: [] },
    })),
  ];
}

/** A problem of a house is told with the house, and not again with its master. */
const isAbout = ({ path = '' }: Problem, bill: string): boolean =>
  path.startsWith(`${bill}.`) && (bill.includes('.houses[') || !path.includes('.houses['));

/** A bill stands on one manifest: another that has it too is told both. */
function ensureNew(
  bills: readonly Manifested[],
  stories: ReadonlyMap<string, Story>,
  problems: readonly Problem[],
): void {
  const taken = bills.flatMap(({ number, path }) => {
    const before = stories.get(number)?.now;
    if (before?.status !== 'manifested') return [];
    return [
      {
        code: 'cargo.bill_already_manifested',
        path: `${path}.number`,
        seen: number,
        params: { manifest: before.manifest ?? '' },
        legalBasis: MANIFEST_RULES,
      },
    ];
  });
  if (taken.length > 0) throw new Refused('invalid', [...taken, ...problems.map(withoutGaps)]);
}

const withoutGaps = ({ code, path = '', seen = '', params = {}, severity = 'error' }: Problem) => ({
  ...{ code, path, seen, params, severity, legalBasis: MANIFEST_RULES },
});

/** The answer for one bill, once its story is told. */
export function resultOf(
  story: Story | undefined,
  problems: readonly Problem[],
  matched: readonly string[] = [],
): BillResult {
  const cases = (story?.events ?? []).flatMap((event) =>
    event.kind === 'cargo.discrepancyFound' ? (event.payload.caseId ?? []) : [],
  );
  const isRefused = problems.some(isError);
  return {
    number: story?.now.number ?? '',
    outcome: isRefused ? 'refused' : 'recorded',
    problems: [...problems],
    matched: [...matched],
    doNotLoad: story?.now.doNotLoad != null,
    cases,
  };
}
