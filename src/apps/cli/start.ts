import { Command } from 'commander';
import { createLog } from '../../platform/log.ts';
import { startServer } from '../server.ts';
import { createFilingProgress } from './filing-progress.ts';
import { readValues } from './open.ts';

interface StartOptions {
  readonly port?: string;
  readonly messages?: string;
  readonly demo: boolean;
  readonly demoScale?: string;
}

/** What the person who waits is told, step by step. */
const STEPS: Readonly<Record<string, string>> = {
  startingPostgres: 'Starting PostgreSQL · 启动数据库',
  migrating: 'Bringing the schema up to date · 升级表结构',
  openingPool: 'Opening the data pool · 打开数据池',
  readingHistory: 'Reading the history of earlier declarations · 读取历史申报',
};

export function startCommand({ print }: { print: (line: string) => void }): Command {
  return new Command('start')
    .description(
      'start the server; with nothing configured, PostgreSQL and the pool live in the data folder',
    )
    .option('--port <number>', 'port to listen on')
    .option('--messages <folder>', 'folder partners put messages into')
    .option('--no-demo', 'do not make a new data folder a demo port')
    .option('--demo-scale <declarations>', 'size of the demo port')
    .action(async (options: StartOptions) => {
      const values = readValues({ port: options.port, messagesFolder: options.messages });
      // On a terminal a person reads; the log of every request is for machines.
      const isForPeople = process.stdout.isTTY && values.logLevel === 'info';
      const log = createLog(isForPeople ? 'warn' : values.logLevel);
      const server = await startServer(values, {
        demo: options.demo,
        demoScale: options.demoScale ?? null,
        log,
        say: (step) => print(`… ${STEPS[step] ?? step}`),
        onProgress: createFilingProgress(process.stdout),
      });
      print(`\nJianghai 江海 is ready: ${server.url}`);
      if (server.demo)
        print('A demo port: all data is generated. Accounts are on the sign-in page.');
      if (server.operatorPassword) {
        print(`First account, told once: operator / ${server.operatorPassword}`);
      }
      print('Ctrl-C stops it. · 按 Ctrl-C 停止。\n');
      await stopSignal();
      print('Stopping · 正在停止 …');
      await server.stop();
      print('Stopped. Everything is kept in the data folder. · 已停止，数据均已保存。');
    });
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
