import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, envelopeAt, type Role } from '../../identity/index.ts';
import { createEngine, createHistory, loadPolicy } from '../../risk/index.ts';
import type { ConditionKind, Declaration, DeclarationInput } from '../contract.ts';
import type { ClearanceEvent } from '../events.ts';
import { BROKER, content } from '../fixtures.ts';
import type { FilingProvider, Prepared } from '../provider.ts';
import { createClearance } from '../service/index.ts';

/** A small port for stories of modes: its people, its providers, and a clock that is told the time. */

export const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  ...{ personId: name, name, postId: `${name}-post`, organisationId: BROKER, roles: [role] },
  ...{ offices: [], mayBackdate: false, via: 'session' },
  ...changes,
});
export const broker = actor('broker', 'declarant');
export const terminal = actor('terminal', 'terminal', { organisationId: 'terminal' });
export const officer = actor('officer', 'portOfficer', { offices: ['2225'] });
export const inland = actor('inland', 'portOfficer', { offices: ['2244'] });

/** A summary that leaves to the second step what it may. */
export const SUMMARY: Partial<DeclarationInput> = {
  filing: 'twoStep',
  tradeTerms: null,
  packages: { kind: null, count: 10 },
  netMassKg: null,
  parties: { ...content().parties, overseas: null },
  lines: [{ ...content().lines[0], lineNo: 1, hsCode: '848210', unitPrice: null, netMassKg: null }],
};
export const WHOLE: Partial<DeclarationInput> = { filing: 'twoStep' };

const START = '2026-07-02T01:00:00.000Z';
/** Providers answer for everything; quarantine has something to ask where a laboratory is remarked. */
const KINDS: readonly ConditionKind[] = [
  'quarantineCleared',
  'taxPaidOrGuaranteed',
  'permitsWrittenDown',
  'authorityCleared',
  'manifestMatched',
];

export async function openPort() {
  const database = await testDatabase();
  const clock = createManualClock(START);
  const givenBack: string[] = [];
  const provider: FilingProvider = {
    kinds: KINDS,
    async prepare(_tx, requests) {
      return new Map(requests.map(({ id, content: { remarks } }) => [id, asked(remarks)]));
    },
    async record() {},
    async giveBack(_tx, declaration) {
      givenBack.push(declaration);
    },
  };
  const policy = loadPolicy();
  /** The same port, with the random sample taking none of the goods, or all of them. */
  const openWith = (rate: number) =>
    createClearance({
      db: database.db,
      clock,
      engine: createEngine({
        policy: { ...policy, sample: { ...policy.sample, rate, rateByGrade: {} } },
        seed: 's',
      }),
      history: createHistory(),
      inForce: (_, code) => code !== 'XX',
      gradeOn: () => 'certified',
      providers: [provider],
      notComputed: new Set(),
      committed: () => undefined,
    });
  const quiet = openWith(0);
  const strict = openWith(1);
  const eventsOf = async (id: string) =>
    (await readStream(database.db, `declaration:${id}`)) as ClearanceEvent[];
  const kindsOf = async (id: string) =>
    (await eventsOf(id)).map(({ kind }) => kind.replace('clearance.', ''));
  let filed = 0;

  return {
    db: database.db,
    drop: () => database.drop(),
    clock,
    givenBack,
    quiet,
    strict,
    eventsOf,
    kindsOf,
    newId: () => `M-${++filed}`,
    /** Files what must be accepted, and tells its id. */
    async file(changes: Partial<DeclarationInput>, through = quiet): Promise<string> {
      const id = `M-${++filed}`;
      const filing = { id, content: content(changes) };
      const { outcome, problems } = await through.filings.fileOne(broker, filing);
      if (outcome === 'returned') throw new Error(JSON.stringify(problems));
      return id;
    },
    arrive: (id: string) => quiet.acts.confirmArrival(terminal, id, { premises: '外四期' }),
    now: async (id: string): Promise<Declaration> =>
      (await quiet.reads.detail(broker, id)).declaration,
    /** The laboratory's answer, as a follower of the event log would bring it. */
    answer: (declaration: string, condition: ConditionKind) =>
      inTransaction(database.db, (tx) => {
        const at = clock.now();
        const envelope = { ...envelopeAt(at, at, declaration), actor: 'lab' };
        const met = { condition, owner: null, evidence: 'CIQ-1' };
        return quiet.takeAnswers(tx, [{ declaration, envelope, ...met }]);
      }),
    /** Looks at the deadlines of a day; how often that declaration was warned and expired by then. */
    async toldOn(on: string, id: string): Promise<[warned: number, expired: number]> {
      clock.set(`${on}T04:00:00.000Z`);
      await quiet.lookAtClocks(on);
      const kinds = await kindsOf(id);
      const count = (kind: string) => kinds.filter((each) => each === kind).length;
      return [count('clockWarned'), count('clockExpired')];
    },
    restart: () => clock.set(START),
  };
}
export type Port = Awaited<ReturnType<typeof openPort>>;

function asked(remarks: string | null): Prepared {
  if (remarks !== 'laboratory') return { problems: [], requirements: [] };
  const open = { metAt: null, evidence: null, dueAt: null };
  const owner = '2225';
  return {
    problems: [],
    requirements: [{ kind: 'quarantineCleared', owner, legalBasis: 'x', ...open }],
  };
}
