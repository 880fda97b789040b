import { z } from 'zod';
import type { ArmTransport } from '../../../azure/arm/arm-transport.ts';
import { isSourceFailure, type ServiceFailure } from '../../../domain/service-failure.ts';
import { text } from '../payload-fields.ts';
import { findArmWorkspace } from './azure-workspaces.ts';

/** The location of a workspace in Azure. */
export interface ArmPlace {
  readonly subscription: string;
  /** Null when Azure does not list the workspace. */
  readonly resourceId: string | null;
}

const Subscription = z.object({ SubscriptionId: text });

/** The part of a workspace's client that the scope reads the subscription with. */
interface SubscriptionReader {
  readonly workspaceId: string;
  json<Schema extends z.ZodType>(
    call: { readonly path: string; readonly doing: string; readonly signal: AbortSignal },
    schema: Schema,
  ): Promise<z.output<Schema>>;
}

/** One workspace in Azure Resource Manager. */
export class ArmScope {
  readonly transport: ArmTransport;
  readonly #client: SubscriptionReader;
  #place: ArmPlace | null = null;

  constructor(transport: ArmTransport, client: SubscriptionReader) {
    this.transport = transport;
    this.#client = client;
  }

  /** Its location, cached once found; null for guest and free workspaces, which have no subscription. Throws ServiceFailure. */
  async place(signal: AbortSignal): Promise<ArmPlace | null> {
    if (this.#place !== null) return this.#place;
    const call = { path: '', doing: 'reading the workspace', signal };
    const subscription = (await this.#client.json(call, Subscription)).SubscriptionId;
    if (subscription === '') return null;
    const resourceId = await findArmWorkspace(this.transport, subscription, this.#client.workspaceId, signal);
    const place = { subscription, resourceId };
    if (resourceId !== null) this.#place = place;
    return place;
  }
}

/** The result of `ask`; null when Azure denies access. Throws ServiceFailure for every other failure. */
export async function nullIfDenied<Result>(ask: () => Promise<Result>): Promise<Result | null> {
  try {
    return await ask();
  } catch (error) {
    if (isAccessDenied(error)) return null;
    throw error;
  }
}

/** True when Azure denied access because of missing rights or a refused sign-in. */
export function isAccessDenied(error: unknown): error is ServiceFailure {
  return isSourceFailure(error) && (error.reason === 'forbidden' || error.reason === 'unauthorized');
}
