/**
 * Object pool of buffers of one size, so that the work of the garbage collector does not grow with the length of an
 * export.
 */
export interface BlockPool {
  readonly blockBytes: number;
  take(): Buffer;
  giveBack(block: Buffer): void;
}

/** Keeps at most `keep` idle blocks of `blockBytes` bytes each. */
export function createBlockPool(blockBytes: number, keep: number): BlockPool {
  const idle: Buffer[] = [];
  return {
    blockBytes,
    take: () => idle.pop() ?? Buffer.allocUnsafeSlow(blockBytes),
    giveBack: (block) => {
      if (idle.length < keep) idle.push(block);
    },
  };
}
