/** Counting semaphore over the bytes held in memory at the same time; first come, first served. */
export interface ByteBudget {
  /** Waits until `bytes` are free and takes them. More than the total counts as the total. */
  take(bytes: number): Promise<void>;
  giveBack(bytes: number): void;
}

export function createByteBudget(total: number): ByteBudget {
  let free = total;
  const waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  const serve = () => {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.bytes;
      next.go();
    }
  };
  return {
    take: (bytes) =>
      new Promise((go) => {
        waiting.push({ bytes: Math.min(bytes, total), go });
        serve();
      }),
    giveBack(bytes) {
      free += Math.min(bytes, total);
      serve();
    },
  };
}
