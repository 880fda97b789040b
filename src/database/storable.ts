import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type PrimitiveValueListNode,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
  type ValueNode,
} from 'kysely';
import { isStorable, storable, storableValue } from '../domain/storable-text.ts';

declare const checked: unique symbol;

/** JSON text that every `jsonb` column takes. Only `storedJson` makes it. */
export type StoredJson = string & { readonly [checked]: true };

/**
 * A value as JSON text for a `jsonb` column: PostgreSQL refuses the escapes of NUL and of half a surrogate pair there.
 * Throws TooDeepError for more than 200 levels.
 */
export function storedJson(value: object): StoredJson {
  return JSON.stringify(storableValue(value)) as StoredJson;
}

/** Makes every text among a query's parameters storable. */
class StorableParameters extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    const { value } = node;
    if (typeof value === 'string') return isStorable(value) ? node : { ...node, value: storable(value) };
    return Array.isArray(value) ? { ...node, value: storableValue(value) } : node;
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    const isFine = node.values.every((value) => typeof value !== 'string' || isStorable(value));
    if (isFine) return node;
    return { ...node, values: node.values.map((value) => (typeof value === 'string' ? storable(value) : value)) };
  }
}

/**
 * Last check before the database: makes every text among the parameters storable, whatever its source, so that one odd
 * character cannot fail a transaction.
 */
export class StorableParametersPlugin implements KyselyPlugin {
  readonly #transformer = new StorableParameters();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node, queryId);
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}
