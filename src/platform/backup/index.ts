export { type BackupRequest, backup } from './backup.ts';
export type { BackupManifest } from './manifest.ts';
export { type RestoreRequest, restore } from './restore.ts';
