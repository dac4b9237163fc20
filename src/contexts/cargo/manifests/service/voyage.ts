import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { type Decision, saveDecisions } from '../../../risk/index.ts';
import { billNumberOf, type Problem } from '../../contract.ts';
import { assess, factsOf } from '../assessment.ts';
import { ownContent } from '../bill.ts';
import { housesIn } from '../changes.ts';
import { checkManifest, isError, MANIFEST_RULES } from '../check.ts';
import type { BillResult, HouseContent, VoyageManifest } from '../contract.ts';
import type { Voyage } from '../events.ts';
import { closeStories, openStories, type Story } from '../story.ts';
import type { ManifestDeps } from './deps.ts';

/** A bill as a manifest has it: a master, or one of its houses. */
interface Manifested {
  readonly number: string;
  readonly path: string;
  readonly master: string | null;
  readonly houses: string[];
  readonly content: HouseContent;
}

export function voyageFrom(manifest: VoyageManifest): Voyage {
  const { id, kind, carrier, office, terminal, conveyance, voyageNo, date, sailedAt } = manifest;
  return {
    ...{ manifest: id, direction: kind === 'original' ? 'I' : 'E', carrier, office, terminal },
    ...{ conveyance, voyageNo, date },
    sailedAt: sailedAt && new Date(sailedAt).toISOString(),
  };
}

/**
 * Takes a voyage's bills in: each is assessed, declarations that waited for it and agree are matched.
 * With an error anywhere the whole is refused, with every problem at once.
 */
export async function answerVoyage(
  deps: ManifestDeps,
  tx: Tx,
  manifest: VoyageManifest,
  envelope: Envelope,
): Promise<{ problems: Problem[]; bills: BillResult[] }> {
  const on = localDateOf(envelope.occurredAt);
  const problems = checkManifest(manifest, on, deps.inForce);
  if (problems.some(isError)) throw new Refused('invalid', problems.map(withoutGaps));
  const bills = manifest.bills.flatMap(manifestedOf);
  const stories = await openStories(
    tx,
    bills.map(({ number }) => number),
  );
  ensureNew(bills, stories, problems);

  const voyage = voyageFrom(manifest);
  const decisions: Decision[] = [];
  const matched = new Map<string, string[]>();
  for (const bill of bills) {
    const { number, master, houses, content } = bill;
    const story = stories.get(number);
    if (!story) throw new Error(`The bill ${number} was not held.`);
    const { decision, events } = assess(
      deps.engine,
      number,
      on,
      factsOf(number, content, voyage, bill),
    );
    const manifested = { voyage, master, houses, content };
    story.push(envelope, { kind: 'cargo.billManifested', payload: manifested }, ...events);
    matched.set(number, story.settle(envelope));
    decisions.push(decision);
  }
  await closeStories(tx, stories.values(), envelope);
  await saveDecisions(tx, decisions);
  const warnings = problems.filter((problem) => !problem.path?.startsWith('bills['));
  return {
    problems: warnings,
    bills: bills.map(({ number, path }) =>
      resultOf(
        stories.get(number),
        problems.filter((problem) => isAbout(problem, path)),
        matched.get(number) ?? [],
      ),
    ),
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
