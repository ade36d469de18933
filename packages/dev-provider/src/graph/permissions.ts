import { GRAPH_URI } from '../profiles/graph-permissions.js'
import { hasAny, type Caller } from './caller.js'

/** The permissions of an endpoint. A token needs one of them. The first is the least privileged. */
export interface Permissions {
  /** The scopes for the data of the signed-in user. */
  readonly own?: readonly string[]
  /** The scopes for all data that the signed-in user can read. */
  readonly delegated: readonly string[]
  /** The app permissions. */
  readonly application: readonly string[]
  /** `true` if personal accounts have the data. */
  readonly isPersonal?: boolean
  /** `true` if the data belongs to the mailbox. The mailbox sends another error than the directory. */
  readonly isMailbox?: boolean
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
const MEMBERSHIPS = ['GroupMember.ReadBasic.All', 'User.Read.All', ...GROUPS]
const APPS = ['Application.Read.All', 'Application.ReadWrite.All', ...DIRECTORY]
// Tokens of the Azure CLI contain this scope. It allows everything that the user may do.
const AS_USER = 'Directory.AccessAsUser.All'
const OWN_APPS = 'Application.ReadWrite.OwnedBy'
const GRANTS = [...DIRECTORY, 'DelegatedPermissionGrant.ReadWrite.All']
const PHOTOS = ['ProfilePhoto.Read.All', ...BASIC_USERS]

// Scopes allow only the mailbox of the signed-in user.
const MAILBOX = { delegated: [], isPersonal: true, isMailbox: true } as const

function both(names: readonly string[], own?: readonly string[]): Permissions {
  return { delegated: names, application: names, ...(own !== undefined && { own }) }
}

/** The data that permissions protect. */
type Subject =
  | 'user'
  | 'users'
  | 'fullUsers'
  | 'memberOf'
  | 'memberIds'
  | 'photo'
  | 'groups'
  | 'applications'
  | 'registration'
  | 'appRoleAssignments'
  | 'assignment'
  | 'consent'
  | 'grants'
  | 'messages'
  | 'fullMessages'
  | 'sendMail'
  | 'events'

/** The permissions of the endpoints, as the reference of Graph lists them. */
export const permissions: Readonly<Record<Subject, Permissions>> = {
  user: { ...both(BASIC_USERS, ['User.Read', 'User.ReadWrite']), isPersonal: true },
  users: both(BASIC_USERS),
  fullUsers: both(USERS),
  memberOf: both(MEMBERSHIPS, ['User.Read']),
  memberIds: both([...MEMBERSHIPS, 'User.ReadWrite.All'], ['User.Read', 'User.ReadBasic.All']),
  photo: { ...both(PHOTOS, ['User.Read', 'User.ReadWrite']), isPersonal: true },
  groups: both(GROUPS),
  applications: { delegated: [...APPS, AS_USER], application: [...APPS, OWN_APPS] },
  registration: {
    delegated: ['Application.ReadWrite.All', AS_USER],
    application: [OWN_APPS, 'Application.ReadWrite.All'],
  },
  appRoleAssignments: {
    delegated: [...APPS, 'AppRoleAssignment.ReadWrite.All', AS_USER],
    application: [...APPS, 'AppRoleAssignment.ReadWrite.All'],
  },
  assignment: {
    delegated: ['AppRoleAssignment.ReadWrite.All', AS_USER],
    application: ['AppRoleAssignment.ReadWrite.All'],
  },
  grants: { delegated: [...GRANTS, AS_USER], application: GRANTS },
  consent: {
    delegated: ['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All', AS_USER],
    application: ['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  messages: {
    ...MAILBOX,
    own: ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'],
    application: ['Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite'],
  },
  fullMessages: {
    ...MAILBOX,
    own: ['Mail.Read', 'Mail.ReadWrite'],
    application: ['Mail.Read', 'Mail.ReadWrite'],
  },
  sendMail: { ...MAILBOX, own: ['Mail.Send'], application: ['Mail.Send'] },
  events: {
    ...MAILBOX,
    own: ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite'],
    application: ['Calendars.ReadBasic.All', 'Calendars.Read', 'Calendars.ReadWrite'],
  },
}

/** The app permissions that `appRoles` of Graph's service principal lists: those that an endpoint accepts. */
export const graphAppPermissions: readonly string[] = [
  ...new Set(Object.values(permissions).flatMap(({ application }) => application)),
]

/** Returns whether a caller may call an endpoint. */
export function isAllowed(caller: Caller, needed: Permissions, isOwn = false): boolean {
  return hasAny(caller, neededNames(caller, needed, isOwn))
}

/** Returns a sentence that says which permission the token of a caller needs. */
export function remedyOf(caller: Caller, needed: Permissions, isOwn = false): string {
  const names = neededNames(caller, needed, isOwn)
  if (names.length === 0) {
    return 'Scopes allow only the mailbox of the signed-in user. Use /me, or an app-only token with an app permission.'
  }
  return caller.isDelegated
    ? `The token does not contain a scope for this request. Request one of these scopes: ${names.join(', ')}.`
    : `The app does not have an app permission for this request. Add one of these to appPermissions of the app, with the prefix ${GRAPH_URI}/: ${names.join(', ')}.`
}

function neededNames(
  { isDelegated }: Caller,
  { own = [], delegated, application }: Permissions,
  isOwn: boolean,
): readonly string[] {
  if (!isDelegated) return application
  return isOwn ? [...own, ...delegated] : delegated
}
