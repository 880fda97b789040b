import { z } from 'zod';

/** A text; empty when it is missing or null. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** A number, which the service may also send as text; 0 when it is missing or null. */
export const count = z
  .union([z.number(), z.string().transform(Number)])
  .nullish()
  .transform((value) => (value !== null && value !== undefined && Number.isFinite(value) ? value : 0));

/** A boolean; null when it is missing. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

/** A date in either of the service's formats; null when it is missing or means "never". */
export const date = z
  .string()
  .nullish()
  .transform((value) => (value ? studioDate(value) : null));

/**
 * Parses `/Date(1418444668177)/` (Studio API; milliseconds since 1970 UTC, negative means none) and ISO 8601
 * (management host, Resource Manager; UTC without a time zone). Null for everything else.
 */
export function studioDate(value: string): Date | null {
  const ticks = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value);
  if (ticks) return Number(ticks[1]) < 0 ? null : validDate(Number(ticks[1]));
  if (!/^\d{4}-\d{2}-\d{2}T/.test(value)) return null;
  return validDate(Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value}Z`));
}

function validDate(milliseconds: number): Date | null {
  const moment = new Date(milliseconds);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** The location of a blob. `AccessCredential` is a SAS: it must never be written anywhere. */
export const Endpoint = z.object({
  BaseUri: text,
  Location: text,
  AccessCredential: text,
  Size: count,
  Name: text,
  FileType: text,
});
export type Endpoint = z.infer<typeof Endpoint>;

/** An endpoint; null when it is missing or has no location. */
export const optionalEndpoint = Endpoint.nullish().transform((endpoint) =>
  endpoint && endpoint.BaseUri !== '' && endpoint.Location !== '' ? endpoint : null,
);
