import type { Instant, LocalDate } from '../../kernel/dates.ts';
import type { Envelope } from '../../kernel/event.ts';
import type { Tx } from '../../platform/postgres/transaction.ts';
import type { ConditionKind, DeclarationContent, Problem } from './contract.ts';
import type { Requirement } from './events.ts';

/** A declaration about to be accepted, or amended, as its providers are asked about it. */
export interface FilingRequest {
  readonly id: string;
  readonly content: DeclarationContent;
  /** The day whose law applies: that of acceptance. */
  readonly on: LocalDate;
  readonly at: Instant;
  readonly envelope: Envelope;
  /** It replaces what the same declaration took before. */
  readonly amends: boolean;
}

/** What a provider answers: problems return the filing, requirements become its conditions. */
export interface Prepared {
  readonly problems: readonly Problem[];
  readonly requirements: readonly Requirement[];
  /** Whatever the provider needs again to record what it promised. */
  readonly kept?: unknown;
}

/**
 * Who answers for a condition of release that does not lie in the declaration itself: the manifest,
 * permits, other authorities, the tax. A filing group asks each provider twice in its transaction,
 * with every filing of the group at once, so that asking costs a few statements and not a few a filing.
 */
export interface FilingProvider {
  /** The conditions it answers for; what it does not require of them is not applicable. */
  readonly kinds: readonly ConditionKind[];
  /**
   * What must be met, and what is wrong. Balances (of a bill, a guarantee, a permit) are locked in
   * the order of their ids and counted down within the group, so that two filings of one group never
   * take the same remainder. Writes nothing, so that a dry run can ask the same question. A filing
   * may turn out to be one received before: what it took itself does not count against it.
   */
  prepare(tx: Tx, requests: readonly FilingRequest[]): Promise<ReadonlyMap<string, Prepared>>;
  /** Writes what was promised to the filings that were really accepted. */
  record(tx: Tx, accepted: readonly (FilingRequest & { readonly kept: unknown })[]): Promise<void>;
  /** Takes back what a declaration took: it was cancelled, returned, or its goods do not enter. */
  giveBack?(tx: Tx, declaration: string, envelope: Envelope): Promise<void>;
}

/** All providers' answers to one filing. */
export interface Asked {
  readonly problems: readonly Problem[];
  readonly computed: readonly ConditionKind[];
  readonly requirements: readonly Requirement[];
  /** What each provider keeps, in the order of the providers. */
  readonly kept: readonly unknown[];
}

/** Asks every provider about every filing, all at once and always in the same order. */
export async function askProviders(
  providers: readonly FilingProvider[],
  tx: Tx,
  requests: readonly FilingRequest[],
): Promise<ReadonlyMap<string, Asked>> {
  const asked = requests.length > 0 ? providers : [];
  const answers = await Promise.all(asked.map((provider) => provider.prepare(tx, requests)));
  const computed = providers.flatMap(({ kinds }) => kinds);
  return new Map(
    requests.map(({ id }) => {
      const own = answers.map((answer) => answer.get(id));
      return [
        id,
        {
          computed,
          problems: own.flatMap((each) => each?.problems ?? []),
          requirements: own.flatMap((each) => each?.requirements ?? []),
          kept: own.map((each) => each?.kept),
        },
      ];
    }),
  );
}

/** Has every provider write what it promised. */
export async function recordPromises(
  providers: readonly FilingProvider[],
  tx: Tx,
  accepted: readonly (FilingRequest & { readonly asked: Asked })[],
): Promise<void> {
  if (accepted.length === 0) return;
  await Promise.all(
    providers.map((provider, index) =>
      provider.record(
        tx,
        accepted.map(({ asked, ...request }) => ({ ...request, kept: asked.kept[index] })),
      ),
    ),
  );
}
