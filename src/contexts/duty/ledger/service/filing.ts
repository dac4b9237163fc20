import type { Instant, LocalDate } from '../../../../kernel/dates.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import type { Refusal } from '../../../../kernel/refusal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { assess } from '../../calculation/assess.ts';
import { paymentDeadline } from '../../calculation/clocks.ts';
import type { Assessment, DutyRequest } from '../../calculation/contract.ts';
import type { Reason } from '../../contract.ts';
import * as acts from '../acts.ts';
import { type Bill, outstandingOf } from '../bill.ts';
import type { Cents } from '../cents.ts';
import { billStream, type NewBillEvent } from '../events.ts';
import { type GuaranteeState, Guarantees } from '../guarantee.ts';
import { Progress } from '../progress.ts';
import { guaranteesOf } from '../store/guarantees.ts';
import { keepBills, lockBills } from './bills.ts';
import type { LedgerDeps } from './deps.ts';
import { carry } from './secure.ts';

/** A declaration about to be accepted, or amended, as the ledger is asked about it. */
export interface DutyFiling {
  readonly declaration: string;
  /** Whose tax it is: the domestic party. */
  readonly payer: string;
  /** Who files. */
  readonly declarant: string;
  /** The office of declaration. */
  readonly office: string;
  readonly at: Instant;
  /** It replaces what the same declaration was assessed before. */
  readonly amends: boolean;
  readonly request: DutyRequest;
  /** Left out, a guarantee is used where the payer has one. */
  readonly means?: 'guarantee' | 'payNow';
}

/** The condition a bill puts on release. */
interface DutyRequirement {
  readonly kind: 'taxPaidOrGuaranteed';
  readonly owner: string;
  readonly legalBasis: string;
  readonly metAt: Instant | null;
  readonly evidence: string | null;
  readonly dueAt: Instant | null;
}

export interface PreparedDuty {
  /** Why no tax can be assessed: the filing is returned with them. */
  readonly problems: readonly Refusal[];
  readonly requirements: readonly DutyRequirement[];
  /** Worth saying, and no obstacle: a guarantee that is exhausted, for example. */
  readonly notes: readonly Refusal[];
  readonly kept: KeptDuty | null;
}

/** What `record` needs again. */
export interface KeptDuty {
  readonly filing: DutyFiling;
  readonly assessment: Assessment;
  readonly dueOn: LocalDate;
  readonly cover: Cover;
}

interface Cover {
  readonly guarantee: GuaranteeState | null;
  readonly cents: Cents;
  readonly unsecured: Reason | null;
}

const PORT_DAY_ENDS = 'T15:59:59.999Z';

/** How filing asks the ledger: first what would be owed and who stands for it, then to write it down. */
export function createDutyFiling(deps: LedgerDeps) {
  const { tariff } = deps;

  async function prepare(
    db: Db,
    filings: readonly DutyFiling[],
  ): Promise<ReadonlyMap<string, PreparedDuty>> {
    const outcomes = filings.map((filing) => assess(filing.request, tariff));
    const amended = filings.filter(({ amends }) => amends).map(({ declaration }) => declaration);
    const bills = amended.length > 0 ? await lockBills(db, amended) : new Map<string, Progress>();
    const needing = filings.filter((filing, index) => needsCover(filing, outcomes[index]));
    const payers = [...new Set(needing.map(({ payer }) => payer))].sort();
    const guarantees = new Guarantees(
      payers.length > 0 ? await guaranteesOf(db, payers) : [],
      [...bills.values()].flatMap(({ bill }) => bill ?? []),
    );
    return new Map(
      filings.map((filing, index) => {
        const { assessment, refusals } = outcomes[index] ?? { assessment: null, refusals: [] };
        if (!assessment) return [filing.declaration, refused(refusals)];
        const bill = bills.get(filing.declaration)?.bill ?? null;
        return [filing.declaration, prepared(filing, assessment, bill, guarantees)];
      }),
    );
  }

  function prepared(
    filing: DutyFiling,
    assessment: Assessment,
    bill: Bill | null,
    guarantees: Guarantees,
  ): PreparedDuty {
    const dueOn = paymentDeadline(localDateOf(filing.at), tariff);
    const cents = owed(assessment, bill);
    const cover = coverOf(filing, cents, guarantees);
    const kept = { filing, assessment, dueOn, cover };
    const notes = cover.unsecured ? [{ ...cover.unsecured, severity: 'warning' as const }] : [];
    return { problems: [], requirements: requirements(kept, bill), notes, kept };
  }

  async function record(
    tx: Tx,
    accepted: readonly { readonly kept: KeptDuty; readonly envelope: Envelope }[],
  ): Promise<void> {
    const amended = accepted.filter(({ kept }) => kept.filing.amends);
    const bills = await lockBills(
      tx,
      amended.map(({ kept }) => kept.filing.declaration),
    );
    const written = accepted.map(({ kept, envelope }) => {
      const { declaration } = kept.filing;
      const progress = bills.get(declaration) ?? new Progress(declaration, null);
      const own = { ...envelope, consignment: declaration };
      progress.push(own, progress.bill ? amendedBy(kept, progress.bill) : acts.assess(begun(kept)));
      progress.push(own, ...coveredBy(kept, progress.now));
      return progress.before ? progress.settle(own, tariff) : progress;
    });
    await keepBills(tx, written);
  }

  function coveredBy({ filing, cover }: KeptDuty, bill: Bill): NewBillEvent[] {
    const { guarantee, cents } = cover;
    if (!guarantee || cents === 0n || outstandingOf(bill) === 0n) return [];
    return [carry(bill, guarantee, cents, localDateOf(filing.at), tariff)];
  }

  return {
    prepare,
    record,
    /** The declaration was cancelled, or its goods do not enter: nothing is owed, what was paid goes back. */
    async reverse(
      tx: Tx,
      declaration: string,
      envelope: Envelope,
      reason: string = 'cancelled',
    ): Promise<void> {
      const progress = (await lockBills(tx, [declaration])).get(declaration);
      if (!progress) return;
      progress.push(
        { ...envelope, consignment: declaration },
        ...acts.reverse(progress.now, reason),
      );
      await keepBills(tx, [progress]);
    },
  };
}
type Outcome = ReturnType<typeof assess>;

const needsCover = ({ means }: DutyFiling, outcome: Outcome | undefined): boolean =>
  means !== 'payNow' && !!outcome?.assessment && owed(outcome.assessment, null) > 0n;

/** What would be open after this assessment, with what the bill has already received. */
function owed(assessment: Assessment, bill: Bill | null): Cents {
  const total = acts.totalOf(acts.itemsOf(assessment));
  if (!bill) return total;
  return outstandingOf({ ...bill, assessed: new Map([['importDuty', total]]) });
}

const refused = (problems: readonly Refusal[]): PreparedDuty => ({
  problems,
  requirements: [],
  notes: [],
  kept: null,
});

function coverOf(filing: DutyFiling, cents: Cents, guarantees: Guarantees): Cover {
  if (cents === 0n || filing.means === 'payNow') {
    return { guarantee: null, cents: 0n, unsecured: null };
  }
  const { payer, declaration, at } = filing;
  const found = guarantees.take(payer, cents, localDateOf(at), declaration);
  return 'guarantee' in found
    ? { guarantee: found.guarantee, cents, unsecured: null }
    : { guarantee: null, cents: 0n, unsecured: found.unsecured };
}

/** Nothing owed asks for nothing; what a guarantee covers, or was paid before, is met at once. */
function requirements(
  { filing, assessment, cover, dueOn }: KeptDuty,
  bill: Bill | null,
): DutyRequirement[] {
  if (acts.itemsOf(assessment).length === 0) return [];
  const isPaid = owed(assessment, bill) === 0n;
  const evidence = cover.guarantee
    ? `guarantee:${cover.guarantee.id}`
    : isPaid
      ? billStream(filing.declaration)
      : null;
  return [
    {
      kind: 'taxPaidOrGuaranteed',
      owner: filing.payer,
      legalBasis: '海关法 第二十九条',
      metAt: evidence ? filing.at : null,
      evidence,
      dueAt: evidence ? null : `${dueOn}${PORT_DAY_ENDS}`,
    },
  ];
}

const begun = ({ filing, assessment, dueOn, cover }: KeptDuty) => {
  const { payer, declarant, office, request } = filing;
  const items = acts.itemsOf(assessment);
  const { unsecured } = cover;
  const due = items.length > 0 ? dueOn : null;
  return { payer, declarant, office, request, assessment, items, dueOn: due, unsecured };
};

function amendedBy({ filing, assessment, dueOn }: KeptDuty, bill: Bill): NewBillEvent {
  return acts.reassessed({
    id: `amendment-${bill.version + 1}`,
    basis: 'amendment',
    reason: 'amendment',
    request: filing.request,
    assessment,
    dueOn,
  });
}
