import type { AssetKind } from './assets.ts';
import type { CapabilitiesByAccount, Subject } from './capabilities.ts';
import type { ServiceName } from './service-failure.ts';

/** What a source declares about one of its kinds of assets. */
export interface KindDeclaration {
  readonly id: AssetKind;
  /** The display name. */
  readonly one: string;
  readonly many: string;
  /** Further words that people say, singular; the plural adds an "s". */
  readonly synonyms: readonly string[];
  /** The folder inside an archive. */
  readonly folder: string;
  /** Edits in place that the service does not report, as a sentence for the preview. */
  readonly unreportedEdits?: string;
  /** What an archive cannot hold of it, since the service gives it to nobody, as a sentence for the preview. */
  readonly notInArchives?: string;
}

/** What a source says of itself: data alone, which every room that shows or reads words may use. */
export interface SourceDeclaration {
  readonly id: string;
  /** The name in sentences, where another product could be meant too, and in full. */
  readonly name: string;
  readonly distinctName: string;
  readonly fullName: string;
  /** Its web page, and what the address of a workspace's page starts with; the workspace's id follows. */
  readonly page: string;
  readonly workspacePage: string;
  /** Its service, as failures name it. */
  readonly service: ServiceName;
  /** In the order in which cards and archives show them. */
  readonly kinds: readonly KindDeclaration[];
  /** What Steward does with each resource, by account type, for a person whom the policy allows it. */
  readonly capabilities: Readonly<Record<Subject, CapabilitiesByAccount>>;
}
