import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import type { Problem } from '../../contract.ts';
import { isError, MANIFEST_RULES } from '../check.ts';
import type { BillResult, CargoReport, TallyLine } from '../contract.ts';
import { type Story, said } from '../story.ts';
import { compareTally } from '../tally.ts';
import { resultOf } from './voyage.ts';

interface Told {
  readonly problems: Problem[];
  readonly matched: string[];
}

/**
 * Takes what a terminal or carrier reports of bills: arrived, counted, loaded. Each bill has its own
 * answer; one that is refused does not stop the others. What is found wrong opens a case.
 *
 * @param stories of the bills it names and of their houses, held.
 */
export function tellReport(
  report: CargoReport,
  stories: ReadonlyMap<string, Story>,
  envelope: Envelope,
): { answer(): { problems: Problem[]; bills: BillResult[] } } {
  const told = tellAll(report, stories, envelope);
  const resultFor = ({ number }: { readonly number: string }, index: number): BillResult =>
    resultOf(stories.get(number), told[index]?.problems ?? [], told[index]?.matched);
  return { answer: () => ({ problems: [], bills: report.bills.map(resultFor) }) };
}

function tellAll(
  report: CargoReport,
  stories: ReadonlyMap<string, Story>,
  envelope: Envelope,
): Told[] {
  const of = (number: string): Story => {
    const story = stories.get(number);
    if (!story) throw new Error(`The bill ${number} was not held.`);
    return story;
  };
  switch (report.kind) {
    case 'arrival':
      return report.bills.map(({ number, yard }) => {
        const story = of(number);
        const houses = story.now.houses.map(of);
        return arrive(story, houses, report.premises, yard, envelope);
      });
    case 'tally':
      return report.bills.map((line) => tally(of(line.number), line, report.premises, envelope));
    case 'loading':
      return report.bills.map((line) => load(of(line.number), line, report, envelope));
  }
}

/**
 * Goods of a consolidation arrive together: whoever waits for a house waits for its master's arrival.
 * `teller` is the declaration that told of it itself, and is not told again.
 */
export function arrive(
  story: Story,
  houses: readonly Story[],
  premises: string,
  yard: string | null,
  envelope: Envelope,
  teller: string | null = null,
): Told {
  if (story.now.arrived) return refused('cargo.arrived_already', story);
  for (const each of [story, ...houses]) {
    const { number, arrived, claims } = each.now;
    if (arrived) continue;
    const declarations = claims
      .map(({ declaration }) => declaration)
      .filter((declaration) => declaration !== teller);
    each.push(envelope, {
      kind: 'cargo.arrived',
      payload: { bill: number, premises, declarations },
    });
    if (yard) inYard(each, yard, envelope);
  }
  // Goods from abroad that were to stay there: what happened is recorded, and why is asked.
  if (story.now.direction === 'I' && story.now.doNotLoad) againstOrder(story, premises);
  return { problems: awaited(story), matched: [] };
}

function tally(story: Story, line: TallyLine, premises: string, envelope: Envelope): Told {
  if (story.now.tally) return refused('cargo.tallied_already', story);
  const { number: _, yard, ...counted } = line;
  const { agrees, found } = compareTally(story.now, line, localDateOf(envelope.occurredAt));
  story.push(envelope, { kind: 'cargo.tallied', payload: { ...counted, premises, agrees } });
  if (yard) inYard(story, yard, envelope);
  story.find(...found);
  return { problems: awaited(story), matched: story.settle(envelope) };
}

/** Loading against an order is refused, and asked about: somebody was about to put the goods aboard. */
function load(
  story: Story,
  line: { readonly packages: number | null },
  { conveyance, voyageNo }: Extract<CargoReport, { kind: 'loading' }>,
  envelope: Envelope,
): Told {
  const { now } = story;
  if (now.status !== 'manifested') return refused('cargo.bill_not_manifested', story);
  if (now.direction !== 'E') return refused('cargo.bill_goes_the_other_way', story);
  if (now.loaded) return refused('cargo.loaded_already', story);
  if (now.doNotLoad) {
    againstOrder(story, conveyance.name ?? '');
    return refused('cargo.do_not_load', story);
  }
  const packages = line.packages ?? now.content?.packages ?? null;
  const payload = { packages, conveyance: conveyance.name, voyageNo };
  const problems: Problem[] = [];
  if (!now.journey.some(({ stage }) => stage === 'released')) {
    problems.push(problem('cargo.loaded_before_release', story, 'warning'));
  }
  story.push(envelope, { kind: 'cargo.loaded', payload });
  if (line.packages !== null && line.packages !== now.content?.packages) {
    story.find({
      kind: line.packages < (now.content?.packages ?? 0) ? 'short' : 'over',
      expected: String(now.content?.packages ?? ''),
      found: String(line.packages),
    });
  }
  return { problems, matched: [] };
}

function againstOrder(story: Story, where: string): void {
  const { content, doNotLoad } = story.now;
  const goods = said(content?.packages ?? 0, content?.grossMassKg ?? '0');
  story.find({
    kind: 'loadedAgainstOrder',
    expected: doNotLoad?.reason ?? '',
    found: `${where} ${goods}`.trim(),
  });
}

function inYard(story: Story, place: string, envelope: Envelope): void {
  story.push(envelope, {
    kind: 'cargo.stageReached',
    payload: { stage: 'inYard', place, source: story.events.at(-1)?.id ?? '' },
  });
}

const problem = (
  code: string,
  { now }: Story,
  severity: 'error' | 'warning' = 'error',
): Problem => ({ code, path: 'number', seen: now.number, legalBasis: MANIFEST_RULES, severity });

const refused = (code: string, story: Story): Told => ({
  problems: [problem(code, story)].filter(isError),
  matched: [],
});

const awaited = (story: Story): Problem[] =>
  story.now.status === 'manifested' ? [] : [problem('cargo.bill_awaited', story, 'warning')];
