import type { TestEmulator } from './emulator.ts';

/** A dataset as Studio lists it. */
interface ListedDataset {
  readonly Id: string;
  readonly FamilyId: string;
  readonly Name: string;
}

/** A person who works in one workspace at the same time, through Studio's own API. */
export class StudioPerson {
  readonly #studio: TestEmulator;
  readonly #workspaceId: string;
  readonly #token: string;

  constructor(studio: TestEmulator, workspaceName: string) {
    this.#studio = studio;
    const { workspaceId, token } = studio.workspace(workspaceName);
    this.#workspaceId = workspaceId;
    this.#token = token;
  }

  /**
   * Uploads a small dataset. With `newVersionOf`, the name of a dataset, it becomes a new version of that; otherwise it
   * is a new dataset even when the name exists.
   */
  async upload(name: string, newVersionOf?: string): Promise<void> {
    const target = `resourceuploads/workspaces/${this.#workspaceId}/?userStorage=true&dataTypeId=GenericCSV`;
    const { Id } = (await this.#call('POST', target, `a,b\n1,${name.length}\n`)) as { Id: string };
    const DataSource = {
      Name: name,
      DataTypeId: 'GenericCSV',
      Description: '',
      FamilyId: newVersionOf === undefined ? null : (await this.#dataset(newVersionOf)).FamilyId,
      Owner: 'R',
      SourceOrigin: 'FromResourceUpload',
    };
    const commit = { DataSource, UploadId: Id, UploadedFromFileName: name, ClientPoll: true };
    await this.#call('POST', `workspaces/${this.#workspaceId}/datasources`, JSON.stringify(commit));
  }

  /** Deletes a dataset with all its versions. */
  async remove(name: string): Promise<void> {
    const { FamilyId } = await this.#dataset(name);
    await this.#call('DELETE', `workspaces/${this.#workspaceId}/datasources/family/${FamilyId}`);
  }

  /** Id of a dataset's newest version. */
  async idOf(name: string): Promise<string> {
    return (await this.#dataset(name)).Id;
  }

  /** Family id, by which a dataset is deleted with all its versions. */
  async familyOf(name: string): Promise<string> {
    return (await this.#dataset(name)).FamilyId;
  }

  /** Names of the workspace's own datasets. */
  async names(): Promise<string[]> {
    return (await this.#datasets()).map(({ Name }) => Name);
  }

  async #dataset(name: string): Promise<ListedDataset> {
    const found = (await this.#datasets()).find(({ Name }) => Name === name);
    if (!found) throw new RangeError(`no dataset is called ${name}`);
    return found;
  }

  async #datasets(): Promise<ListedDataset[]> {
    return (await this.#call('GET', `workspaces/${this.#workspaceId}/datasources`)) as ListedDataset[];
  }

  async #call(method: string, path: string, body?: string): Promise<unknown> {
    const headers = { 'x-ms-metaanalytics-authorizationtoken': this.#token, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body };
    const response = await fetch(`${this.#studio.url}/api/${path}`, init);
    if (!response.ok) throw new Error(`Studio answered ${response.status} to ${method} ${path}`);
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  }
}
