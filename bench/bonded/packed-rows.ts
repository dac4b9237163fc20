const CHUNK_BYTES = 1 << 24;

/** Packed rows one behind the other in large pieces: fifty million lines are three million rows. */
export class PackedRows {
  private readonly chunks: Buffer[] = [];
  private readonly rows: { readonly moments: number[]; readonly ends: number[] }[] = [];
  private used = CHUNK_BYTES;
  bytes = 0;

  add(moment: number, row: Buffer): void {
    if (this.used + row.length > CHUNK_BYTES) {
      this.chunks.push(Buffer.allocUnsafeSlow(CHUNK_BYTES));
      this.rows.push({ moments: [], ends: [] });
      this.used = 0;
    }
    this.chunks.at(-1)?.set(row, this.used);
    this.used += row.length;
    this.bytes += row.length;
    this.rows.at(-1)?.moments.push(moment);
    this.rows.at(-1)?.ends.push(this.used);
  }

  each(work: (moment: number, bytes: Uint8Array, start: number, end: number) => void): void {
    for (const [at, { moments, ends }] of this.rows.entries()) {
      const chunk = this.chunks[at] as Buffer;
      for (let row = 0; row < ends.length; row += 1)
        work(moments[row] as number, chunk, ends[row - 1] ?? 0, ends[row] as number);
    }
  }
}
