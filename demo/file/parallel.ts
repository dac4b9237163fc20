/** Works through items, so many at once; the first failure stops the rest and is thrown. */
export async function inParallel<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failed = false;
  async function worker(): Promise<void> {
    for (let item = queue.next(); !item.done && !failed; item = queue.next()) {
      try {
        await work(item.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
}
