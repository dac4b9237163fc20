/** What the filer is doing, told to whoever started it: as JSON lines, and by IPC where there is one. */
export interface Progress {
  readonly phase: 'generating' | 'settingUp' | 'filing' | 'examining' | 'done';
  readonly done: number;
  readonly of: number;
  /** The day of the quarter that is being filed. */
  readonly day?: string;
}

const INTERVAL_MS = 250;

export function createReporter(): (progress: Progress) => void {
  let last = { phase: '', at: 0 };
  return (progress) => {
    const now = Date.now();
    const isWorthTelling = progress.phase !== last.phase || now - last.at >= INTERVAL_MS;
    if (!isWorthTelling) return;
    last = { phase: progress.phase, at: now };
    process.stdout.write(`${JSON.stringify({ progress })}\n`);
    process.send?.({ progress });
  };
}
