import type { IForbiddenRuleType } from 'dependency-cruiser';

/** The folders that each folder of `src` may import, in addition to `domain` and itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  understanding: [],
  knowledge: [],
  database: [],
  azure: [],
  archive: ['azure'],
  sources: ['azure'],
  directory: ['azure'],
  'language-model': ['azure', 'understanding'],
  mail: [],
  requests: ['database'],
  workflows: ['requests', 'database', 'archive'],
  audit: ['database', 'archive'],
  holds: ['requests', 'database'],
  workers: ['workflows', 'requests', 'database', 'archive', 'holds'],
  teams: ['requests', 'audit', 'understanding', 'knowledge', 'holds'],
  web: ['requests', 'archive'],
  emulators: [],
};

/** Packages that only these folders may import; `local` and the files directly in `src` may import all. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  '(kysely|pg|pg-boss|@electric-sql/pglite)': ['database'],
  '(botbuilder[a-z-]*|botframework-[a-z-]+|@microsoft/teams-ai)': ['teams', 'language-model'],
  nodemailer: ['mail'],
  '@azure/storage-blob': ['archive'],
  '@azure/arm-[a-z]+': ['azure', 'sources'],
  '@azure/core-rest-pipeline': ['azure', 'sources', 'directory', 'teams'],
};

/** The files directly in `src`: types of the settings may be imported; everything else is passed on by `main`. */
const rootFiles = '^src/[^/]+\\.ts$';

/** What sources say of themselves: data alone, which every room but the domain may read. */
const declarations = '^src/sources/(registry|[^/]+/declaration)\\.ts$';

/** The import rules of the folders, for dependency-cruiser. */
export const importRules: IForbiddenRuleType[] = [
  ...Object.entries(mayImport).map(([folder, allowed]) => ({
    name: `${folder} imports only downwards`,
    severity: 'error' as const,
    from: { path: `^src/${folder}/` },
    to: {
      path: '^src/[^/]+/',
      pathNot: [`^src/(${[folder, 'domain', ...allowed].join('|')})/`, ...(folder === 'domain' ? [] : [declarations])],
    },
  })),
  ...Object.entries(packageHomes).map(([packages, folders]) => ({
    name: `${packages} is known to ${folders.join(', ')} only`,
    severity: 'error' as const,
    from: { path: '^src/[^/]+/', pathNot: `^src/(${[...folders, 'local', 'emulators'].join('|')})/` },
    to: { path: `(^|/)node_modules/${packages}/` },
  })),
  {
    name: 'domain knows the libraries of schemas, of dates and of hashes only',
    severity: 'error',
    from: { path: '^src/domain/' },
    to: {
      dependencyTypesNot: ['local', 'type-only'],
      pathNot: '(^|/)node_modules/(zod|rrule-temporal|temporal-polyfill|canonicalize)/|^(node:)?crypto$',
    },
  },
  {
    name: 'folders take nothing but types from the files beside them',
    severity: 'error',
    from: { path: '^src/(?!local/)[^/]+/' },
    to: { path: rootFiles, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'the pure folders do not know the files beside them',
    severity: 'error',
    from: { path: '^src/(domain|understanding|knowledge)/' },
    to: { path: rootFiles },
  },
  {
    name: 'nothing imports local',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/local/' },
    to: { path: '^src/local/' },
  },
  {
    name: 'declarations are data',
    severity: 'error',
    from: { path: declarations },
    to: { pathNot: ['^src/domain/', declarations] },
  },
  {
    name: 'a source knows no other source',
    severity: 'error',
    from: { path: '^src/sources/([^/]+)/' },
    to: { path: '^src/sources/[^/]+/', pathNot: '^src/sources/$1/' },
  },
  {
    name: 'only local starts emulators',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(local|emulators)/' },
    to: { path: '^src/emulators/' },
  },
  {
    name: 'an emulator knows itself and what all servers share',
    severity: 'error',
    from: { path: '^src/emulators/([^/]+)/' },
    to: { path: '^src/emulators/', pathNot: '^src/emulators/($1|server)/' },
  },
  {
    name: 'no circles',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'every import is found',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];
