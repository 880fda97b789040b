import { z } from 'zod';
import type { WorkspaceRegistration } from '../../src/emulators/studio-classic/studio-emulator.ts';

/** A client of one workspace that uses only fetch. */
export function plainClient({ endpoint, token, workspaceId }: WorkspaceRegistration) {
  const own = { 'x-ms-metaanalytics-authorizationtoken': token };
  const call = (method: string, path: string, init: RequestInit = {}) =>
    fetch(`${endpoint}${path.replaceAll('{ws}', workspaceId)}`, {
      method,
      ...init,
      headers: { ...own, ...Object.fromEntries(new Headers(init.headers)) },
    });
  return {
    call,
    /** The JSON of a response that must have status 200. */
    async json<Shape>(schema: z.ZodType<Shape>, path: string, method = 'GET', body?: unknown): Promise<Shape> {
      const response = await call(method, path, body === undefined ? {} : { body: JSON.stringify(body) });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    async status(method: string, path: string, init: RequestInit = {}): Promise<number> {
      const response = await call(method, path, init);
      await response.arrayBuffer();
      return response.status;
    },
  };
}

export const endpointSchema = z.object({
  BaseUri: z.string(),
  Location: z.string(),
  AccessCredential: z.string(),
  Size: z.number(),
});
export type WireEndpoint = z.infer<typeof endpointSchema>;

export const datasetSchema = z.looseObject({
  Id: z.string(),
  FamilyId: z.string(),
  Name: z.string(),
  Size: z.number(),
  IsLatest: z.boolean(),
  SchemaStatus: z.string(),
  DownloadLocation: endpointSchema,
});
export type WireDataset = z.infer<typeof datasetSchema>;

export const experimentSchema = z.looseObject({
  ExperimentId: z.string(),
  ParentExperimentId: z.string().nullable(),
  Description: z.string(),
  IsLeaf: z.boolean(),
  IsArchived: z.boolean(),
  Creator: z.string(),
  Etag: z.string(),
  Status: z.looseObject({ StatusCode: z.string() }),
});

/** Concatenates the parts of an endpoint, as clients do, and fetches it without credentials. */
export function fetchEndpoint(endpoint: WireEndpoint): Promise<Response> {
  return fetch(endpoint.BaseUri + endpoint.Location + endpoint.AccessCredential);
}
