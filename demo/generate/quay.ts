import type { BillInput, VoyageInput } from '../../src/contexts/cargo/manifests/contract.ts';
import type { CargoAnswer } from '../answers.ts';
import { type Draft, localDay } from './declaration.ts';
import { type Random, randomFor } from './random.ts';

/** The terminal that reports by manifest what the others tell of declarations one by one. */
const TERMINAL = 'SHYS4';
/** Of its imports, those that are reported when they arrive, and counted; of its exports, those it tells the loading of. */
const SHARES = { arrival: 0.2, loading: 0.1 } as const;
/** Of what is counted or loaded, how much is not as it was manifested. */
const PLANTED_SHARE = 0.05;
const BULK = '00';
const HOUR = 3_600_000;
const COUNTED_AFTER_HOURS = { least: 3, most: 20 } as const;
const LOADED_AFTER_HOURS = { least: 40, most: 90 } as const;

/** A report of the terminal as it is filed: what arrived, what was counted, what was loaded on a ship. */
export interface QuayReport {
  readonly kind: 'arrival' | 'tally' | 'loading';
  readonly id: string;
  readonly premises: string;
  readonly bills: readonly QuayLine[];
  readonly occurredAt: string;
  readonly conveyance?: VoyageInput['conveyance'];
  readonly voyageNo?: VoyageInput['voyageNo'];
}

interface QuayLine {
  readonly number: string;
  readonly packages?: number;
  readonly grossMassKg?: string;
  readonly containers?: readonly { readonly number: string; readonly seals: readonly string[] }[];
  readonly damaged?: number;
}

export interface Quay {
  /** Whether the terminal reports the arrival of these goods by manifest; asked once of each. */
  reports(draft: Draft): boolean;
  /** What the terminal reports on a day, and what of it was planted. The day's bills are those just manifested. */
  next(
    date: string,
    drafts: readonly Draft[],
    voyages: readonly VoyageInput[],
  ): { reports: QuayReport[]; answers: CargoAnswer[] };
}

/** A line of a report to come, at the hour it happens. */
interface Due {
  readonly kind: QuayReport['kind'];
  readonly premises: string;
  readonly at: number;
  readonly line: QuayLine;
  readonly ship: Pick<QuayReport, 'conveyance' | 'voyageNo'>;
}

/**
 * A terminal at work. What it counts and loads is what the manifest says, save for a share that is short,
 * over, under another seal or damaged: the sealed answers say which. All bills of a day, or of a ship, are
 * in one report.
 */
export function createQuay(seed: string): Quay {
  const reported = new Set<Draft>();
  const due = new Map<string, Due[]>();
  const plan = (each: Due) => {
    const day = localDay(each.at);
    due.set(day, [...(due.get(day) ?? []), each]);
  };
  const answers: CargoAnswer[] = [];

  function counted(bill: BillInput, random: Random): QuayLine {
    const { line, answer } = asFound(bill, random);
    if (answer) answers.push(answer);
    return line;
  }

  return {
    reports(draft) {
      const random = randomFor(seed, 'arrival manifest', draft.transportDocNo);
      if (!isHere(draft, 'I') || !random.chance(SHARES.arrival)) return false;
      reported.add(draft);
      return true;
    },

    next(date, drafts, voyages) {
      answers.length = 0;
      const manifested = new Map(
        voyages.flatMap((voyage) =>
          voyage.bills.map((bill) => [bill.number ?? '', { bill, voyage }] as const),
        ),
      );
      for (const draft of drafts) {
        const known = manifested.get(draft.transportDocNo);
        if (!known) continue;
        const { bill, voyage } = known;
        const random = randomFor(seed, 'quay', draft.transportDocNo);
        const common = { premises: draft.premises.id, ship: {} };
        if (reported.delete(draft)) {
          const at = draft.arrivesAt;
          plan({ ...common, kind: 'arrival', at, line: { number: draft.transportDocNo } });
          const { least, most } = COUNTED_AFTER_HOURS;
          const later = at + random.between(least, most) * HOUR;
          plan({ ...common, kind: 'tally', at: later, line: counted(bill, random) });
        } else if (isHere(draft, 'E') && random.chance(SHARES.loading)) {
          const { least, most } = LOADED_AFTER_HOURS;
          const { containers: _, damaged: __, ...line } = counted(bill, random);
          const { conveyance, voyageNo } = voyage;
          const at = Math.max(draft.at, draft.arrivesAt) + random.between(least, most) * HOUR;
          plan({ ...common, kind: 'loading', at, line, ship: { conveyance, voyageNo } });
        }
      }
      const today = due.get(date) ?? [];
      due.delete(date);
      return { reports: grouped(date, today), answers: [...answers] };
    },
  };
}

/** Goods of one ordinary sea bill over this terminal; pieces of a consignment and houses are told otherwise. */
const isHere = ({ chain, premises, transportDocNo }: Draft, ieFlag: 'I' | 'E'): boolean =>
  chain.ieFlag === ieFlag &&
  !chain.air &&
  premises.id === TERMINAL &&
  !transportDocNo.includes('*');

/** A bill as it is counted: mostly as it was manifested. */
function asFound(
  { number, packages, packageKind, grossMassKg, containers = [] }: BillInput,
  random: Random,
): { line: QuayLine; answer: CargoAnswer | null } {
  const honest = {
    number: number ?? '',
    packages: packages ?? 0,
    grossMassKg: String(grossMassKg),
    containers: containers.map((each) => ({ number: each.number ?? '', seals: each.seals ?? [] })),
  };
  const [share, which] = [random.next(), random.int(4)];
  if (share >= PLANTED_SHARE || packageKind === BULK || honest.packages < 4) {
    return { line: honest, answer: null };
  }
  const id = `bill:${honest.number}`;
  const off = 1 + random.int(Math.ceil(honest.packages / 4));
  const [box, ...others] = honest.containers;
  if (which === 0 && box) {
    const seals = [`X${String(random.int(10_000_000)).padStart(7, '0')}`];
    const [manifested, found] = [box.seals.join('/'), seals.join('/')];
    const line = { ...honest, containers: [{ ...box, seals }, ...others] };
    return { line, answer: { id, discrepancy: 'wrong', manifested, found } };
  }
  const manifested = String(honest.packages);
  if (which === 1) {
    const line = { ...honest, damaged: off };
    return { line, answer: { id, discrepancy: 'damaged', manifested: '0', found: String(off) } };
  }
  const isShort = which === 2;
  const found = isShort ? honest.packages - off : honest.packages + off;
  const answer = { id, discrepancy: isShort ? 'short' : 'over', manifested, found: String(found) };
  return { line: { ...honest, packages: found }, answer: answer as CargoAnswer };
}

/** One report for all that arrived on a day, one for all that was counted, and one for each ship loaded. */
function grouped(date: string, dues: readonly Due[]): QuayReport[] {
  const groups = new Map<string, Due[]>();
  for (const each of dues) {
    const { conveyance, voyageNo } = each.ship;
    const key = [each.kind, each.premises, conveyance?.name, voyageNo].join('/');
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group, index) => {
    const [first] = group;
    if (!first) return [];
    const { kind, premises, ship } = first;
    const at = Math.max(...group.map((each) => each.at));
    const id = `QR${date.replaceAll('-', '').slice(2)}${index + 1}`;
    const bills = group.map(({ line }) => line);
    return [{ kind, id, premises, ...ship, bills, occurredAt: new Date(at).toISOString() }];
  });
}
