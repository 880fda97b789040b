/**
 * The source of a regular expression that is written over several lines, like the extended form (flag `x`) of other
 * languages: a line break and the indentation behind it do not count, any other space does. Backslashes stand as in a
 * regular expression literal.
 */
export function wrapped(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: strings.raw.map((part) => part.replace(/\n\s*/g, '')) }, ...values);
}
