import type { Call } from '../server/call.ts';
import { arrayReply, type Reply } from '../server/reply.ts';
import type { Route } from './routes.ts';
import type { GatewayRecord } from './studio-records.ts';
import { listed, type Studio } from './studio-state.ts';
import { wireDate } from './wire.ts';
import { workspaceRecord } from './workspaces-endpoints.ts';

export const gatewayRoutes: readonly Route[] = [
  { method: 'GET', path: 'workspaces/:workspace/gateways', answer: list },
];

function list(call: Call, studio: Studio): Reply {
  const { region } = workspaceRecord(studio, call.workspaceId);
  const gateways = listed(studio, call.workspaceId, 'gateway');
  return arrayReply(gateways.map((gateway) => wireGateway(gateway, call.workspaceId, region)));
}

/** The registration key is returned only when the gateway is created. */
function wireGateway(record: GatewayRecord, workspaceId: string, region: string): unknown {
  return {
    Scope: workspaceId,
    GatewayName: record.id,
    Description: record.description,
    Location: region,
    Host: record.host,
    Status: record.status,
    Version: record.version,
    VersionStatus: 'UpToDate',
    ProvisioningState: 'Succeeded',
    CreateTime: wireDate(record.createdAt),
    RegisterTime: wireDate(record.createdAt + 100_000),
    LastConnectTime: record.lastConnectAt === null ? null : wireDate(record.lastConnectAt),
    ExpiryTime: null,
    RegistrationKey: null,
  };
}
