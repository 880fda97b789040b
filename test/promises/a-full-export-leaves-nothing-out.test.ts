import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Archive, exportInChat } from '../harness/exports.ts';
import { everySecret, everythingIn, type Json, withoutSecrets } from '../harness/parity.ts';
import { type PlainStudio, plainStudio } from '../harness/plain-studio.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

const workspaces = [
  ['free', alex, 'Churn Lab'],
  ['guest', alex, 'Guest-Workspace'],
  ['standard', megan, 'Fraud Detection'],
] as const;

let world: World;
const archives = new Map<string, Archive>();

beforeAll(async () => {
  world = await startWorld();
  for (const [, person, name] of workspaces) {
    const archive = await exportInChat(world, person, `export workspace "${name}"`, `Export “${name}”?`);
    archives.set(name, archive);
  }
});
afterAll(() => world?.close());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(workspaces)(
  'the export of a %s workspace holds what the PowerShell module can get:',
  (type, _who, name) => {
    let archive: Archive;
    let studio: PlainStudio;
    let own: Awaited<ReturnType<typeof everythingIn>>;
    /** Checksums of all files of one kind, by asset id. */
    let checksums: ReadonlySet<string>;

    beforeAll(async () => {
      const found = archives.get(name);
      if (!found) throw new Error(`${name} was not exported`);
      archive = found;
      studio = plainStudio(world.studio, name);
      own = await everythingIn(studio, world.studio.workspace(name).workspaceId);
      checksums = new Set(archive.manifest.files.map((file) => file.sha256));
    });

    /** That some document in a folder is this one, but for its secrets. */
    const expectDocument = (folder: string, wanted: unknown): void => {
      expect([...archive.documents(folder).values()].map(withoutSecrets)).toContainEqual(withoutSecrets(wanted));
    };

    it('every file as the manifest says, and every asset that the preview counted', () => {
      for (const file of archive.manifest.files) {
        const bytes = archive.files.get(file.path);
        expect(bytes && sha256(bytes), file.path).toBe(file.sha256);
      }
      const assets = new Set(archive.manifest.files.filter(({ kind }) => kind !== 'workspace').map(({ id }) => id));
      for (const { id } of own.assets) expect(assets).toContain(id);
    });

    it('the workspace’s settings, but for its secrets and its owner (Get-AmlWorkspace)', () => {
      const settings = archive.documents('workspace').get('workspace/settings.json');
      const wanted = { ...(own.workspace as Json), OwnerEmail: '', OwnerPrincipalId: '' };
      expect(settings).toEqual(withoutSecrets(wanted));
    });

    it('members, roles and invitations, or that there are none (Get-AmlWorkspaceUsers)', () => {
      const { about, accounts } = JSON.parse(archive.text('personal-data.json'));
      if (type === 'guest') {
        expect(about).toContain('no personal account data exists');
        expect(archive.text('README.txt')).toContain('Personal account data: a guest workspace has none.');
        expect(accounts).toEqual([]);
        return;
      }
      const wanted = own.users.map(({ Status, User }) => [Status, User.Email, User.Name, User.Role, User.UserId]);
      const lower = (text: string) => text.toLowerCase();
      expect(
        accounts.map((one: Record<string, string>) => [one.status, one.email, one.name, one.role, one.userId]),
      ).toEqual(
        wanted.map(([status = '', email, name, role = '', id]) => [lower(status), email, name, lower(role), id]),
      );
      expect(wanted.some(([status]) => status === 'Invited')).toBe(true);
    });

    it('datasets byte for byte, with schema and visualisation (Download-AmlDataset)', async () => {
      expect(own.datasets.length).toBeGreaterThan(0);
      let derived = 0;
      for (const dataset of own.datasets) {
        expectDocument('datasets', dataset);
        const content = await own.download(dataset.DownloadLocation);
        if (content) expect(checksums, dataset.Name).toContain(sha256(content));
        for (const endpoint of [dataset.SchemaEndPoint, dataset.VisualizeEndPoint]) {
          const bytes = await own.download(endpoint);
          if (bytes === null) continue;
          derived += 1;
          expect(checksums, dataset.Name).toContain(sha256(bytes));
        }
      }
      expect(derived).toBeGreaterThan(0);
    });

    it('experiment graphs, of archived ones and of earlier runs too (Export-AmlExperimentGraph)', () => {
      expect(own.experiments.length).toBeGreaterThan(0);
      for (const experiment of own.experiments) expectDocument('experiments', experiment);
      if (type === 'guest') return;
      expect(own.experiments.some(({ IsArchived }) => IsArchived)).toBe(true);
      expect(own.experiments.some(({ IsLeaf }) => !IsLeaf)).toBe(true);
    });

    it('node outputs that are still cached (Download-AmlExperimentNodeOutput)', async () => {
      let cached = 0;
      for (const endpoint of own.outputs) {
        const bytes = await own.download(endpoint);
        if (bytes === null) continue;
        cached += 1;
        expect(checksums, endpoint.Location ?? '').toContain(sha256(bytes));
      }
      expect(cached).toBeGreaterThan(0);
    });

    it('annotations and web service definitions (Get-AmlAnnotation, Export-AmlWebServiceDefinitionFromExperiment)', () => {
      for (const annotations of own.annotations) expectDocument('experiments', annotations);
      for (const definition of own.definitions) expectDocument('experiments', definition);
      expect(own.definitions.length).toBeGreaterThan(0);
      if (type !== 'guest') expect(own.annotations.length).toBeGreaterThan(0);
    });

    it('trained models and transforms with their bytes (Get-AmlTrainedModel, Get-AmlTransform)', async () => {
      for (const [folder, items] of [
        ['models', own.models],
        ['transforms', own.transforms],
      ] as const) {
        if (type !== 'guest') expect(items.length).toBeGreaterThan(0);
        for (const item of items) {
          expectDocument(folder, item);
          const bytes = await own.download(item.DownloadLocation);
          if (bytes) expect(checksums, item.Name).toContain(sha256(bytes));
          else expect(archive.manifest.files.some(({ id, role }) => id === item.Id && role === 'content')).toBe(true);
        }
      }
    });

    it('custom modules, whose code is named as missing since nobody can get it (Get-AmlModule)', () => {
      for (const module of own.modules) {
        expectDocument('modules', module);
        expect(archive.manifest.exceptions).toContainEqual(
          expect.objectContaining({ kind: 'module', id: module.Id, effect: 'missing', reason: 'unsupported' }),
        );
      }
      if (type !== 'guest') expect(own.modules.length).toBeGreaterThan(0);
    });

    it('notebooks with their attachments’ names, the contents named as missing (Get-AmlNotebook…)', () => {
      for (const { notebook, attachments } of own.notebooks) {
        const documents = [...archive.documents('notebooks').values()];
        for (const attachment of attachments) expect(JSON.stringify(documents)).toContain(attachment);
        expect(JSON.stringify(documents)).toContain(notebook.FamilyId);
        expect(archive.manifest.exceptions).toContainEqual(
          expect.objectContaining({ kind: 'notebook', familyId: notebook.FamilyId, reason: 'unsupported' }),
        );
      }
      if (type !== 'guest') expect(own.notebooks.length).toBeGreaterThan(0);
    });

    it('project containers with what they hold, by id and by name (Get-AmlProjectContainer)', () => {
      for (const project of own.projects) {
        const documents = JSON.stringify([...archive.documents('projects').values()]);
        for (const id of Object.values(project.Contents).flat()) expect(documents).toContain(id);
        expect(documents).toContain(project.ContainerId);
      }
      if (type !== 'guest') expect(own.projects.length).toBeGreaterThan(0);
    });

    it('classic web services and their endpoints, without keys (Get-AmlWebService, …Endpoint)', () => {
      for (const { service, endpoints } of own.services) {
        expectDocument('webservices', service);
        expectDocument('webservices', endpoints);
      }
      if (type !== 'guest') expect(own.services.length).toBeGreaterThan(0);
    });

    it('data gateways, in standard workspaces (Get-AmlGateway)', () => {
      const exported = archive.documents('workspace').get('workspace/gateways.json');
      if (own.gateways.length > 0) expect(exported).toEqual(withoutSecrets(own.gateways));
      expect(own.gateways.length > 0).toBe(type === 'standard');
    });

    it('graphs that can be posted back, as Import-AmlExperimentGraph does', async () => {
      let imported = 0;
      for (const [path, document] of archive.documents('experiments')) {
        if (typeof document !== 'object' || document === null || !('Graph' in document)) continue;
        const { Description, Summary, Graph, WebService } = document as unknown as Json;
        const response = await studio.post('/experiments/', {
          Description: `${Description} again`,
          Summary,
          IsDraft: true,
          ParentExperimentId: '',
          DisableNodeUpdate: false,
          Category: 'user',
          ExperimentGraph: Graph,
          WebService,
        });
        expect(response.status, path).toBe(200);
        const { ExperimentId } = (await response.json()) as { ExperimentId: string };
        expect(await studio.studio(`/experiments/${ExperimentId}`), path).toMatchObject({ Graph });
        imported += 1;
      }
      expect(imported).toBe(own.experiments.length);
    });

    it('and not one of the secrets that Studio, Azure and storage hold', async () => {
      const secrets = await everySecret(world.studio, name);
      expect(secrets.length).toBeGreaterThan(type === 'guest' ? 4 : 8);
      for (const [path, bytes] of archive.files) {
        const text = bytes.toString('latin1');
        expect(
          secrets.filter((secret) => text.includes(secret)),
          path,
        ).toEqual([]);
        // Signatures are made anew for each answer, so their shape is looked for as well.
        expect(text, path).not.toMatch(/\bsig(?:=|%3D)[\w%+/]{8}|AccountKey=[^;"\\]/iu);
      }
    });
  },
);

describe('the export of a standard workspace', () => {
  it('holds what Azure has of it: the resource, new web services, and the plan with associations and usage', async () => {
    const archive = archives.get('Fraud Detection');
    const azure = plainStudio(world.studio, 'Fraud Detection').azure;
    const resource = (await azure('workspaces/fraud-detection?api-version=2019-10-01')) as Json;
    const kept = { ...resource, properties: { ...(resource.properties as Json), ownerEmail: '' } };
    expect(archive?.documents('workspace').get('workspace/workspace in Azure.json')).toEqual(kept);
    const plan = archive?.documents('workspace').get('workspace/commitment-plan fraud-plan.json') as Json;
    expect(plan.plan).toEqual(await azure('commitmentPlans/fraud-plan?api-version=2016-05-01-preview'));
    expect(plan.associations).toHaveLength(1);
    expect(plan.usageHistory).toHaveLength(3);
    const services = [...(archive?.documents('webservices').values() ?? [])] as Json[];
    expect(services.flatMap(({ id }) => (typeof id === 'string' ? [id.split('/').at(-1)] : [])).sort()).toEqual([
      'chargeback-new',
      'fraud-scoring-new',
    ]);
  });
});
