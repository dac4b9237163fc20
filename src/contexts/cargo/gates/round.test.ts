// Many lorries at the gates at once: they are decided together, and each as if it had come alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type PassportEvent, streamOf } from './events.ts';
import { codesOf, firm, numberOf, openWorld, part, terminal, type World } from './testing.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.database.drop());

/** Lorries with a passport each for one piece of a list. */
async function lorriesOf(no: string, count: number): Promise<{ own: string; number: string }[]> {
  const lorries: { own: string; number: string }[] = [];
  for (let n = 0; n < count; n += 1) {
    const own = await world.vehicle();
    const applied = await world.gates.applications.apply(firm, world.lorry(no, own, part(no, '1')));
    lorries.push({ own, number: numberOf(applied) });
  }
  return lorries;
}

const weighing = (kg: number) => ({ weighing: { kg: String(kg) } });
const read = (reading: ReturnType<World['at']>) => world.gates.readAtGate(terminal, reading);
const lifeOf = async (number: string): Promise<PassportEvent[]> =>
  (await readStream(world.database.db, streamOf(number))) as PassportEvent[];

test('each has its own verdict, and of a list the last lorry finds it complete', async () => {
  const lorries = await lorriesOf(await world.list('8'), 8);
  const [first] = lorries;
  const stranger = await world.vehicle();
  const readings = lorries.map(({ own }, n) => world.at(own, weighing(15_001 + n)));
  const [again = world.at(stranger)] = readings;
  const answers = await Promise.all([
    ...readings.map(read),
    read(world.at(stranger, weighing(15_020))),
    read(world.at(stranger, { ...weighing(15_021), passport: first?.number ?? '' })),
    read(again),
  ]);
  expect(answers.map(({ verdict }) => verdict)).toEqual([
    ...lorries.map(() => 'open'),
    ...['refuse', 'refuse', 'open'],
  ]);
  expect(answers.slice(0, 8).map(({ passport }) => passport)).toEqual(
    lorries.map(({ number }) => number),
  );
  expect(codesOf(answers[8]?.reasons ?? [])).toEqual(['cargo.no_passport']);
  expect(codesOf(answers[9]?.reasons ?? [])).toContain('cargo.plate_differs');
  expect(answers.at(-1)).toEqual({ ...answers[0], repeated: true });

  const lives = await Promise.all(lorries.map(({ number }) => lifeOf(number)));
  expect(lives.every((life) => life.every(({ seq }, n) => seq === n + 1))).toBe(true);
  const completed = lives.flatMap((life) =>
    life.flatMap((event) => (event.kind === 'cargo.passportCompleted' ? event.payload.papers : [])),
  );
  expect(completed.filter(({ isComplete }) => isComplete)).toHaveLength(1);
  expect(completed).toHaveLength(8);
});

test('a reading whose id is taken is refused, and those beside it are not', async () => {
  const [one, two] = await lorriesOf(await world.list('2'), 2);
  const [first, taken] = [world.at(one?.own ?? ''), world.at(two?.own ?? '')];
  const other = { ...taken, id: first.id };
  const [opened, refused, beside] = await Promise.allSettled([first, other, taken].map(read));
  expect(opened).toMatchObject({ status: 'fulfilled', value: { verdict: 'open' } });
  expect(refused).toMatchObject({ status: 'rejected', reason: { kind: 'conflict' } });
  expect(beside).toMatchObject({ status: 'fulfilled', value: { verdict: 'open' } });
});

test('of two servers that see a reading at the same moment one decides it, and the other finds it', async () => {
  const servers = [world.gates, world.open()];
  for (let round = 0; round < 8; round += 1) {
    const [one, two] = await lorriesOf(await world.list('2'), 2);
    const reading = world.at(one?.own ?? '', weighing(15_100 + round));
    const answers = await Promise.all(servers.map((gates) => gates.readAtGate(terminal, reading)));
    expect(answers.map(({ repeated }) => repeated).toSorted()).toEqual([false, true]);
    const life = await lifeOf(one?.number ?? '');
    expect(life.filter(({ kind }) => kind === 'cargo.crossed')).toHaveLength(1);

    const first = world.at(two?.own ?? '', weighing(15_200 + round));
    const other = { ...first, plate: world.plate() };
    const ended = await Promise.allSettled(
      [first, other].map((each, server) => servers[server]?.readAtGate(terminal, each)),
    );
    const refused = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toMatchObject([{ kind: 'conflict' }]);
  }
});

test('a bridge that sticks is noticed among lorries that come at once', async () => {
  const lorries = await lorriesOf(await world.list('5'), 5);
  const answers = await Promise.all(
    lorries.map(({ own }) => read(world.at(own, weighing(15_033)))),
  );
  expect(answers.map(({ reasons, verdict }) => reasons[0]?.code ?? verdict)).toEqual([
    ...['open', 'open', 'open'],
    ...['cargo.weight_stuck', 'cargo.weight_stuck'],
  ]);
});
