import { useCodeName } from '../../parts/code-select.tsx';

/** A unit by its name in the reader's language: `035` is 千克. What is no code of the table stays as it is. */
export function Unit({ code }: { readonly code: string }) {
  return <>{useCodeName('unit', code) ?? code}</>;
}
