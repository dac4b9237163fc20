import type { Standard } from '../reading/standard.ts';
import { asycuda } from './asycuda/index.ts';
import { cargoManifest } from './cargo-manifest/index.ts';
import { ceb } from './ceb/index.ts';
import { cuscar } from './cuscar/index.ts';
import { cusdec } from './cusdec/index.ts';
import { cusres } from './cusres/index.ts';
import { decMessage } from './dec-message/index.ts';
import { goldgate } from './goldgate/index.ts';
import { iftmin } from './iftmin/index.ts';
import { wco } from './wco/index.ts';

/** Every standard that is read. To add one: a folder, and its line here. */
export const STANDARDS: readonly Standard[] = [
  ceb,
  goldgate,
  decMessage,
  cargoManifest,
  wco,
  asycuda,
  cuscar,
  cusdec,
  cusres,
  iftmin,
];
