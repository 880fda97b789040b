/** Pages on which a person can do what Steward could not; notes name them by these addresses. */
const known = [
  { title: 'Open Studio', url: 'https://studio.azureml.net' },
  { title: 'Open the Azure portal', url: 'https://portal.azure.com' },
] as const;

/**
 * Buttons to the pages that these notes name. Only addresses of this list ever become one: a note may hold an asset's
 * name, and a name may look like an address.
 */
export function pagesNamed(notes: readonly string[]): readonly { readonly title: string; readonly url: string }[] {
  return known.filter(({ url }) => notes.some((note) => note.includes(url)));
}
