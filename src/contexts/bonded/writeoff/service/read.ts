import { Refused } from '../../../../kernel/refusal.ts';
import { readStream } from '../../../../platform/event-log/event-log.ts';
import { type Actor, authorise, isPermitted, reachOf } from '../../../identity/index.ts';
import { readEntries } from '../../journal/store/entries.ts';
import { ledgerFor } from '../../ledgers/service/act.ts';
import { quantityText } from '../../quantity.ts';
import type {
  EntrySearch,
  FigureEntries,
  FilingAct,
  FilingDetail,
  FilingPage,
  FilingSearch,
  RowSearch,
} from '../contract.ts';
import { type FilingEvent, filingStream } from '../events.ts';
import { countedOf } from '../figures.ts';
import { ALLOWED, type FilingState, objection } from '../filing.ts';
import { endOf, isCovered, NOTHING_FILED } from '../period.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/filings.ts';
import * as rows from '../store/rows.ts';
import type { WriteOffDeps } from './deps.ts';
import { concerns, load, shown } from './filed.ts';

/** Reading filings, each reader within its reach. */
export function createFilingReads(deps: WriteOffDeps) {
  const { db } = deps;
  const reading = async (actor: Actor, ledger: string, id: string): Promise<FilingState> => {
    const state = await load(db, ledger, id);
    authorise(actor, permission.readFilings, concerns(state));
    return state;
  };
  return {
    async search(actor: Actor, ledger: string | null, wanted: FilingSearch): Promise<FilingPage> {
      if (ledger !== null) await ledgerFor(db, actor, ledger, permission.readFilings);
      const { any, organisations, offices } = reachOf(actor, permission.readFilings);
      const visible = {
        organisation: any ? null : (organisations[0] ?? null),
        offices: any || organisations.length > 0 ? null : offices,
      };
      const page = await store.search(db, visible, { ...wanted, ledger });
      return { rows: page.rows.map(shown), next: page.next };
    },

    async detail(actor: Actor, ledger: string, id: string): Promise<FilingDetail> {
      return detailOf(deps, actor, await reading(actor, ledger, id));
    },

    async rows(actor: Actor, ledger: string, id: string, wanted: RowSearch) {
      await reading(actor, ledger, id);
      return rows.listRows(db, id, wanted);
    },

    /** The rows of the journal behind one figure of one part; all of them together are the figure. */
    async entries(
      actor: Actor,
      ledger: string,
      id: string,
      wanted: EntrySearch,
    ): Promise<FigureEntries> {
      const state = await reading(actor, ledger, id);
      const row = await rows.findRow(db, id, wanted.part);
      if (!row) throw new Refused('not_found', { code: 'bonded.part_unknown', seen: wanted.part });
      const last = await store.findBefore(db, state);
      const now = { before: endOf(state.through), lastSeq: state.lastSeq };
      const filed = last ? { before: endOf(last.through), lastSeq: last.lastSeq } : NOTHING_FILED;
      const purposeOf = await deps.papers.purposes(db, ledger);
      const found: FigureEntries['rows'] = [];
      let total = 0;
      for await (const entries of readEntries(db, ledger, (last?.nextFrom ?? 1) - 1)) {
        for (const entry of entries) {
          if (!isCovered(entry, now, filed)) continue;
          const own = entry.movements.filter(({ part }) => part === row.number);
          const parts = own
            .flatMap((movement) => countedOf(entry, movement, purposeOf))
            .filter(({ figure }) => figure === wanted.figure);
          if (parts.length === 0) continue;
          const quantity = parts.reduce((sum, part) => sum + part.quantity, 0);
          total += quantity;
          if (entry.seq <= (wanted.cursor ?? 0) || found.length > wanted.limit) continue;
          const { seq, event, kind, order, document, occurredAt, recordedAt, actor: by } = entry;
          found.push({
            ...{ seq, event, kind, order, document, occurredAt, recordedAt, actor: by },
            quantity: quantityText(quantity),
          });
        }
        if ((entries.at(-1)?.seq ?? 0) >= now.lastSeq) break;
      }
      const page = found.slice(0, wanted.limit);
      const next = found.length > page.length ? (page.at(-1)?.seq ?? null) : null;
      return { total: quantityText(total), rows: page, next };
    },
  };
}

export async function detailOf(
  { db }: Pick<WriteOffDeps, 'db'>,
  actor: Actor,
  state: FilingState,
): Promise<FilingDetail> {
  const events = (await readStream(db, filingStream(state.id))) as FilingEvent[];
  return {
    filing: shown(state),
    timeline: events.map(({ id: event, seq, kind, envelope, payload }) => ({
      ...{ id: event, seq, kind, payload: { ...payload } },
      ...{ occurredAt: envelope.occurredAt, recordedAt: envelope.recordedAt },
      ...{ actor: envelope.actor, organisation: envelope.organisation },
      legalBasis: envelope.legalBasis,
    })),
    allowed: (Object.keys(ALLOWED) as FilingAct[]).filter(
      (act) =>
        isPermitted(actor, permissionOf(act, state), concerns(state)) &&
        !objection(state, act) &&
        !(act === 'confirm' && state.decision?.by === actor.personId),
    ),
  };
}

function permissionOf(act: FilingAct, state: FilingState) {
  if (act === 'withdraw') return permission.draftingOf(state);
  return act === 'sign' ? permission.signingOf(state) : permission.decideFiling;
}
