import type { AssetKind } from '../domain/assets.ts';
import type { KindDeclaration, SourceDeclaration } from '../domain/source-declaration.ts';
import { studioClassic } from './studio-classic/declaration.ts';

/** Every source that Steward knows. A new one is a folder beside this file and a row here. */
const sources: readonly [SourceDeclaration, ...SourceDeclaration[]] = [studioClassic];

/** The source that a sentence means which names none. */
export const [mainSource] = sources;

/** Every kind of asset, in the order in which cards and archives show them. */
export const kinds: readonly KindDeclaration[] = sources.flatMap((source) => source.kinds);

/** The declaration of each kind. */
export const kindWords = Object.fromEntries(kinds.map((kind) => [kind.id, kind])) as Readonly<
  Record<AssetKind, KindDeclaration>
>;
