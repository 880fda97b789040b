/**
 * The pause that a response asks for, in milliseconds; null when it asks for none. Reads `retry-after-ms` and
 * `x-ms-retry-after-ms` (Azure), then `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3).
 */
export function retryAfterMs(header: (name: string) => string | null | undefined, now: number): number | null {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = Number.parseFloat(header(name) ?? '');
    if (milliseconds >= 0) return milliseconds;
  }
  const value = header('Retry-After')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/u.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
