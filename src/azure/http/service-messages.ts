import { z } from 'zod';
import { withoutSecrets } from '../../domain/scrub.ts';

/** The error code and message that the service returned. */
export interface ServiceErrorInfo {
  readonly code: string | null;
  /** Without secrets, at most 500 characters; null when there is none. */
  readonly message: string | null;
}

const maxLength = 500;
const text = z.string().nullish();
const Fault = z.object({ Code: text, code: text, Message: text, message: text });
const Detail = z
  .array(z.object({ message: text, Message: text }))
  .nullish()
  .catch(null);
const FaultBody = Fault.extend({
  Error: Fault.extend({ Details: Detail }).nullish().catch(null),
  error: Fault.extend({ details: Detail }).nullish().catch(null),
});

/**
 * Reads an error body in any of the shapes that Studio's surfaces use: `Error` (Studio API), `error` (management,
 * scoring, Resource Manager), flat, a JSON string, plain text, the XML of Azure Storage, or the web page of a proxy.
 * `secrets` are removed. Never throws.
 */
export function readServiceError(body: string | null | undefined, secrets: readonly string[]): ServiceErrorInfo {
  const cleaned = (message: string): string | null => shortened(withoutSecrets(message, { known: secrets }));
  const raw = (body ?? '').trim();
  if (raw === '') return { code: null, message: null };
  if (raw.startsWith('<')) {
    const code = /<Code>([^<]*)<\/Code>/.exec(raw)?.[1] ?? null;
    const message = /<(?:Message|title)[^<>]*>([^<]*)</i.exec(raw)?.[1] ?? '';
    return { code, message: cleaned(message) };
  }
  const json = parsed(raw);
  if (typeof json === 'string') return { code: null, message: cleaned(json) };
  const read = FaultBody.safeParse(json);
  if (!read.success) return { code: null, message: cleaned(raw) };
  const fault = read.data.Error ?? read.data.error ?? read.data;
  const details = read.data.Error?.Details ?? read.data.error?.details ?? [];
  const messages = [fault.Message ?? fault.message, ...details.map((detail) => detail.Message ?? detail.message)];
  return { code: fault.Code ?? fault.code ?? null, message: cleaned(messages.filter(Boolean).join(' ')) };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function shortened(message: string): string | null {
  const compact = message.replace(/\s+/g, ' ').trim();
  return compact === '' ? null : compact.slice(0, maxLength);
}
