import { parseArgs } from 'node:util';
import {
  type Bench,
  type BenchOptions,
  type Machine,
  type Measured,
  machine,
  readable,
} from './bench.ts';

/** Each is loaded when it is asked for: one that cannot run here does not stand in the way of others. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  assess: async () => (await import('./assess.ts')).assess,
  backtest: async () => (await import('./backtest.ts')).backtest,
  'bonded-explain': async () => (await import('./bonded-explain.ts')).bondedExplain,
  'bonded-import': async () => (await import('./bonded-import.ts')).bondedImport,
  'bonded-properties': async () => (await import('./bonded-properties.ts')).bondedProperties,
  'bonded-post': async () => (await import('./bonded-post.ts')).bondedPost,
  'bonded-reconcile': async () => (await import('./bonded-reconcile.ts')).bondedReconcile,
  'bonded-trace': async () => (await import('./bonded-trace.ts')).bondedTrace,
  clearance: async () => (await import('./clearance.ts')).clearance,
  differential: async () => (await import('./differential.ts')).differential,
  duty: async () => (await import('./duty.ts')).duty,
  gbdt: async () => (await import('./gbdt/gbdt.ts')).gbdt,
  identify: async () => (await import('./identify.ts')).identify,
  intake: async () => (await import('./intake.ts')).intake,
  misclassification: async () => (await import('./misclassification.ts')).misclassification,
  'names-to-un': async () => (await import('./names-to-un.ts')).namesToUn,
  planted: async () => (await import('./planted.ts')).planted,
  messages: async () => (await import('./messages.ts')).messages,
  kill: async () => (await import('./kill.ts')).kill,
  pool: async () => (await import('./pool.ts')).pool,
  precursors: async () => (await import('./precursors.ts')).precursors,
  quality: async () => (await import('./quality.ts')).quality,
  rules: async () => (await import('./rules.ts')).rules,
  segregation: async () => (await import('./segregation.ts')).segregation,
  selection: async () => (await import('./selection/selection.ts')).selection,
  start: async () => (await import('./start.ts')).start,
  yard: async () => (await import('./yard.ts')).yard,
};

const USAGE =
  'npm run bench -- NAME [--json] [--quick] [--seed N] [--rates FILE] [--movements N] [--generator NAME]';

/** `npm run bench -- NAME`: progress goes to standard error, the result to standard output. */
export async function main(argv: readonly string[]): Promise<number> {
  const asked = read(argv);
  const load = asked ? BENCHES[asked.name] : undefined;
  if (!asked || !load) {
    process.stderr.write(`${USAGE}\nNAME is one of: ${Object.keys(BENCHES).join(', ')}.\n`);
    return 1;
  }
  const { name, quick, json, seed, rates, movements, generator } = asked;
  const bench = await load();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  log(`${name}: ${bench.about}`);
  if (quick) log('Quick: this shows that it runs; its figures are not to be quoted.');
  const measured = await bench.run({
    ...{ quick, log },
    ...(seed !== undefined && { seed }),
    ...(rates !== undefined && { rates }),
    ...(movements !== undefined && { movements }),
    ...(generator !== undefined && { generator }),
  });
  process.stdout.write(
    json
      ? `${JSON.stringify({ name, ...measured, machine: machine() })}\n`
      : `${table(measured, machine())}\n`,
  );
  return 0;
}

interface Asked extends Omit<BenchOptions, 'log'> {
  readonly name: string;
  readonly json: boolean;
}

function read(argv: readonly string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...{ json: { type: 'boolean' }, quick: { type: 'boolean' } },
        ...{ seed: { type: 'string' }, rates: { type: 'string' }, movements: { type: 'string' } },
        generator: { type: 'string' },
      },
    });
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0) return null;
    const { json = false, quick = false, seed, rates, generator } = values;
    const movements = values.movements === undefined ? undefined : Number(values.movements);
    if (movements !== undefined && !(Number.isSafeInteger(movements) && movements > 0)) return null;
    return {
      ...{ name, json, quick },
      ...(seed !== undefined && { seed }),
      ...(rates !== undefined && { rates }),
      ...(movements !== undefined && { movements }),
      ...(generator !== undefined && { generator }),
    };
  } catch {
    return null;
  }
}

function table({ figures, peers, ratios }: Measured, on: Machine): string {
  const rows = [
    ...Object.entries(figures).map(([name, value]) => ({ name, value })),
    ...Object.entries(peers).flatMap(([peer, its]) =>
      Object.entries(its).map(([name, value]) => ({ name: `${peer}: ${name}`, value })),
    ),
    ...Object.entries(ratios).map(([name, value]) => ({ name: `ratio ${name}`, value })),
  ].map(({ name, value }) => ({ name, text: readable(value) }));
  const widest = (of: 'name' | 'text') => Math.max(0, ...rows.map((row) => row[of].length));
  const lines = rows.map(
    ({ name, text }) => `${name.padEnd(widest('name'))}  ${text.padStart(widest('text'))}`,
  );
  const where = `${on.cpu}, ${on.cores} cores, ${on.memory_gb} GB, Node ${on.node}, ${on.os}`;
  return ['', ...lines, '', where].join('\n');
}
