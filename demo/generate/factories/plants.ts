import { aircraft } from './aircraft.ts';
import { bicycles } from './bicycles.ts';
import { chips } from './chips.ts';
import type { Plant } from './plant.ts';

/** The factories of the demo port: one at one site, one over two, one with dies by the thousand. */
export const PLANTS: readonly Plant[] = [bicycles(), aircraft(), chips()];
