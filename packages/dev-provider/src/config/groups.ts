import type { DevProviderConfig } from './config.js'

/** Returns a group's name, or its object ID when the configuration does not name the group. */
export function groupName({ groups = [] }: DevProviderConfig, id: string): string {
  const normalized = id.toLowerCase()
  return groups.find((group) => group.id.toLowerCase() === normalized)?.name ?? id
}
