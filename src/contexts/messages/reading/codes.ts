/** What each code of a list means. Nothing but the list is asked, whatever a message writes: `constructor` is no code. */
export const codes = <Meaning = string>(
  list: Readonly<Record<string, Meaning>>,
): ReadonlyMap<string, Meaning> => new Map(Object.entries(list));
