import { z } from 'zod';

const portSchema = z.looseObject({
  DataSourceId: z.string().nullish(),
  TrainedModelId: z.string().nullish(),
  TransformModuleId: z.string().nullish(),
});

/** The parts of an experiment's graph that the emulator reads; everything else is stored unchanged. */
export const graphSchema = z.looseObject({
  ModuleNodes: z.array(
    z.looseObject({
      Id: z.string(),
      ModuleId: z.string(),
      InputPortsInternal: z.array(portSchema).nullish(),
      OutputPortsInternal: z.array(z.looseObject({ Name: z.string() })).nullish(),
    }),
  ),
});

export type Graph = z.infer<typeof graphSchema>;
