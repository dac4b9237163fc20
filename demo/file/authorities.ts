import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import type { CheckPage } from '../../src/contexts/clearance/linkage/contract.ts';
import type { PermitInput, PermitResult } from '../../src/contexts/clearance/permits/contract.ts';
import { type Client, PortRefused } from './client.ts';
import { inParallel } from './parallel.ts';

const AT_ONCE = 4;
const PAGE = 200;
const PERMITS_PER_REQUEST = 500;
const ANSWERED_AFTER_MS = { least: 30 * 60_000, most: 30 * 3_600_000 };
const JOINED = 'clearance.check_joined_to_examination';
/** One check in so many is passed on a condition, to show what that looks like. */
const CONDITIONAL_EVERY = 40;

export interface Authorities {
  /** Issues the permits a day's declarations name, as the department that grants them would have. */
  issue(declarations: readonly { readonly content: DeclarationInput }[]): Promise<void>;
  /** Answers every check that is open. */
  answer(): Promise<void>;
}

/** The other authorities of the demo port. Quarantine is answered by the examining office's own post. */
export function createAuthorities(
  commerce: Client,
  checkers: readonly Client[],
  complain: (sentence: string) => void,
): Authorities {
  return {
    async issue(declarations) {
      const permits = declarations.flatMap(({ content }) => permitsOf(content));
      for (let from = 0; from < permits.length; from += PERMITS_PER_REQUEST) {
        const { results } = await commerce.post<{ results: PermitResult[] }>('/api/permits', {
          permits: permits.slice(from, from + PERMITS_PER_REQUEST),
        });
        for (const { id, outcome, problems } of results) {
          if (outcome === 'refused') complain(`Permit ${id} refused: ${problems[0]?.code ?? ''}`);
        }
      }
    },

    async answer() {
      for (const checker of checkers) {
        const { items } = await checker.get<CheckPage>(`/api/checks?status=pending&limit=${PAGE}`);
        await inParallel(items, AT_ONCE, async ({ id, since }) => {
          const chance = chanceOf(id);
          const { least, most } = ANSWERED_AFTER_MS;
          const occurredAt = new Date(
            Date.parse(since) + least + chance * (most - least),
          ).toISOString();
          const isConditional = Math.floor(chance * 9973) % CONDITIONAL_EVERY === 0;
          const said = isConditional
            ? { outcome: 'passedWithConditions', conditions: '到达目的地后留样备查', note: '' }
            : { outcome: 'passed', note: '符合要求' };
          try {
            await checker.post(`/api/checks/${encodeURIComponent(id)}/answer`, {
              ...said,
              occurredAt,
            });
          } catch (error) {
            if (!(error instanceof PortRefused)) throw error;
            const code = error.codes[0] ?? '';
            // Joined to the customs examination: its turn comes when that is recorded.
            if (!code.startsWith(JOINED)) complain(`Check ${id}: ${code}`);
          }
        });
      }
    },
  };
}

function chanceOf(id: string): number {
  let chance = 0;
  for (const letter of id) chance = (chance * 31 + letter.charCodeAt(0)) % 9973;
  return chance / 9973;
}

/** One shipment, one permit (一批一证), for the goods of the declaration that names it. */
function permitsOf(content: DeclarationInput): PermitInput[] {
  const holder = content.parties.domestic?.uscc;
  if (!holder) return [];
  const goods = content.lines.flatMap(({ hsCode }) => (hsCode ? [hsCode.slice(0, 4)] : []));
  return (content.licences ?? []).flatMap(({ kind, number }) =>
    kind && number
      ? [
          {
            kind,
            number,
            terms: {
              holder,
              holderName: content.parties.domestic?.name ?? '',
              ieFlag: content.ieFlag,
              goods: [...new Set(goods)],
              origins: [],
              ...{ quantity: null, unit: null, value: null, currency: null, uses: null },
              ...{ validFrom: '2026-01-01', validUntil: '2026-12-31' },
            },
          },
        ]
      : [],
  );
}
