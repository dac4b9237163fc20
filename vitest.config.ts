import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

const anywhere = ['src', 'demo', 'bench', 'test', 'web/src'];
const inBrowser = 'test/browser/**/*.test.ts';

export default defineConfig({
  test: {
    // At the root, so that both projects share one PostgreSQL.
    globalSetup: './test/global-setup.ts',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'code',
          include: anywhere.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: [inBrowser],
          maxWorkers: 2,
          // Loading every module anew for each file took a third of the run; nothing here leans on fresh modules.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: [inBrowser],
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
