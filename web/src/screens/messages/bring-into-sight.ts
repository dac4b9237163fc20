/** Where in its pane something stands that is brought into sight: a third from the top. */
const FROM_TOP = 1 / 3;

/** Scrolls a pane, and nothing around it, so that the first thing that is marked can be seen. */
export function bringIntoSight(pane: HTMLElement | null, marked: string): void {
  const found = pane?.querySelector(marked);
  if (!pane || !found) return;
  const offset = found.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += offset - pane.clientHeight * FROM_TOP;
}
