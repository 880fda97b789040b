import type { HostLimits, SharedLimits } from '../../domain/host-limits.ts';

/** Limits in memory, for a process that shares them with no other. */
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
