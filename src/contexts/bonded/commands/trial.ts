import type { Command } from 'commander';
import { usccCheckCharacter } from '../../../kernel/codes.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { LedgerInput } from '../contract.ts';
import type { Ask } from '../imports/index.ts';
import type { LedgerRow } from '../ledgers/contract.ts';
import { allRows, type BondedCommandDeps, commandOf, ledgerPath, type Shared } from './deps.ts';

/** A made-up enterprise and its office: what they do is done by nobody. */
const FIRST_17 = '91310000MA1TR1AL0';
const ENTERPRISE = `${FIRST_17}${usccCheckCharacter(FIRST_17) ?? ''}`;
const OFFICE = '2218';
const played = (name: string, role: Role, organisationId: string, offices: string[]): Actor => ({
  ...{ personId: `trial.${name}`, name: `trial ${name}`, postId: `trial.${name}` },
  ...{ organisationId, roles: [role], offices, mayBackdate: false, via: 'system' },
});
const enterprise = played('enterprise', 'declarant', ENTERPRISE, []);
const officer = played('officer', 'portOfficer', OFFICE, [OFFICE]);

/** The made-up people of a trial, by what they ask. */
interface TrialAsk {
  readonly enterprise: Ask;
  readonly officer: Ask;
}

/**
 * A ledger of a made-up enterprise, approved by a made-up officer: to try things without people. Refused where there
 * are ledgers of anybody else, so that none of a port is ever opened past its four eyes.
 */
export async function openTrial(
  askAs: (actor: Actor) => Ask,
  ledger: { readonly id: string; readonly opensOn: string; readonly sites?: readonly string[] },
): Promise<TrialAsk> {
  const trial = { enterprise: askAs(enterprise), officer: askAs(officer) };
  const overseer = askAs(played('overseer', 'auditor', OFFICE, []));
  const others = await allRows<LedgerRow>(overseer, '/api/bonded/ledgers', { limit: 500 });
  if (others.some((row) => row.enterprise !== ENTERPRISE))
    throw new Refused('conflict', { code: 'bonded.trial_beside_others' });
  if (others.some(({ id, status }) => id === ledger.id && status === 'open')) return trial;
  const content = LedgerInput.parse({
    ...{ ...ledger, enterprise: ENTERPRISE, office: OFFICE, mode: 'workOrder' },
    ...{ name: 'trial', beyondStock: 'hold' },
  });
  await trial.enterprise('POST', '/api/bonded/ledgers', { ledger: content });
  await trial.officer('POST', ledgerPath(ledger.id, '/answer'), {
    ...{ approve: true, note: 'trial' },
  });
  return trial;
}

interface TrialOptions extends Shared {
  readonly ledger: string;
  readonly opens: string;
  readonly sites: string;
}

/** `jianghai bonded trial --ledger ID`: a ledger to try things on, in a data folder of its own. */
export function trialCommand(deps: BondedCommandDeps): Command {
  return commandOf(
    'trial',
    'open a ledger of made-up people to try things on; refused beside ledgers of a port',
  )
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .requiredOption('--opens <day>', 'the first day of which events are taken')
    .option('--sites <sites>', 'its sites, with commas between them', 'main')
    .action(async ({ ledger: id, opens, sites, json, lang }: TrialOptions) => {
      await deps.withStage((askAs) =>
        openTrial(askAs, { id, opensOn: opens, sites: sites.split(',') }),
      );
      if (json) deps.print(JSON.stringify({ ledger: id, enterprise: ENTERPRISE }));
      else
        deps.print(
          lang === 'zh'
            ? `试用账册 ${id} 已启用：企业和关员都是虚构的。`
            : `Trial ledger ${id} is open: its enterprise and its officer are made up.`,
        );
    });
}
