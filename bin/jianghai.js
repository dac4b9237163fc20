#!/usr/bin/env node
import { launch } from './launch.js';

await launch('../dist/src/apps/cli/main.js');
