/** Name of the blob of a file of the record. */
export function recordFileName(id: string, format: 'csv' | 'json'): string {
  return `records/${id}/record.${format}`;
}

const form = /^records\/[0-9a-f-]{36}\/record\.(?:csv|json)$/u;

/** True for the name of such a blob. */
export function isRecordFile(blobName: string): boolean {
  return form.test(blobName);
}
