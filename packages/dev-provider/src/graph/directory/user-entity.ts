import type { UserConfig } from '../../config/config.js'
import type { TenantAccount } from '../../profiles/issuer-profile.js'
import type { ProviderContext } from '../../state/context.js'
import type { GraphCall } from '../call.js'
import { accountsIn, type Caller } from '../caller.js'
import { isAllowed, permissions } from '../permissions.js'
import type { Entity } from '../odata/entity.js'

// The properties that User.ReadBasic.All allows for other users.
const BASIC = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'mail',
  'surname',
  'userPrincipalName',
]
const CREATED = '2024-01-15T08:00:00Z'

/** Returns the object of a user, without the properties that the caller cannot read. */
export function toUserEntity({ context, caller }: GraphCall, account: TenantAccount): Entity {
  const { user } = account
  const entity: Entity = {
    businessPhones: [],
    displayName: user.name,
    givenName: user.givenName,
    jobTitle: user.jobTitle ?? null,
    mail: user.email ?? null,
    mobilePhone: user.mobilePhone ?? null,
    officeLocation: user.officeLocation ?? null,
    preferredLanguage: user.preferredLanguage ?? null,
    surname: user.surname,
    userPrincipalName: principalName(context, account),
    id: account.oid,
    accountEnabled: true,
    assignedLicenses: [],
    assignedPlans: [],
    createdDateTime: CREATED,
    creationType: account.isGuest ? 'Invitation' : null,
    department: user.department ?? null,
    identities: [],
    imAddresses: user.email === undefined ? [] : [user.email],
    mailNickname: nickname(user),
    otherMails: [],
    proxyAddresses: user.email === undefined ? [] : [`SMTP:${user.email}`],
    userType: account.isGuest ? 'Guest' : 'Member',
  }
  if (canReadAll(caller, account)) return entity
  return Object.fromEntries(Object.entries(entity).filter(([name]) => BASIC.includes(name)))
}

/** Returns the user name in a tenant, which differs for guests. */
function principalName(
  { config }: ProviderContext,
  { user, tenantId, isGuest }: TenantAccount,
): string {
  if (!isGuest) return user.username
  const tenant = config.tenants.find(({ id }) => id.toLowerCase() === tenantId.toLowerCase())
  return `${user.username.replace('@', '_')}#EXT#@${tenant?.domains[0] ?? tenantId}`
}

/** Returns the account with this object ID or user name. */
export function findAccount(
  context: ProviderContext,
  tenantId: string,
  name: string,
): TenantAccount | undefined {
  const normalized = name.toLowerCase()
  return accountsIn(context, tenantId).find(
    (account) =>
      account.oid.toLowerCase() === normalized ||
      principalName(context, account).toLowerCase() === normalized,
  )
}

function canReadAll(caller: Caller, { oid }: TenantAccount): boolean {
  if (isAllowed(caller, permissions.fullUsers)) return true
  const isOwn = caller.isDelegated && caller.oid === oid
  return isOwn && caller.permissions.some((name) => /^User\.Read(Write)?$/i.test(name))
}

function nickname({ username }: UserConfig): string {
  return username.slice(0, username.indexOf('@') < 0 ? undefined : username.indexOf('@'))
}
