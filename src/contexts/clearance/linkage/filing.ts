import { contentHash } from '../../../kernel/canonical.ts';
import type { Instant } from '../../../kernel/dates.ts';
import { place, placeAt } from '../../../kernel/event.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { closeCase } from '../../cases/index.ts';
import type { DeclarationContent } from '../contract.ts';
import type { Requirement } from '../events.ts';
import { isDrawn } from '../prohibitions/rule.ts';
import type { Prohibitions } from '../prohibitions/service.ts';
import type { FilingProvider, FilingRequest, Prepared } from '../provider.ts';
import {
  type AskedCheck,
  type LinkageEvent,
  linkageStream,
  type NewLinkageEvent,
} from './events.ts';
import { apply, type CheckState, conditionOf, fold, type OrderState, standingOf } from './order.ts';
import * as store from './store.ts';

const DAY_MS = 86_400_000;

interface Kept {
  readonly checks: readonly AskedCheck[];
  /** The order there was before an amendment. */
  readonly before: OrderState | null;
}

/**
 * Asks inspection and quarantine, and every other authority with a say, when a declaration is filed.
 * Filing costs no statement where nobody is asked, and two where somebody is.
 *
 * @param seed keeps secret which share of declarations is drawn.
 */
export function createLinkageProvider(
  prohibitions: Pick<Prohibitions, 'findingsOf'>,
  seed: string,
): FilingProvider {
  return {
    kinds: ['quarantineCleared', 'authorityCleared'],

    async prepare(tx, requests) {
      const orders = await readOrders(
        tx,
        requests.filter(({ amends }) => amends).map(({ id }) => id),
      );
      return new Map(
        requests.map((request): [string, Prepared] => {
          const checks = checksOf(prohibitions, seed, request);
          const before = orders.get(request.id) ?? null;
          const kept: Kept = { checks, before };
          const standing = foldAsked(request, kept)?.checks ?? [];
          return [
            request.id,
            { problems: [], requirements: requirementsOf(request, standing), kept },
          ];
        }),
      );
    },

    async record(tx, accepted) {
      const asked = accepted.flatMap((request) => {
        const kept = request.kept as Kept;
        const order = foldAsked(request, kept);
        return order ? [{ order, event: eventOf(request, kept) }] : [];
      });
      if (asked.length === 0) return;
      await append(
        tx,
        asked.map(({ event }) => event),
      );
      await store.saveOrders(
        tx,
        asked.map(({ order }) => order),
      );
    },

    async giveBack(tx, declaration, envelope) {
      const order = (await readOrders(tx, [declaration])).get(declaration);
      if (!order) return;
      for (const caseId of order.caseIds) await closeCase(tx, caseId, 'withdrawn', envelope);
      if (!order.checks.some(({ status }) => status === 'pending')) return;
      const payload = { declaration, reason: 'ended' };
      const ended: NewLinkageEvent = { kind: 'clearance.checksWithdrawn', payload };
      await writeOrder(tx, order, place(linkageStream(declaration), order.seq, [ended], envelope));
    },
  };
}

/** The orders of declarations, held. */
export async function readOrders(
  tx: Tx,
  declarations: readonly string[],
): Promise<Map<string, OrderState>> {
  const held = await store.lockOrders(tx, declarations);
  const streams = await readStreams(tx, held.map(linkageStream));
  return new Map(
    held.flatMap((declaration): [string, OrderState][] => {
      const order = fold((streams.get(linkageStream(declaration)) ?? []) as LinkageEvent[]);
      return order ? [[declaration, order]] : [];
    }),
  );
}

export async function writeOrder(
  tx: Tx,
  before: OrderState,
  events: readonly LinkageEvent[],
): Promise<OrderState> {
  const order = events.reduce<OrderState>(apply, before);
  await append(tx, events);
  await store.saveOrders(tx, [order]);
  return order;
}

function checksOf(
  prohibitions: Pick<Prohibitions, 'findingsOf'>,
  seed: string,
  { id, content, on, at }: FilingRequest,
): AskedCheck[] {
  return prohibitions.findingsOf(content, on).checks.flatMap(({ rule, lines }) => {
    const { authority, topic, visit, days, percent } = rule.effect;
    if (!isDrawn(seed, rule.id, id, percent)) return [];
    const owner = authority === 'customs' ? examiningOffice(content) : authority;
    return [
      {
        ...{ id: `${id}-${rule.id}`, owner, authority, topic, rule: rule.id, visit },
        ...{ reason: rule.label, legalBasis: rule.legalBasis, lines: [...lines] },
        ...{ dueAt: after(at, days), goods: goodsOf(content, lines) },
      },
    ];
  });
}

const after = (at: Instant, days: number): Instant =>
  new Date(Date.parse(at) + days * DAY_MS).toISOString();

const examiningOffice = (content: DeclarationContent): string =>
  content.examinationOffice ?? content.borderOffice ?? content.declarationOffice ?? '';

/** What an authority looked at; price and papers are not among it. */
const goodsOf = ({ lines }: DeclarationContent, wanted: readonly number[]): string =>
  contentHash(
    lines
      .filter(({ lineNo }) => wanted.includes(lineNo))
      .map(({ hsCode, description, originCountry, quantity, unit, netMassKg }) => ({
        ...{ hsCode, description, originCountry, quantity, unit, netMassKg },
      })),
  );

function eventOf({ id, envelope }: FilingRequest, { checks, before }: Kept): LinkageEvent {
  const asked: NewLinkageEvent = {
    kind: 'clearance.checksAsked',
    payload: { declaration: id, checks: [...checks] },
  };
  return placeAt(linkageStream(id), (before?.seq ?? 0) + 1, asked, envelope);
}

/** The order as it will be; `null` when nobody is asked and nobody was. */
function foldAsked(request: FilingRequest, kept: Kept): OrderState | null {
  if (kept.checks.length === 0 && !kept.before) return null;
  return apply(kept.before, eventOf(request, kept));
}

/** One requirement for each owner: open until the last of its checks, met where an amendment changed nothing. */
function requirementsOf({ at }: FilingRequest, checks: readonly CheckState[]): Requirement[] {
  const asked = checks.filter(({ status }) => status !== 'withdrawn');
  return [...new Set(asked.map(({ owner }) => owner))].flatMap((owner) => {
    const own = asked.filter((check) => check.owner === owner);
    const isCleared = standingOf(own, owner) === 'cleared';
    const dueAt = own.map((check) => check.dueAt).reduce((a, b) => (a > b ? a : b));
    return [
      {
        kind: conditionOf(own[0]?.authority ?? ''),
        owner,
        legalBasis: [...new Set(own.map(({ legalBasis }) => legalBasis))].join('；'),
        metAt: isCleared ? at : null,
        evidence: isCleared ? own.map(({ id }) => `check:${id}`).join(', ') : null,
        dueAt,
      },
    ];
  });
}
