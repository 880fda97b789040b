import { z } from 'zod';
import { date, Endpoint, flag, optionalEndpoint, text } from './payload-fields.ts';

/** An experiment as the list returns it, without its graph. */
export const ExperimentSummary = z.object({
  ExperimentId: z.string(),
  ParentExperimentId: text,
  /** The display name. */
  Description: text,
  Creator: text,
  IsLeaf: flag,
  Summary: text,
  IsArchived: flag,
  Etag: text,
  Status: z
    .object({ StatusCode: text, CreationTime: date, StartTime: date, EndTime: date })
    .nullish()
    .transform((status) => status ?? { StatusCode: '', CreationTime: null, StartTime: null, EndTime: null }),
});
export type ExperimentSummary = z.infer<typeof ExperimentSummary>;

const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const InputPort = z.object({ DataSourceId: text, TrainedModelId: text, TransformModuleId: text });
const ModuleNode = z.object({ Id: text, ModuleId: text, Comment: text, InputPortsInternal: listOf(InputPort) });
const MetadataOutput = z.object({ Key: text, Value: optionalEndpoint });

const NodeStatus = z.object({
  NodeId: text,
  OutputEndpoints: listOf(Endpoint),
  MetadataOutputEndpoints: z
    .record(z.string(), listOf(MetadataOutput))
    .nullish()
    .transform((ports) => ports ?? {}),
  StandardOutEndpoint: optionalEndpoint,
  StandardErrorEndpoint: optionalEndpoint,
});

/** The parts of an experiment's full JSON that Steward reads; an export writes all of it. */
export const Experiment = ExperimentSummary.extend({
  Graph: z
    .object({ ModuleNodes: listOf(ModuleNode) })
    .nullish()
    .transform((graph) => graph ?? { ModuleNodes: [] }),
  NodeStatuses: listOf(NodeStatus),
});
export type Experiment = z.infer<typeof Experiment>;
