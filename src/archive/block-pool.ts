/** Reusable buffers of one size, so that a long export does not make the garbage collector's work grow with it. */
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
