/** File name of a part, in storage and as a download: `part-001.zip`. */
export function partFileName(number: number): string {
  return `part-${String(number).padStart(3, '0')}.zip`;
}

/** Blob name of a part. All blobs of a request start with its id, all of one run with the run's attempt. */
export function partBlobName(requestId: string, attempt: string, number: number): string {
  return `${requestId}/${attempt}/${partFileName(number)}`;
}

/** Blob name of the list of what a part holds, next to the part. */
export function listBlobName(partBlob: string): string {
  return partBlob.replace(/\.zip$/u, '.list.gz');
}
