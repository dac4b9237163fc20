import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Debian's own Python, for which scikit-learn and XGBoost are packaged. */
const PYTHON = '/usr/bin/python3';

export interface Peers {
  /** Those this machine has. */
  readonly names: readonly string[];
  ask(order: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

const NONE: Peers = {
  names: [],
  ask: async () => assert.fail('There is nobody to ask.'),
  stop: async () => undefined,
};

/** One process for the whole run, so that what is timed is training and not the start of Python. */
export async function startPeers(
  folder: string,
  width: number,
  log: (line: string) => void,
): Promise<Peers> {
  const python = spawn(PYTHON, ['bench/gbdt/peers.py', folder, String(width)], {
    env: { ...process.env, OMP_NUM_THREADS: '1', OMP_WAIT_POLICY: 'passive' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(python, 'close').catch(() => undefined);
  const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await answers.next();
    assert(done !== true, 'The peers gave up.');
    return JSON.parse(value);
  };
  let versions: Record<string, unknown>;
  try {
    versions = await answer();
  } catch {
    log(`${PYTHON} with NumPy is not here: no peers.`);
    await ended;
    return NONE;
  }
  for (const [name, version] of Object.entries(versions)) {
    log(version === null ? `${name} is not here.` : `${name} ${version}`);
  }
  return {
    names: Object.keys(versions).filter((name) => versions[name] !== null),
    ask(order) {
      python.stdin.write(`${JSON.stringify(order)}\n`);
      return answer();
    },
    async stop() {
      python.stdin.end();
      await ended;
    },
  };
}
