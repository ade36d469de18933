import type { Caller } from './caller.js'
import { hasAny } from './caller.js'

/** The permissions of an endpoint. A token needs one of them. The first is the least privileged. */
export interface Permissions {
  /** The scopes for the data of the signed-in user. */
  readonly own?: readonly string[]
  /** The scopes for all data that the signed-in user can read. */
  readonly delegated: readonly string[]
  /** The app permissions. */
  readonly application: readonly string[]
}

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All']
const USERS = ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY]
const BASIC_USERS = ['User.ReadBasic.All', ...USERS]
const GROUPS = [
  'GroupMember.Read.All',
  'Group.ReadBasic.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...DIRECTORY,
]
const MEMBERS = ['GroupMember.ReadBasic.All', 'GroupMember.ReadWrite.All', ...GROUPS]
const MEMBERSHIPS = ['GroupMember.ReadBasic.All', 'User.Read.All', ...GROUPS]
const APPS = ['Application.Read.All', 'Application.ReadWrite.All', ...DIRECTORY]
const GRANTS = [...DIRECTORY, 'DelegatedPermissionGrant.ReadWrite.All']
const PHOTOS = ['ProfilePhoto.Read.All', ...BASIC_USERS]

function both(names: readonly string[], own?: readonly string[]): Permissions {
  return { delegated: names, application: names, ...(own !== undefined && { own }) }
}

/** The permissions of the endpoints, as the reference of Graph lists them. */
export const permissions = {
  user: both(BASIC_USERS, ['User.Read', 'User.ReadWrite']),
  users: both(BASIC_USERS),
  fullUsers: both(USERS),
  manager: both(USERS),
  directReports: both(USERS, ['User.Read']),
  memberOf: both(MEMBERSHIPS, ['User.Read']),
  memberIds: both([...MEMBERSHIPS, 'User.ReadWrite.All'], ['User.Read', 'User.ReadBasic.All']),
  photo: both(PHOTOS, ['User.Read', 'User.ReadWrite']),
  groups: both(GROUPS),
  members: both(MEMBERS),
  applications: both(APPS),
  appRoleAssignments: both([...APPS, 'AppRoleAssignment.ReadWrite.All']),
  grants: both(GRANTS),
  organization: {
    delegated: ['User.Read', 'Organization.Read.All', 'User.Read.All', ...DIRECTORY],
    application: ['Organization.Read.All', 'User.Read.All', ...DIRECTORY],
  },
  messages: {
    own: ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'],
    delegated: [],
    application: ['Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite'],
  },
  fullMessages: {
    own: ['Mail.Read', 'Mail.ReadWrite'],
    delegated: [],
    application: ['Mail.Read', 'Mail.ReadWrite'],
  },
  sendMail: { own: ['Mail.Send'], delegated: [], application: ['Mail.Send'] },
  events: {
    own: ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite'],
    delegated: [],
    application: ['Calendars.ReadBasic.All', 'Calendars.Read', 'Calendars.ReadWrite'],
  },
  fullEvents: {
    own: ['Calendars.Read', 'Calendars.ReadWrite'],
    delegated: [],
    application: ['Calendars.Read', 'Calendars.ReadWrite'],
  },
} satisfies Record<string, Permissions>

/** Returns whether a caller may call an endpoint. */
export function isAllowed(
  caller: Caller,
  { own = [], delegated, application }: Permissions,
  isOwn = false,
): boolean {
  if (!caller.isDelegated) return hasAny(caller, application)
  return hasAny(caller, isOwn ? [...own, ...delegated] : delegated)
}
