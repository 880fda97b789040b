/** Groups things into arrays of at most `size`, each yielded as soon as it is full. */
export async function* inBatches<Thing>(things: AsyncIterable<Thing>, size: number): AsyncGenerator<readonly Thing[]> {
  let waiting: Thing[] = [];
  for await (const thing of things) {
    waiting.push(thing);
    if (waiting.length < size) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}
