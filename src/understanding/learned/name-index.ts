import type { Token } from '../token.ts';
import { textOf, tokenise, type Utterance } from '../utterance.ts';
import { type KnownNames, longestSegment } from './segment-features.ts';

/** The name of an existing workspace or asset. */
export interface ExistingName {
  readonly name: string;
  readonly isWorkspace: boolean;
}

/** Bits for the kind of thing that a name belongs to; both are set when an asset and a workspace have the same name. */
export const ofAsset = 1;
export const ofWorkspace = 2;

interface Node {
  named: number;
  readonly next: Map<string, Node>;
}

/** The existing names as a trie over tokens, so that one pass over a message finds all of them. */
export class NameIndex {
  readonly #root: Node = { named: 0, next: new Map() };

  constructor(names: Iterable<ExistingName>) {
    for (const { name, isWorkspace } of names) this.#add(name, isWorkspace ? ofWorkspace : ofAsset);
  }

  /** The names that occur in a message as whole tokens. Linear in the number of tokens. */
  in({ tokens }: Utterance): KnownNames {
    return tokens.map((_, start) => this.#from(tokens, start));
  }

  /** The kind of thing that has this name: `ofAsset`, `ofWorkspace`, both, or 0 for none. */
  named(name: string): number {
    const { tokens } = tokenise(name);
    return this.#from(tokens, 0).get(tokens.length) ?? 0;
  }

  /** The names that occur in a message, as they are written there. */
  namesIn(utterance: Utterance): ExistingName[] {
    return this.in(utterance).flatMap((ends, start) =>
      [...ends].flatMap(([end, named]) => {
        const name = textOf(utterance, start, end);
        return [ofAsset, ofWorkspace]
          .filter((bit) => (named & bit) !== 0)
          .map((bit) => ({ name, isWorkspace: bit === ofWorkspace }));
      }),
    );
  }

  #add(name: string, named: number): void {
    const { tokens } = tokenise(name);
    if (tokens.length === 0 || tokens.length > longestSegment) return;
    let node = this.#root;
    for (const { lower } of tokens) {
      let next = node.next.get(lower);
      if (next === undefined) {
        next = { named: 0, next: new Map() };
        node.next.set(lower, next);
      }
      node = next;
    }
    node.named |= named;
  }

  #from(tokens: readonly Token[], start: number): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    let node: Node | undefined = this.#root;
    for (let index = start; index < tokens.length; index += 1) {
      node = node.next.get(tokens[index]?.lower ?? '');
      if (node === undefined) break;
      if (node.named !== 0) found.set(index + 1, node.named);
    }
    return found;
  }
}
