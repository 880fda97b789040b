import { requestId } from './request.ts';

/**
 * The file name under which a browser saves a part of an archive. The link carries the name in its query, and clients
 * that encode it twice (Teams among them) break it there, so it consists of letters, digits, dots and hyphens only. A
 * workspace's name would also make every link longer.
 */
export function archiveFileName(request: number, part: number, parts: number): string {
  const suffix = parts === 1 ? '' : `-part-${part}-of-${parts}`;
  return `${requestId(request)}${suffix}.zip`;
}

/** The same for a file that Microsoft Graph wrote, with its original extension. `index` counts from 0. */
export function directoryFileName(request: number, name: string, index: number): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/u.exec(name)?.[0] ?? '';
  return `${requestId(request)}-file-${index + 1}${extension}`;
}
