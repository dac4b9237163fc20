import { existsSync } from 'node:fs';
import module from 'node:module';

/**
 * Runs `main(argv)` of a built module; what it resolves to is the exit code. In a checkout, where
 * there are sources, what has changed in them is built first.
 */
export async function launch(path) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`Jianghai needs Node 20.19 or later; this is ${process.versions.node}.\n`);
    process.exitCode = 2;
    return;
  }
  module.enableCompileCache?.();
  if (existsSync(new URL('../src', import.meta.url)) && !(await isBuilt())) return;
  const { main } = await import(new URL(path, import.meta.url).href);
  process.exitCode = await main(process.argv.slice(2));
}

async function isBuilt() {
  const { build, BuildFailed } = await import('../scripts/build.js');
  try {
    await build();
    return true;
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
    return false;
  }
}
