import type { Asset } from '../../domain/assets.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { PendingChoice } from '../../domain/request.ts';

/** The assets that an ask names, a question about one of them, or a refusal. */
export type AssetFinding =
  | {
      readonly kind: 'found';
      /** Read from the service during iteration. Throws ServiceFailure. */
      readonly assets: AsyncIterable<Asset>;
      /** Call it after all assets were iterated: the refusal that rules them out, or null. */
      decision(): Refusal | null;
    }
  | { readonly kind: 'choice'; readonly choice: PendingChoice }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };
