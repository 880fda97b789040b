/** FNV-1a over UTF-16 code units, 32 bits: a feature's name becomes a number ("hashing trick"), so no names are shipped. */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
