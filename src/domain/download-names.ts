import { requestId } from './request.ts';

/**
 * What a browser saves a part of an archive as. A link carries the name in its query, and clients that encode what is
 * encoded already (Teams among them) break it there, so it is made of letters, digits, dots and hyphens only. A
 * workspace's name would also make every link longer.
 */
export function archiveFileName(request: number, part: number, parts: number): string {
  const suffix = parts === 1 ? '' : `-part-${part}-of-${parts}`;
  return `${requestId(request)}${suffix}.zip`;
}

/** The same for a file that Microsoft Graph wrote, with the ending that it came with. `index` counts from 0. */
export function directoryFileName(request: number, name: string, index: number): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/u.exec(name)?.[0] ?? '';
  return `${requestId(request)}-file-${index + 1}${ending}`;
}
