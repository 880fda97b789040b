import type { HostPace, SharedPace } from '../../domain/host-limits.ts';

/** For a process that shares with nobody. */
export function createOwnPace(): SharedPace {
  const hosts = new Map<string, HostPace>();
  return {
    caller: 'this process',
    update: async (host, change) => {
      const pace = change(hosts.get(host) ?? null);
      hosts.set(host, pace);
      return pace;
    },
  };
}
