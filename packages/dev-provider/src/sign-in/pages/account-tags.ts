import type { AppConfig, DevProviderConfig, UserConfig } from '../../config/config.js'
import { groupName } from '../../config/groups.js'
import { isOverage } from '../../profiles/entra-claims.js'
import { rolesOf } from '../../profiles/subject.js'
import { isPersonal } from '../../profiles/tenants.js'
import type { AccountTag } from './account-list.js'

const MAX_GROUPS = 3

/** The place where the tags of an account appear. */
export interface TagOptions {
  readonly isSignedIn?: boolean
  readonly isGuest?: boolean | undefined
  /** The app whose roles the tags show. Without it, the roles at all apps. */
  readonly app?: AppConfig
}

/** Returns the facts about an account that decide what an app does, such as roles and groups. */
export function accountTags(
  config: DevProviderConfig,
  user: UserConfig,
  { isSignedIn, isGuest, app }: TagOptions = {},
): readonly AccountTag[] {
  const groups = user.groups ?? []
  const apps = app === undefined ? config.apps : [app]
  const roles = new Set(apps.flatMap((entry) => rolesOf(user, entry)))
  return [
    ...(isSignedIn === true ? [{ label: 'Signed in', kind: 'good' as const }] : []),
    ...(isGuest === true ? [{ label: 'Guest' }] : []),
    ...(isPersonal(user) ? [{ label: 'Personal' }] : []),
    ...(user.admin === true ? [{ label: 'Tenant administrator' }] : []),
    ...[...roles].map((label) => ({ label, kind: 'role' as const })),
    ...groupTags(config, groups),
    ...(user.email === undefined ? [{ label: 'No email address', kind: 'warn' as const }] : []),
  ]
}

function groupTags(config: DevProviderConfig, groups: readonly string[]): readonly AccountTag[] {
  if (isOverage(groups)) return [{ label: `${groups.length} groups: overage`, kind: 'warn' }]
  const shown = groups.slice(0, MAX_GROUPS).map((id) => ({ label: shorten(groupName(config, id)) }))
  const others = groups.length - shown.length
  return others > 0 ? [...shown, { label: `${others} more groups` }] : shown
}

/** Shortens the ID of a group without a name. */
function shorten(name: string): string {
  return /^[\da-f]{8}-[\da-f-]{27}$/i.test(name) ? `Group …${name.slice(-4)}` : name
}
