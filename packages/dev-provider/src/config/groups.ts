import type { DevProviderConfig } from './config.js'

/** Returns the name of a group, or its object ID when the configuration does not name the group. */
export function groupName({ groups = [] }: DevProviderConfig, id: string): string {
  const normalized = id.toLowerCase()
  return groups.find((group) => group.id.toLowerCase() === normalized)?.name ?? id
}
