import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/**
 * A process that serves one Studio workspace with any number of datasets, experiments and trained models, and keeps
 * nothing of them but whether each is deleted. Lists are written piece by piece. Prints its address; ends with its
 * standard input.
 */
const shape = z
  .strictObject({
    workspaceId: z.string(),
    datasets: z.int().nonnegative().default(0),
    experiments: z.int().nonnegative().default(0),
    models: z.int().nonnegative().default(0),
    latencyMs: z.number().default(0),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const { workspaceId } = shape;
/** The lists that hold something, each with the kind and how an item looks. */
const lists: Readonly<Record<string, readonly [kind: keyof typeof gone, describe: (nth: number) => unknown]>> = {
  datasources: ['datasets', dataset],
  experiments: ['experiments', experiment],
  trainedmodels: ['models', model],
};
const gone = { datasets: new Set<number>(), experiments: new Set<number>(), models: new Set<number>() };

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://loopback');
  request.resume();
  setTimeout(() => answer(request, response, pathname), shape.latencyMs);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
process.stdin.on('end', () => process.exit()).resume();

function answer(request: IncomingMessage, response: ServerResponse, pathname: string): void {
  const path = pathname.replace(`/api/workspaces/${workspaceId}`, '').replace(`/workspaces/${workspaceId}`, '');
  const [, list = '', ...rest] = path.split('/');
  const described = lists[list];
  if (list === '') json(response, workspace());
  else if (list === 'users') json(response, [{ Status: 'Active', User: { ...owner, Role: 'Owner' } }]);
  else if (described === undefined) json(response, []);
  else if (rest.length === 0) void writeList(response, ...described);
  else serveOne(request, response, numberIn(rest.at(-1) ?? ''), ...described);
}

function serveOne(
  request: IncomingMessage,
  response: ServerResponse,
  nth: number,
  kind: keyof typeof gone,
  describe: (nth: number) => unknown,
): void {
  if (Number.isNaN(nth) || nth >= shape[kind] || gone[kind].has(nth)) {
    response.writeHead(404).end();
  } else if (request.method === 'DELETE') {
    gone[kind].add(nth);
    response.end();
  } else {
    json(response, describe(nth));
  }
}

async function writeList(
  response: ServerResponse,
  kind: keyof typeof gone,
  describe: (nth: number) => unknown,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  let piece = '[';
  let first = true;
  for (let nth = 0; nth < shape[kind]; nth += 1) {
    if (gone[kind].has(nth)) continue;
    piece += (first ? '' : ',') + JSON.stringify(describe(nth));
    first = false;
    if (piece.length < 1 << 16) continue;
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    piece = '';
  }
  response.end(`${piece}]`);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** The number that an id was made from: family and version ids end with it. */
function numberIn(id: string): number {
  return Number.parseInt((id.split('.')[1] ?? id).slice(-8), 16);
}

function ids(nth: number): { readonly family: string; readonly id: string } {
  const hex = nth.toString(16).padStart(8, '0');
  const family = `f00d${'0'.repeat(20)}${hex}`;
  return { family, id: `${workspaceId}.${family}.${'0'.repeat(24)}${hex}` };
}

/** Dates go to and fro, so that lists have to be put in order. */
function dateOf(nth: number): string {
  return `/Date(${Date.UTC(2016, 0, 1) + ((nth * 7919) % 100_003) * 1_000_000})/`;
}

function endpoint(file: string): object {
  return {
    BaseUri: 'https://storage.contoso.example/uploads/',
    Location: `${file}/content`,
    AccessCredential: `?sv=2019-07-07&sr=b&sig=${'x'.repeat(44)}&se=2026-11-25T00%3A00%3A00Z&sp=r`,
    Size: 4096,
    Name: null,
    EndpointType: 'AzureBlob',
    CredentialContainer: null,
    FileType: 'GenericCSV',
    IsAuxiliary: false,
    IsDirectory: false,
  };
}

const owner = { UserId: '1', Email: 'alexw@example.com', Name: 'Alex Wilber' };

function resource(nth: number, name: string): Record<string, unknown> {
  const { family, id } = ids(nth);
  return {
    Id: id,
    FamilyId: family,
    Name: name,
    Description: 'Monthly figures of the churn project, as uploaded by the reporting job',
    DataTypeId: 'GenericCSV',
    Owner: 'Alex Wilber',
    SourceOrigin: 'FromResourceUpload',
    Size: 4096,
    CreatedDate: dateOf(nth),
    IsLatest: true,
    IsDeprecated: false,
    UploadedFromFilename: name,
    Culture: 'en-US',
    DownloadLocation: endpoint(family),
  };
}

function dataset(nth: number): unknown {
  const { family } = ids(nth);
  return {
    ...resource(nth, `churn ${nth}.csv`),
    SchemaStatus: 'Complete',
    VisualizeEndPoint: endpoint(`${family}.visualization`),
    SchemaEndPoint: endpoint(`${family}.schema`),
  };
}

function model(nth: number): unknown {
  return resource(nth, `churn model ${nth}`);
}

/** Lines of four runs. */
function experiment(nth: number): unknown {
  return {
    ExperimentId: ids(nth).id,
    ParentExperimentId: nth % 4 === 0 ? null : ids(nth - 1).id,
    Description: `Churn training ${nth >> 2}`,
    Summary: '',
    Creator: 'alexw@example.com',
    IsLeaf: nth % 4 === 3,
    IsArchived: false,
    Status: { StatusCode: 'Finished', CreationTime: dateOf(nth) },
    Graph: { ModuleNodes: [] },
    NodeStatuses: [],
  };
}

function workspace(): unknown {
  return {
    WorkspaceId: workspaceId,
    FriendlyName: 'Churn Lab',
    Description: '',
    Type: 'Free',
    Region: 'South Central US',
    OwnerEmail: owner.Email,
    CreatedTime: dateOf(0),
  };
}
