import type { ProviderResponse } from '../protocol/http.js'
import type { GraphCall, Respond, RespondForUser, UserCall } from './call.js'
import { listApplications, readApplication } from './directory/applications.js'
import { listGrantsOfApp } from './directory/grants.js'
import { listGroupMemberships, listGroups, listMemberships, readGroup } from './directory/groups.js'
import { checkMemberGroups, listGroupIds } from './directory/members.js'
import {
  listAppRoleAssignments,
  listServicePrincipals,
  readServicePrincipal,
} from './directory/service-principals.js'
import { listUsers, readUser } from './directory/users.js'
import { accessDenied, mailboxDenied } from './errors.js'
import { listEvents, listMessages, sendMail } from './mailbox.js'
import { readPhoto } from './photo.js'
import { splitSegments } from './path.js'
import {
  createApplication,
  createServicePrincipal,
  deleteApplication,
  updateApplication,
} from './registration/applications.js'
import { createFederated, listFederated } from './registration/federated-credentials.js'
import { createAppRoleAssignment, createGrant, updateGrant } from './registration/grants.js'
import { addPassword, removePassword } from './registration/passwords.js'
import { isAllowed, permissions, remedyOf, type Permissions } from './permissions.js'
import { targetUser } from './target-user.js'

/** An endpoint of Graph. */
export interface GraphEndpoint {
  readonly method: string
  readonly pattern: readonly string[]
  /** `true` if personal accounts can call the endpoint. */
  readonly isPersonal: boolean
  /** Checks the permissions and the user in the path. */
  readonly authorize: (call: GraphCall) => void
  readonly respond: Respond
}

/** The endpoints, with their permissions. */
export const endpoints: readonly GraphEndpoint[] = [
  ...forUser('GET ', permissions.user, readUser),
  ...memberships('memberOf'),
  ...memberships('transitiveMemberOf'),
  ...forUser('POST checkMemberGroups', permissions.memberIds, checkMemberGroups),
  ...groupIds('getMemberGroups'),
  ...groupIds('getMemberObjects'),
  ...forUser('GET photo/$value', permissions.photo, readPhoto),
  ...forUser('GET messages', permissions.messages, listMessages),
  ...forUser('GET mailFolders/inbox/messages', permissions.messages, listMessages),
  ...forUser('POST sendMail', permissions.sendMail, sendMail),
  ...forUser('GET events', permissions.events, listEvents),
  get('users', permissions.users, listUsers),
  get('groups', permissions.groups, listGroups),
  get('groups/{id}', permissions.groups, readGroup),
  get('applications', permissions.applications, listApplications),
  get('applications/{id}', permissions.applications, readApplication),
  write('POST applications', createApplication),
  write('PATCH applications/{id}', updateApplication),
  write('DELETE applications/{id}', deleteApplication),
  write('POST applications/{id}/addPassword', addPassword),
  write('POST applications/{id}/removePassword', removePassword),
  get('applications/{id}/federatedIdentityCredentials', permissions.applications, listFederated),
  write('POST applications/{id}/federatedIdentityCredentials', createFederated),
  write('POST servicePrincipals', createServicePrincipal),
  get('servicePrincipals', permissions.applications, listServicePrincipals),
  get('servicePrincipals/{id}', permissions.applications, readServicePrincipal),
  get(
    'servicePrincipals/{id}/appRoleAssignments',
    permissions.appRoleAssignments,
    listAppRoleAssignments,
  ),
  createEndpoint(
    'POST servicePrincipals/{id}/appRoleAssignments',
    permissions.assignment,
    createAppRoleAssignment,
  ),
  createEndpoint('POST oauth2PermissionGrants', permissions.consent, createGrant),
  createEndpoint('PATCH oauth2PermissionGrants/{id}', permissions.consent, updateGrant),
  get('servicePrincipals/{id}/oauth2PermissionGrants', permissions.grants, listGrantsOfApp),
]

/** Creates an endpoint at `/me` and the same endpoint at `/users/{id}`. */
function forUser(route: string, needed: Permissions, respond: RespondForUser): GraphEndpoint[] {
  const [method = '', path = ''] = route.split(' ')
  const { isPersonal = false, isMailbox = false } = needed
  const denied = isMailbox ? mailboxDenied : accessDenied
  const rest = splitSegments(path.split('/').filter(Boolean))
  const toUserCall = (call: GraphCall): UserCall => ({ ...call, ...targetUser(call) })
  return [
    ['me', ...rest],
    ['users', '{user}', ...rest],
  ].map((pattern) => ({
    method,
    pattern,
    isPersonal,
    authorize: (call) => {
      const { isOwn } = targetUser(call)
      if (isAllowed(call.caller, needed, isOwn)) return
      throw denied(remedyOf(call.caller, needed, isOwn))
    },
    respond: (call): ProviderResponse => respond(toUserCall(call)),
  }))
}

function get(path: string, needed: Permissions, respond: Respond): GraphEndpoint {
  return createEndpoint(`GET ${path}`, needed, respond)
}

/** Creates an endpoint that changes app registrations. */
function write(path: string, respond: Respond): GraphEndpoint {
  return createEndpoint(path, permissions.registration, respond)
}

function createEndpoint(
  methodAndPath: string,
  needed: Permissions,
  respond: Respond,
): GraphEndpoint {
  const [method = '', path = ''] = methodAndPath.split(' ')
  return {
    method,
    pattern: splitSegments(path.split('/')),
    isPersonal: false,
    authorize: ({ caller }) => {
      if (!isAllowed(caller, needed)) throw accessDenied(remedyOf(caller, needed))
    },
    respond,
  }
}

function memberships(name: string): GraphEndpoint[] {
  const { memberOf } = permissions
  return [
    ...forUser(`GET ${name}`, memberOf, listMemberships),
    ...forUser(`GET ${name}/graph.group`, memberOf, listGroupMemberships),
  ]
}

// A client gets the second page with GET.
function groupIds(name: string): GraphEndpoint[] {
  return [
    ...forUser(`POST ${name}`, permissions.memberIds, listGroupIds),
    ...forUser(`GET ${name}`, permissions.memberIds, listGroupIds),
  ]
}
