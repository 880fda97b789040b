import type { HostLimits, SharedLimits } from '../../domain/host-limits.ts';

/** For a process that shares with nobody. */
export function createInProcessLimits(): SharedLimits {
  const hosts = new Map<string, HostLimits>();
  return {
    caller: 'this process',
    update: async (host, change) => {
      const limits = change(hosts.get(host) ?? null);
      hosts.set(host, limits);
      return limits;
    },
  };
}
