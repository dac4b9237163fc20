import type { Bill, BillContent, Claim, HouseContent, Stage, StageReached } from './contract.ts';
import type { BillEvent, Payloads } from './events.ts';

/** A bill is what its events say; nothing else changes it. */
export type State = Bill;

const fresh = (number: string): State => ({
  number,
  master: masterOf(number),
  houses: [],
  status: 'awaited',
  version: 0,
  direction: null,
  content: null,
  manifest: null,
  carrier: null,
  office: null,
  terminal: null,
  conveyance: null,
  voyageNo: null,
  mode: null,
  date: null,
  manifestedAt: null,
  claims: [],
  assessment: null,
  doNotLoad: null,
  change: null,
  arrived: null,
  tally: null,
  loaded: null,
  discrepancies: [],
  journey: [],
});

/** `MASTER*HOUSE`: a house bill is called by both. */
function masterOf(number: string): string | null {
  const star = number.indexOf('*');
  return star < 0 ? null : number.slice(0, star);
}
export const houseNumber = (master: string, house: string): string => `${master}*${house}`;

/** The bill as it is; one that nothing has happened to yet is awaited. */
export function fold(number: string, events: readonly BillEvent[]): State {
  return events.reduce(apply, fresh(number));
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function apply(before: State, event: BillEvent): State {
  const state: State = { ...before, version: event.seq };
  const at = event.envelope.occurredAt;
  switch (event.kind) {
    case 'cargo.billManifested':
      return manifested(state, event.payload, at);
    case 'cargo.billAmended':
      return { ...state, content: event.payload.content, houses: event.payload.houses };
    case 'cargo.billDeleted':
      return { ...state, status: 'deleted', manifest: null };
    case 'cargo.changeProposed':
      return {
        ...state,
        change: {
          ...event.payload,
          proposedBy: event.envelope.actor,
          proposedPost: event.envelope.post,
          at,
        },
      };
    case 'cargo.changeApproved':
    case 'cargo.changeRejected':
      return { ...state, change: null };
    case 'cargo.claimed':
      return claimed(state, event.payload, at);
    case 'cargo.claimGivenBack':
      return { ...state, claims: without(state.claims, event.payload.declaration) };
    case 'cargo.billMatched': {
      const { declaration, packages, grossMassKg } = event.payload;
      const matched = { status: 'matched', matchedAt: at, packages, grossMassKg } as const;
      return { ...state, claims: changed(state.claims, declaration, matched) };
    }
    case 'cargo.claimExceeds': {
      const { declaration } = event.payload;
      return { ...state, claims: changed(state.claims, declaration, { status: 'exceeding' }) };
    }
    case 'cargo.assessed':
      return { ...state, assessment: event.payload };
    case 'cargo.doNotLoad':
      return { ...state, doNotLoad: orderOf(event, at) };
    case 'cargo.liftProposed':
      return {
        ...state,
        doNotLoad: state.doNotLoad && {
          ...state.doNotLoad,
          lift: {
            reason: event.payload.reason,
            proposedBy: event.envelope.actor,
            proposedPost: event.envelope.post,
            at,
          },
        },
      };
    case 'cargo.liftRejected':
      return { ...state, doNotLoad: state.doNotLoad && { ...state.doNotLoad, lift: null } };
    case 'cargo.doNotLoadLifted':
      return { ...state, doNotLoad: null };
    case 'cargo.arrived': {
      const { premises } = event.payload;
      return reached({ ...state, arrived: { premises, at } }, 'arrived', at, premises);
    }
    case 'cargo.tallied': {
      const { premises, ...tally } = event.payload;
      return reached({ ...state, tally: { ...tally, at } }, 'tallied', at, premises);
    }
    case 'cargo.discrepancyFound':
      return { ...state, discrepancies: [...state.discrepancies, { ...event.payload, at }] };
    case 'cargo.loaded': {
      const { packages, conveyance } = event.payload;
      return reached({ ...state, loaded: { at, packages } }, 'aboard', at, conveyance);
    }
    case 'cargo.stageReached':
      return reached(state, event.payload.stage, at, event.payload.place);
    case 'cargo.stageWithdrawn': {
      const { stage } = event.payload;
      return { ...state, journey: state.journey.filter((step) => step.stage !== stage) };
    }
  }
}

function manifested(state: State, said: Payloads['cargo.billManifested'], at: string): State {
  const { voyage, master, houses, content } = said;
  const next: State = {
    ...state,
    ...{ master, houses, content, status: 'manifested', manifestedAt: at },
    manifest: voyage.manifest,
    direction: voyage.direction,
    carrier: voyage.carrier,
    office: voyage.office,
    terminal: voyage.terminal,
    conveyance: voyage.conveyance.name,
    voyageNo: voyage.voyageNo,
    mode: voyage.conveyance.mode,
    date: voyage.date,
    // What was counted before is no measure of what another manifest says.
    tally: state.tally && { ...state.tally, agrees: false },
  };
  if (voyage.direction === 'E') return next;
  const abroad = reached(next, 'abroad', at, content.loadingPort);
  return voyage.sailedAt
    ? reached(abroad, 'aboard', voyage.sailedAt, voyage.conveyance.name)
    : abroad;
}

/** A declaration has one claim on a bill: claiming again replaces what it had claimed. */
function claimed(state: State, said: Payloads['cargo.claimed'], at: string): State {
  const { matched, arrivedAt: _, ...rest } = said;
  const claim: Claim = {
    ...rest,
    at,
    status: matched ? 'matched' : 'waiting',
    matchedAt: matched ? at : null,
  };
  return { ...state, claims: [...without(state.claims, said.declaration), claim] };
}

const without = (claims: readonly Claim[], declaration: string): Claim[] =>
  claims.filter((claim) => claim.declaration !== declaration);

const changed = (claims: readonly Claim[], declaration: string, change: Partial<Claim>): Claim[] =>
  claims.map((claim) => (claim.declaration === declaration ? { ...claim, ...change } : claim));

function orderOf(
  { envelope, payload }: Extract<BillEvent, { kind: 'cargo.doNotLoad' }>,
  since: string,
): State['doNotLoad'] {
  return { ...payload, by: envelope.actor, post: envelope.post, since, lift: null };
}

/** A stage is reached once; what is told of it again changes nothing. */
function reached(state: State, stage: Stage, at: string, where: string | null): State {
  if (state.journey.some((step) => step.stage === stage)) return state;
  return { ...state, journey: [...state.journey, { stage, at, place: where }] };
}

const ORDER: Record<'I' | 'E', readonly Stage[]> = {
  I: ['abroad', 'aboard', 'arrived', 'tallied', 'inYard', 'examined', 'released', 'atGate', 'out'],
  E: ['atGate', 'arrived', 'tallied', 'inYard', 'examined', 'released', 'aboard', 'out'],
};

/**
 * Where the goods are: the furthest stage they have reached. Reports come late and out of order, so
 * the latest report is not what counts.
 */
export function whereIs({
  journey,
  direction,
}: Pick<State, 'journey' | 'direction'>): StageReached | null {
  const order = ORDER[direction ?? 'I'];
  return journey.reduce<StageReached | null>(
    (furthest, step) =>
      furthest && order.indexOf(furthest.stage) > order.indexOf(step.stage) ? furthest : step,
    null,
  );
}

/** A bill's own words, without its houses'. */
export function ownContent({ houses: _, ...content }: BillContent): HouseContent {
  return content;
}
