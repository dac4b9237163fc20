import { compare, type Decimal, decimal, isZero, toText, ZERO } from '../../../kernel/decimal.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Asks, ManualRule } from '../zones/contract.ts';
import { keyOf } from './application.ts';
import type {
  ApprovalCondition,
  ApprovalStanding,
  Claim,
  GoodsMark,
  Paper,
  PaperPart,
  Passport,
  PassportContent,
  Vehicle,
  WeighedAs,
} from './contract.ts';

/** A paper as it stands while its row is locked. */
export interface PaperOnHand {
  readonly paper: Paper;
  /** What other passports have left of each line. */
  readonly left: ReadonlyMap<number, Decimal>;
  readonly isReleased: boolean;
}

/** Everything approval is computed from; nothing else is looked at. */
export interface Application {
  readonly content: PassportContent;
  readonly organisation: string;
  readonly asks: Asks;
  readonly papers: ReadonlyMap<string, PaperOnHand>;
  readonly vehicle: Vehicle | null;
  /** Another open passport of this vehicle in the same zone and direction. */
  readonly busyWith: string | null;
  /** What the officer at the manual post said when passing it. */
  readonly officerNote: string | null;
  /** Why its enterprise may not enter goods before declaring them now, where that is asked. */
  readonly arrears?: Refusal | null;
}

export interface Approval {
  readonly outcome: 'approved' | 'manualPost' | 'pending';
  readonly conditions: ApprovalStanding[];
  readonly claims: Claim[];
  readonly weighedAs: WeighedAs;
  readonly goesBy: Passport['goesBy'];
}

/**
 * Computes approval. An officer is asked only once everything else is met, so that nobody is sent to
 * look at an application that could not pass anyway.
 */
export function approvalOf(application: Application): Approval {
  const { content } = application;
  const claimed = claimsOf(application);
  const computed: ApprovalStanding[] = [
    standing('papersInOrder', content.papers.length > 0, papersReasons(application)),
    standing('quantityWithin', content.papers.length > 0, claimed.reasons),
    releaseStanding(application),
    standing('vehicleInOrder', true, vehicleReasons(application)),
  ];
  const manual = manualReasons(application);
  const passed = application.officerNote !== null;
  const officer: ApprovalStanding = {
    kind: 'officerPassed',
    status: manual.length === 0 ? 'notApplicable' : passed ? 'met' : 'unmet',
    reasons: passed ? [] : manual,
  };
  const isPending = computed.some(({ status }) => status === 'unmet');
  const waitsForOfficer = officer.status === 'unmet';
  return {
    outcome: isPending ? 'pending' : waitsForOfficer ? 'manualPost' : 'approved',
    conditions: [...computed, officer],
    claims: claimed.claims,
    weighedAs: weighedAs(application),
    goesBy: releasesOf(application).map(({ paper: { kind, no, declaration } }) => ({
      ...{ kind, no, declaration },
    })),
  };
}

function standing(kind: ApprovalCondition, applies: boolean, reasons: Refusal[]): ApprovalStanding {
  if (!applies) return { kind, status: 'notApplicable', reasons: [] };
  return { kind, status: reasons.length > 0 ? 'unmet' : 'met', reasons };
}

function papersReasons({ content, organisation, papers, arrears }: Application): Refusal[] {
  const reasons = content.papers.flatMap((part, index) => {
    const at = { path: `content.papers[${index}]`, seen: part.no };
    const paper = papers.get(keyOf(part))?.paper;
    if (!paper) return [{ code: 'cargo.paper_unknown', ...at }];
    const reasons: Refusal[] = [];
    if (!mayCarry(paper, organisation)) reasons.push({ code: 'cargo.paper_of_another', ...at });
    if (!paper.inOrder) reasons.push({ code: 'cargo.paper_not_in_order', ...at });
    const isElsewhere = paper.zone !== null && paper.zone !== content.zone;
    if (isElsewhere || paper.direction !== content.direction) {
      const params = { zone: paper.zone ?? content.zone, direction: paper.direction };
      reasons.push({ code: 'cargo.paper_elsewhere', ...at, params });
    }
    return reasons;
  });
  return arrears ? [arrears, ...reasons] : reasons;
}

const mayCarry = ({ organisation, parties = [] }: Paper, who: string): boolean =>
  organisation === who || parties.includes(who);

/** What this vehicle takes of each line, and where that is more than is left. */
function claimsOf({ content, papers }: Application): { claims: Claim[]; reasons: Refusal[] } {
  const claims: Claim[] = [];
  const reasons: Refusal[] = [];
  content.papers.forEach((part, index) => {
    const onHand = papers.get(keyOf(part));
    if (!onHand) return;
    const { kind, no } = part;
    const wanted = wantedOf(part, onHand, content.binding === 'oneListManyVehicles');
    for (const { lineNo, quantity } of wanted) {
      const left = onHand.left.get(lineNo) ?? null;
      const path = `content.papers[${index}]`;
      if (left === null) {
        reasons.push({
          code: 'cargo.paper_line_unknown',
          path,
          seen: String(lineNo),
          params: { no },
        });
      } else if (compare(quantity, left) > 0) {
        const params = { no, line: lineNo, left: toText(left) };
        reasons.push({ code: 'cargo.over_the_paper', path, seen: toText(quantity), params });
      } else if (!isZero(quantity)) {
        claims.push({ kind, no, lineNo, quantity: toText(quantity) });
      }
    }
    const takesNothing = wanted.every(({ quantity }) => isZero(quantity));
    if (takesNothing) {
      const path = `content.papers[${index}]`;
      reasons.push({ code: 'cargo.paper_used_up', path, seen: no });
    }
  });
  return { claims, reasons };
}

/** A paper that goes in parts may be asked for whatever is left; one that goes whole is wanted whole. */
function wantedOf(
  part: PaperPart,
  { paper, left }: PaperOnHand,
  inParts: boolean,
): { lineNo: number; quantity: Decimal }[] {
  if (part.lines.length > 0) {
    return part.lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: decimal(quantity) }));
  }
  return paper.lines.map(({ lineNo, quantity }) => ({
    lineNo,
    quantity: inParts ? (left.get(lineNo) ?? ZERO) : decimal(quantity),
  }));
}

function releaseStanding(application: Application): ApprovalStanding {
  const asked = releasesOf(application);
  const reasons = asked
    .filter(({ isReleased }) => !isReleased)
    .map(({ paper }) => ({ code: 'cargo.release_missing', seen: paper.no }));
  return standing('releasePresent', asked.length > 0, reasons);
}

/** The papers whose goods must have been released. */
const releasesOf = ({ content, asks, papers }: Application): PaperOnHand[] =>
  [...papers.values()].filter(({ paper }) => needsRelease(asks, paper, content));

/** Whether a paper's goods must have been released, by the regime: always, never, or unless … (除…外). */
function needsRelease(asks: Asks, paper: Paper, { marks }: PassportContent): boolean {
  if (asks.release === 'notNeeded') return false;
  if (asks.declaredLater.includes(paper.kind)) return false;
  if (asks.release === 'needed') return true;
  const isStated = marks.includes('licensed') || marks.includes('toBeInspected');
  return isStated || paper.licensed || paper.toBeInspected;
}

function vehicleReasons({ content, vehicle, busyWith }: Application): Refusal[] {
  const { plate, tareKg } = content.vehicle;
  const reasons: Refusal[] = [];
  if (busyWith) {
    reasons.push({
      code: 'cargo.vehicle_has_passport',
      seen: plate,
      params: { passport: busyWith },
    });
  }
  if (vehicle?.isSuspended) reasons.push({ code: 'cargo.vehicle_suspended', seen: plate });
  if (vehicle && compare(decimal(vehicle.tareKg), decimal(tareKg)) !== 0) {
    const params = { registered: vehicle.tareKg };
    reasons.push({
      code: 'cargo.tare_differs',
      path: 'content.vehicle.tareKg',
      seen: tareKg,
      params,
    });
  }
  return reasons;
}

/** Each rule: when it asks for an officer, and how that is said. */
const MANUAL: Record<ManualRule, readonly [string, (application: Application) => boolean]> = {
  always: ['cargo.manual_registered_goods', () => true],
  vehicleNotRegistered: ['cargo.manual_vehicle_not_registered', ({ vehicle }) => vehicle === null],
  licensed: ['cargo.manual_licensed', (application) => marked(application, 'licensed')],
  toBeInspected: [
    'cargo.manual_to_be_inspected',
    (application) => marked(application, 'toBeInspected'),
  ],
  hazardous: ['cargo.manual_hazardous', (application) => marked(application, 'hazardous')],
};

const marked = ({ content, papers }: Application, mark: GoodsMark): boolean =>
  content.marks.includes(mark) || [...papers.values()].some(({ paper }) => paper[mark]);

const manualReasons = (application: Application): Refusal[] =>
  application.asks.manual.flatMap((rule) => {
    const [code, asks] = MANUAL[rule];
    return asks(application) ? [{ code }] : [];
  });

function weighedAs(application: Application): WeighedAs {
  if (application.content.type === 'emptyVehicle') return 'empty';
  if (marked(application, 'hazardous')) return 'hazardous';
  return marked(application, 'bulk') ? 'bulk' : 'general';
}
