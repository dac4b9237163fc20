import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PortRefused, waitUntilReady } from './file/client.ts';
import { fileQuarter } from './file/filer.ts';
import { recall, remember } from './file/memory.ts';
import { createReporter } from './file/progress.ts';
import { setUpPort, signIn } from './file/set-up.ts';
import { createTargeting } from './file/targeting.ts';
import { DECLARATIONS_DEFAULT, generate, SEED_DEFAULT } from './generate/generate.ts';

/**
 * The demo port: writes a quarter of trade into a folder and files it into a running port through
 * its public interface. Stopped and started again, it goes on where it was.
 */
const USAGE = `Usage: node dist/demo/main.js --folder FOLDER [--url URL] [--scale N] [--seed TEXT]
  --folder FOLDER          where the generated files lie, or will
  --url URL                the port to file into; left out, the files are only generated
  --scale N                declarations to generate (default ${DECLARATIONS_DEFAULT})
  --seed TEXT              another seed, another quarter (default ${SEED_DEFAULT})
  --operator NAME          account that may set the port up (default operator)
  --operator-token FILE    file with its password; else JIANGHAI_DEMO_OPERATOR_PASSWORD
`;

/** 1: what was asked cannot be done; 2: the machine or the port failed. */
class BadUsage extends Error {}

function readOptions() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      folder: { type: 'string' },
      'operator-token': { type: 'string' },
      operator: { type: 'string', default: 'operator' },
      scale: { type: 'string', default: String(DECLARATIONS_DEFAULT) },
      seed: { type: 'string', default: SEED_DEFAULT },
      help: { type: 'boolean', default: false },
    },
  });
  const scale = Number(values.scale);
  if (!values.help && !values.folder) throw new BadUsage('--folder is missing.');
  if (!Number.isInteger(scale) || scale < 1 || scale > 1_000_000) {
    throw new BadUsage(`--scale must be a whole number up to 1,000,000, not ${values.scale}.`);
  }
  if (values.url !== undefined && !URL.canParse(values.url)) {
    throw new BadUsage(`--url is not an address: ${values.url}`);
  }
  const { url, folder = '', seed, operator, help } = values;
  return { url, folder, seed, operator, help, scale, tokenFile: values['operator-token'] };
}

function passwordOf(tokenFile: string | undefined): string {
  const password = tokenFile
    ? readFileSync(tokenFile, 'utf8').trim()
    : process.env.JIANGHAI_DEMO_OPERATOR_PASSWORD;
  if (!password) {
    throw new BadUsage(
      'Give the operator’s password: --operator-token or JIANGHAI_DEMO_OPERATOR_PASSWORD.',
    );
  }
  return password;
}

async function run(signal: AbortSignal): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { url, folder, seed, scale } = options;
  const report = createReporter();
  const manifest = await generate({
    folder,
    seed,
    scale,
    onDay: (done, of) => report({ phase: 'generating', done, of }),
  });
  if (!url) {
    process.stdout.write(`${JSON.stringify({ ...manifest, days: manifest.days.length })}\n`);
    return;
  }
  await waitUntilReady(url, signal);
  const account = options.operator;
  const complain = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const file = () =>
    fileQuarter({
      url,
      folder,
      manifest,
      setUp: async () => {
        const password = passwordOf(options.tokenFile);
        return setUpPort(await signIn({ url, account, password, signal }), folder);
      },
      target: (analyst, supervisor) =>
        createTargeting({ analyst, supervisor, folder, manifest, complain, signal }),
      report,
      complain,
      signal,
    });
  try {
    await file();
  } catch (error) {
    if (!(error instanceof PortRefused && error.status === 401)) throw error;
    // The keys remembered from an earlier run were revoked: ask for new ones, once.
    remember(folder, { ...recall(folder, manifest.sha256), keys: null });
    await file();
  }
}

const stop = new AbortController();
// Each of the thousands of requests listens to it until it is collected: that is no leak.
setMaxListeners(0, stop.signal);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
// A filer whose port is gone has nobody to file for.
process.once('disconnect', () => stop.abort());

try {
  await run(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n`);
    const isUsage =
      error instanceof BadUsage || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    if (isUsage) process.stderr.write(USAGE);
    process.exitCode = isUsage || error instanceof PortRefused ? 1 : 2;
  }
}
if (process.connected) process.disconnect();
