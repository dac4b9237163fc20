import { addDays, type Instant, localDateOf } from '../../../kernel/dates.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { PartnerHealth } from './contract.ts';
import { habitualPauseMs, isSilent } from './silence.ts';
import { daysOf, type Partners, sendingOf } from './store.ts';

/** How many days of a connection its health is told by. */
const HEALTH_DAYS = 30;
/** From how many days its habit is learnt. */
const HABIT_DAYS = 90;
const HOUR_MS = 3_600_000;

/** How the connections within reach fare, the one heard last first; of one partner only, if asked. */
export async function partnersHealth(
  { db, now }: { readonly db: Db; readonly now: Instant },
  reach: Partners,
  only?: string,
): Promise<PartnerHealth[]> {
  const of = only === undefined ? reach : reach === null || reach.includes(only) ? [only] : [];
  const today = localDateOf(now);
  const since = addDays(today, 1 - HEALTH_DAYS);
  const month = beginOf(since);
  const habit = beginOf(addDays(today, 1 - HABIT_DAYS));
  const [sending, days] = await Promise.all([
    sendingOf(db, of, { today: beginOf(today), month, habit }),
    daysOf(db, of, month),
  ]);
  return sending.map(({ sendingDays, longestPauseMs, ...row }) => {
    const kept = { sendingDays, longestPauseMs, lastReceivedAt: row.lastReceivedAt };
    const pause = habitualPauseMs(kept);
    const own = days.filter(({ partner }) => partner === row.partner);
    return {
      ...row,
      refusedPercent: share(row),
      days: everyDay(since, own),
      longestPauseHours: pause === null ? null : Math.round((pause * 10) / HOUR_MS) / 10,
      isSilent: isSilent(kept, now),
    };
  });
}

const beginOf = (day: string): string => `${day}T00:00:00+08:00`;

/** Refused of a hundred received, to a tenth. */
const share = ({ received, refused }: Pick<PartnerHealth, 'received' | 'refused'>): number =>
  received === 0 ? 0 : Math.round((refused * 1000) / received) / 10;

type Day = PartnerHealth['days'][number];

/** Every day of the span, those on which nothing came too. */
function everyDay(since: string, sent: readonly Day[]): Day[] {
  const known = new Map(sent.map(({ day, received, refused }) => [day, { received, refused }]));
  return Array.from({ length: HEALTH_DAYS }, (_, n) => {
    const day = addDays(since, n);
    return { day, ...(known.get(day) ?? { received: 0, refused: 0 }) };
  });
}
