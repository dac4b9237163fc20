import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import { backup, restore } from '../../platform/backup/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { AFTER_RESTORE } from '../../platform/event-log/event-log.ts';
import { createLog } from '../../platform/log.ts';
import { migrationSources } from '../migrations.ts';
import { foldersOf, type SettingValues } from '../server.ts';
import { readValues, withPostgres } from './open.ts';

interface Options {
  readonly json?: boolean;
}

/** What a backup takes along besides the database. The pool's event tables are made again from it. */
function placesOf({ dataFolder }: SettingValues): Record<string, string> {
  const { files, poolImports, demo, secret, chemicals } = foldersOf(dataFolder);
  return { files, imports: poolImports, demo, secret, chemicals };
}

export function backupCommand({ print }: { print: (line: string) => void }): Command {
  return new Command('backup')
    .description('copy everything, as it stands at one moment; the server may go on')
    .argument('<folder>', 'the folder to make')
    .option('--json', 'print the manifest as JSON')
    .action(async (folder: string, options: Options) => {
      const manifest = await withPostgres(({ pool }, values) =>
        backup({ pool, folder, files: placesOf(values), at: systemClock.now() }),
      );
      if (options.json) return print(JSON.stringify(manifest));
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      print(
        `Backed up ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files to ${folder}.`,
      );
      print('Try it: jianghai restore it into an empty data folder, then jianghai audit verify.');
    });
}

export function restoreCommand({ print }: { print: (line: string) => void }): Command {
  return new Command('restore')
    .description('bring a backup back into an empty data folder or database')
    .argument('<folder>', 'the backup')
    .option('--json', 'print the manifest as JSON')
    .action(async (folder: string, options: Options) => {
      const manifest = await withPostgres(({ db, pool }, values) =>
        restore(
          {
            db,
            pool,
            folder,
            files: placesOf(values),
            sources: migrationSources,
            afterRestore: [AFTER_RESTORE],
          },
          createLog('warn'),
        ),
      );
      await rm(foldersOf(readValues().dataFolder).poolFile, { force: true });
      if (options.json) return print(JSON.stringify(manifest));
      print(
        `Restored the backup of ${manifest.madeAt}. The pool makes its event tables again at the next start.`,
      );
    });
}
