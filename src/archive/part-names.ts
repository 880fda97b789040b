/** What a part is called, in storage and where somebody saves it: `part-001.zip`. */
export function partFileName(number: number): string {
  return `part-${String(number).padStart(3, '0')}.zip`;
}

/** The blob of a part. Everything of a request begins with its id, everything of one run with the run's attempt. */
export function partBlobName(requestId: string, attempt: string, number: number): string {
  return `${requestId}/${attempt}/${partFileName(number)}`;
}

/** The blob with the list of what a part holds, beside it. */
export function listBlobName(partBlob: string): string {
  return partBlob.replace(/\.zip$/u, '.list.gz');
}
