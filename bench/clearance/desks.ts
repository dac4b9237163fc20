import type {
  AcknowledgementResult,
  ReleaseFeed,
} from '../../src/contexts/cargo/releases/contract.ts';
import type { WorkItem } from '../../src/contexts/clearance/contract.ts';
import type { CheckPage } from '../../src/contexts/clearance/linkage/contract.ts';
import type { BillPage, PaymentResult } from '../../src/contexts/duty/contract.ts';
import type { Sender } from './sender.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

/** What people and systems that work through lists do at once. */
const TASKS = 4;
const CHECKS = 10;
const PAYMENTS = 200;
const NOTICES = 500;

/** What two officers write down when the goods are as declared. */
const EXAMINED = {
  methods: ['unpackPartly'],
  officers: ['陈立', '周敏'],
  attendance: { name: '王强', signature: '王强', absentReason: null },
};

/** Those who work through lists: payers, the terminal's system, officers and other authorities. */
export function createDesks({ send }: Sender, tally: Tally, { keys }: World) {
  /** Somebody else's step in between, or goods that are not there yet, are no fault. */
  const act = async (path: string, key: string, said: object): Promise<void> => {
    try {
      await send('POST', path, key, said);
      tally.findings += 1;
    } catch (error) {
      if (!(error as Error).message.includes(': 409')) throw error;
    }
  };
  return {
    async pay(): Promise<void> {
      const path = `/api/duty/bills?status=payable&limit=${PAYMENTS}`;
      const { rows } = await send<BillPage>('GET', path, keys.window);
      if (rows.length === 0) return;
      const payments = rows.map(({ declaration, outstanding: amount }) => ({
        ...{ id: `PAY-${declaration}`, declaration, amount, reference: declaration },
      }));
      const { results } = await send<{ results: PaymentResult[] }>(
        ...(['POST', '/api/duty/payments', keys.window, { payments }] as const),
      );
      for (const { payment, outcome, applied, refusals } of results) {
        if (outcome === 'refused') tally.fault(`${payment}: ${refusals[0]?.code}`);
        else tally.paid[payment] = applied;
      }
    },

    async acknowledge(): Promise<void> {
      const path = `/api/releases/feed?limit=${NOTICES}`;
      const { items } = await send<ReleaseFeed>('GET', path, keys.terminal);
      if (items.length === 0) return;
      const { results } = await send<{ results: AcknowledgementResult[] }>(
        ...(['POST', '/api/releases/acknowledgements', keys.terminal] as const),
        { acknowledgements: items.map(({ release, toAcknowledge: of }) => ({ release, of })) },
      );
      for (const { release, outcome } of results) {
        if (outcome === 'done') tally.acknowledged.add(release);
      }
    },

    async work(): Promise<void> {
      const { items } = await send<{ items: WorkItem[] }>('GET', '/api/work-list', keys.officer);
      const waiting = items.filter(({ task }) => task in STEPS);
      for (const { id, task } of waiting.slice(0, TASKS)) {
        const [step, said] = STEPS[task] ?? ['', {}];
        await act(`/api/declarations/${id}/${step}`, keys.officer, said);
      }
    },

    async answerChecks(): Promise<void> {
      for (const key of [keys.authority, keys.officer]) {
        const path = `/api/checks?status=pending&limit=${CHECKS}`;
        const { items } = await send<CheckPage>('GET', path, key);
        for (const { id } of items) {
          const said = { outcome: 'passed', note: '符合要求' };
          await act(`/api/checks/${encodeURIComponent(id)}/answer`, key, said);
        }
      }
    },
  };
}

/** What an officer does next with what is on the list. */
const STEPS: Readonly<Partial<Record<WorkItem['task'], readonly [string, object]>>> = {
  documentaryCheck: ['documentary-check', { outcome: 'passed' }],
  examination: ['examinations', EXAMINED],
  disposition: ['disposition', { disposition: 'release' }],
};
