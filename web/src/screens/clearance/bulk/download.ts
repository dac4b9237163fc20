/** Gives text made on this page to the reader as a file. */
export function download(name: string, text: string, type = 'application/x-ndjson'): void {
  const source = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = source;
  link.download = name;
  link.click();
  URL.revokeObjectURL(source);
}
