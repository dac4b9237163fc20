import { parseArgs } from 'node:util';
import { type Bench, type Machine, type Measured, machine, readable } from './bench.ts';

/** Each is loaded when it is asked for: one that cannot run here does not stand in the way of others. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  assess: async () => (await import('./assess.ts')).assess,
  backtest: async () => (await import('./backtest.ts')).backtest,
  'bonded-explain': async () => (await import('./bonded-explain.ts')).bondedExplain,
  clearance: async () => (await import('./clearance.ts')).clearance,
  differential: async () => (await import('./differential.ts')).differential,
  duty: async () => (await import('./duty.ts')).duty,
  gbdt: async () => (await import('./gbdt/gbdt.ts')).gbdt,
  intake: async () => (await import('./intake.ts')).intake,
  planted: async () => (await import('./planted.ts')).planted,
  kill: async () => (await import('./kill.ts')).kill,
  pool: async () => (await import('./pool.ts')).pool,
  quality: async () => (await import('./quality.ts')).quality,
  rules: async () => (await import('./rules.ts')).rules,
  selection: async () => (await import('./selection/selection.ts')).selection,
  start: async () => (await import('./start.ts')).start,
};

const USAGE = 'npm run bench -- NAME [--json] [--quick]';

/** `npm run bench -- NAME`: progress goes to standard error, the result to standard output. */
export async function main(argv: readonly string[]): Promise<number> {
  const asked = read(argv);
  const load = asked ? BENCHES[asked.name] : undefined;
  if (!asked || !load) {
    process.stderr.write(`${USAGE}\nNAME is one of: ${Object.keys(BENCHES).join(', ')}.\n`);
    return 1;
  }
  const { name, quick, json } = asked;
  const bench = await load();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  log(`${name}: ${bench.about}`);
  if (quick) log('Quick: this shows that it runs; its figures are not to be quoted.');
  const measured = await bench.run({ quick, log });
  process.stdout.write(
    json
      ? `${JSON.stringify({ name, ...measured, machine: machine() })}\n`
      : `${table(measured, machine())}\n`,
  );
  return 0;
}

function read(argv: readonly string[]): { name: string; json: boolean; quick: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
    });
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0) return null;
    return { name, json: values.json ?? false, quick: values.quick ?? false };
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
