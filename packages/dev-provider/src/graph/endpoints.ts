import type { ProviderResponse } from '../protocol/http.js'
import type { GraphCall, Respond, RespondForUser, UserCall } from './call.js'
import { countApplications, listApplications, readApplication } from './directory/applications.js'
import { listGrants, listGrantsOfApp, listGrantsOfUser } from './directory/grants.js'
import {
  countGroups,
  countMemberships,
  listGroupMemberships,
  listGroups,
  listMembers,
  listMemberships,
  readGroup,
} from './directory/groups.js'
import { checkMemberGroups, listGroupIds } from './directory/members.js'
import { listOrganizations, readOrganization } from './directory/organization.js'
import {
  countServicePrincipals,
  listAppRoleAssignments,
  listServicePrincipals,
  readServicePrincipal,
} from './directory/service-principals.js'
import { countUsers, listReports, listUsers, readManager, readUser } from './directory/users.js'
import { accessDenied, mailboxDenied } from './errors.js'
import { events, listCalendarView } from './outlook/events.js'
import { listFolderMessages, listFolders, messages } from './outlook/messages.js'
import { readPhoto, readPhotoMetadata } from './outlook/photo.js'
import { sendMail } from './outlook/send-mail.js'
import { splitSegments } from './path.js'
import {
  createApplication,
  createServicePrincipal,
  deleteApplication,
  updateApplication,
} from './registration/applications.js'
import {
  createFederated,
  deleteFederated,
  listFederated,
  readFederated,
  updateFederated,
} from './registration/federated-credentials.js'
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
  ...forUser('GET manager', permissions.manager, readManager),
  ...forUser('GET directReports', permissions.directReports, listReports),
  ...memberships('memberOf'),
  ...memberships('transitiveMemberOf'),
  ...forUser('POST checkMemberGroups', permissions.memberIds, checkMemberGroups),
  ...groupIds('getMemberGroups'),
  ...groupIds('getMemberObjects'),
  ...forUser('GET oauth2PermissionGrants', permissions.grants, listGrantsOfUser),
  ...forUser('GET photo', permissions.photo, readPhotoMetadata),
  ...forUser('GET photo/$value', permissions.photo, readPhoto),
  ...forUser('GET photos/{size}', permissions.photo, readPhotoMetadata),
  ...forUser('GET photos/{size}/$value', permissions.photo, readPhoto),
  ...forUser('GET messages', permissions.messages, messages.list),
  ...forUser('GET messages/$count', permissions.messages, messages.count),
  ...forUser('GET messages/{message}', permissions.messages, messages.read),
  ...forUser('GET mailFolders', permissions.messages, listFolders),
  ...forUser('GET mailFolders/{folder}/messages', permissions.messages, listFolderMessages),
  ...forUser('POST sendMail', permissions.sendMail, sendMail),
  ...forUser('GET events', permissions.events, events.list),
  ...forUser('GET events/$count', permissions.events, events.count),
  ...forUser('GET events/{event}', permissions.events, events.read),
  ...forUser('GET calendar/events', permissions.events, events.list),
  ...forUser('GET calendarView', permissions.events, listCalendarView),
  ...forUser('GET calendar/calendarView', permissions.events, listCalendarView),
  get('users', permissions.users, listUsers),
  get('users/$count', permissions.users, countUsers),
  get('groups', permissions.groups, listGroups),
  get('groups/$count', permissions.groups, countGroups),
  get('groups/{id}', permissions.groups, readGroup),
  get('groups/{id}/members', permissions.members, listMembers),
  get('groups/{id}/transitiveMembers', permissions.members, listMembers),
  get('applications', permissions.applications, listApplications),
  get('applications/$count', permissions.applications, countApplications),
  get('applications/{id}', permissions.applications, readApplication),
  write('POST applications', createApplication),
  write('PATCH applications/{id}', updateApplication),
  write('DELETE applications/{id}', deleteApplication),
  write('POST applications/{id}/addPassword', addPassword),
  write('POST applications/{id}/removePassword', removePassword),
  get('applications/{id}/federatedIdentityCredentials', permissions.applications, listFederated),
  get(
    'applications/{id}/federatedIdentityCredentials/{credential}',
    permissions.applications,
    readFederated,
  ),
  write('POST applications/{id}/federatedIdentityCredentials', createFederated),
  write('PATCH applications/{id}/federatedIdentityCredentials/{credential}', updateFederated),
  write('DELETE applications/{id}/federatedIdentityCredentials/{credential}', deleteFederated),
  write('POST servicePrincipals', createServicePrincipal),
  get('servicePrincipals', permissions.applications, listServicePrincipals),
  get('servicePrincipals/$count', permissions.applications, countServicePrincipals),
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
  get('oauth2PermissionGrants', permissions.grants, listGrants),
  get('organization', permissions.organization, listOrganizations),
  get('organization/{id}', permissions.organization, readOrganization),
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
    ...forUser(`GET ${name}/$count`, memberOf, countMemberships),
    ...forUser(`GET ${name}/graph.group`, memberOf, listGroupMemberships),
    ...forUser(`GET ${name}/graph.group/$count`, memberOf, countMemberships),
  ]
}

// A client gets the second page with GET.
function groupIds(name: string): GraphEndpoint[] {
  return [
    ...forUser(`POST ${name}`, permissions.memberIds, listGroupIds),
    ...forUser(`GET ${name}`, permissions.memberIds, listGroupIds),
  ]
}
