import type { Command } from 'commander';
import { bondedCommand as contextCommand, remoteInlet } from '../../contexts/bonded/index.ts';
import { type Refusal, Refused } from '../../kernel/refusal.ts';
import { findHolder } from '../../platform/claim.ts';
import { askServer } from './ask-server.ts';
import { readValues } from './open.ts';

export interface BondedDeps {
  readonly print: (line: string) => void;
  readonly setExitCode: (code: number) => void;
  readonly sentenceOf: (refusal: Refusal) => { readonly zh: string; readonly en: string };
}

/** `jianghai bonded …`: a ledger has one writer, which is the server's; files go through it. */
export const bondedCommand = (deps: BondedDeps): Command =>
  contextCommand({
    ...deps,
    progress: process.stderr,
    withInlet: async (work) => {
      const { dataFolder } = readValues();
      if (!(await findHolder(dataFolder))) {
        throw new Refused('conflict', { code: 'bonded.no_server', seen: dataFolder });
      }
      return work(remoteInlet(await askServer(dataFolder)));
    },
  });
