import type { AssetMention } from '../domain/asset-mentions.ts';
import type { AssetKind } from '../domain/assets.ts';
import type { DataSelection } from '../domain/policy.ts';

/** The object of a command. `end` is the index of the token after it; `names` are the token ranges of its names. */
export type Target = { readonly end: number; readonly names: readonly (readonly [number, number])[] } & (
  | {
      readonly type: 'assets';
      readonly assets: readonly AssetMention[];
      /** The least certain mark among the names. */
      readonly mark: 'quoted' | 'kind' | 'identifier' | 'plain';
      /** True when a name without a kind contains a word for something that Studio does not have. */
      readonly foreign: boolean;
    }
  | { readonly type: 'every'; readonly kind?: AssetKind }
  | {
      readonly type: 'workspace';
      readonly name?: string;
      /** Longer names that may begin with `name`. */
      readonly longer?: readonly string[];
      readonly data?: DataSelection;
      readonly plural: boolean;
      readonly definite: boolean;
      /** "a workspace": no particular one. */
      readonly indefinite?: true;
      /** Named by an owner who is not the speaker. */
      readonly someoneElses?: true;
      /** The name may be that of something else; too uncertain for a deletion. */
      readonly unsure?: true;
    }
  | { readonly type: 'person'; readonly subject: string; readonly sure: boolean }
  /** `plural` for pronouns that refer to several things and never to a whole workspace. */
  | { readonly type: 'pronoun'; readonly plural?: true }
  /** A kind without a name. */
  | {
      readonly type: 'kind';
      readonly kind: AssetKind;
      readonly plural: boolean;
      /** "a dataset": no particular one, so it does not refer back either. */
      readonly indefinite?: true;
      /** No word before the plural selects some of them. */
      readonly unlimited?: true;
    }
  /** Something that Studio does not have. */
  | { readonly type: 'elsewhere' }
);
