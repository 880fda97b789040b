import { AzureMLCommitmentPlansManagementClient } from '@azure/arm-commitmentplans';
import { AzureMLWebServicesManagementClient } from '@azure/arm-webservices';
import { MachineLearningWorkspacesManagementClient } from '@azure/arm-workspaces';
import { bearerTokenAuthenticationPolicyName } from '@azure/core-rest-pipeline';
import type { ArmCall, ArmTransport } from './arm-transport.ts';

/** A placeholder credential: the packages require one, but the transport signs every request. */
const signedByTransport = { getToken: async () => null };

/** The official client for workspaces, for one call. */
export function workspacesClient(transport: ArmTransport, subscription: string, call: ArmCall) {
  const client = new MachineLearningWorkspacesManagementClient(
    signedByTransport,
    subscription,
    optionsOf(transport, call),
  );
  client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  return client.workspaces;
}

/** The official client for new web services, for one call. */
export function webServicesClient(transport: ArmTransport, subscription: string, call: ArmCall) {
  const client = new AzureMLWebServicesManagementClient(signedByTransport, subscription, optionsOf(transport, call));
  client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  return client.webServices;
}

function optionsOf(transport: ArmTransport, call: ArmCall) {
  const { endpoint } = transport;
  // The transport handles retries, redirects and proxies.
  return { endpoint, $host: endpoint, httpClient: transport.httpClient(call), retryOptions: { maxRetries: 0 } };
}

type PlansOptions = NonNullable<ConstructorParameters<typeof AzureMLCommitmentPlansManagementClient>[2]>;
type OldHttpClient = NonNullable<PlansOptions['httpClient']>;

/**
 * The official client for commitment plans, for one call. Its newest release is from 2019 and uses `@azure/ms-rest-js`
 * 1 with an HTTP client that is no longer maintained, so an adapter sends its requests through the transport instead.
 */
export function commitmentPlansClient(transport: ArmTransport, subscription: string, call: ArmCall) {
  const httpClient: OldHttpClient = {
    sendRequest: async (request) => {
      const body: unknown = request.body;
      const response = await transport.send(
        {
          url: request.url,
          method: request.method,
          headers: request.headers.rawHeaders(),
          ...(typeof body === 'string' ? { body } : {}),
        },
        call,
      );
      const headers = request.headers.clone();
      for (const { name } of headers.headersArray()) headers.remove(name);
      for (const [name, value] of response.headers) headers.set(name, value);
      return { request, status: response.status, headers, bodyAsText: response.bodyAsText ?? '' };
    },
  };
  return new AzureMLCommitmentPlansManagementClient({ signRequest: async (request) => request }, subscription, {
    baseUri: transport.endpoint,
    httpClient,
    noRetryPolicy: true,
    generateClientRequestIdHeader: false,
  });
}
