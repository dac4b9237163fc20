/** A message that is not sent yet: its bytes, and its text where that can be shown and mended. */
export interface Draft {
  readonly bytes: Blob;
  readonly text: string;
  /** False for a file too large to be mended in a page. */
  readonly isShown: boolean;
  readonly name: string;
}

/** Files up to here are shown for mending. */
const SHOWN_BYTES_MAX = 500_000;

/** What was typed or pasted, in UTF-8. */
export const written = (text: string): Draft => ({
  bytes: new Blob([text]),
  text,
  isShown: true,
  name: '',
});

export const noDraft: Draft = written('');

/** A file goes as it is, in its own encoding, until it is mended. */
export async function draftOf(file: File): Promise<Draft> {
  if (file.size > SHOWN_BYTES_MAX) {
    return { bytes: file, text: '', isShown: false, name: file.name };
  }
  return { bytes: file, text: textOf(await file.arrayBuffer()), isShown: true, name: file.name };
}

/** UTF-8, or what Chinese systems write where it is none. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
