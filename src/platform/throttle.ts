/** Runs at once and then at most every `ms`; a call in between is answered at the end of the interval. */
export function throttle(ms: number, work: () => void): () => void {
  let waiting = false;
  let again = false;
  const run = (): void => {
    waiting = true;
    again = false;
    work();
    setTimeout(() => {
      waiting = false;
      if (again) run();
    }, ms).unref();
  };
  return () => {
    if (waiting) again = true;
    else run();
  };
}
