import type { DevProviderConfig } from '../config/config.js'
import { GRAPH_CLIENT_ID } from './graph-permissions.js'
import type { TenantAccount } from './issuer-profile.js'
import type { ApiScope } from './scope-request.js'

/**
 * The permissions that only an administrator can grant in a tenant whose consent policy is managed by Microsoft, as in a new
 * tenant. The keys are the client IDs of Microsoft Graph and of Office 365 Exchange Online.
 *
 * Microsoft changes this list. Source, read on 2026-12-03: the page
 * https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies, which is dated 2026-01-22 and
 * contains the eight permissions that Microsoft added by July 2026.
 * `identity-web-cli` has the same list, and its tests compare them.
 */
export const MANAGED_PERMISSIONS: Readonly<Record<string, string>> = {
  [GRAPH_CLIENT_ID]: `
    Files.Read.All Files.ReadWrite.All Sites.Read.All Sites.ReadWrite.All
    Mail.Read Mail.ReadWrite Mail.ReadBasic Mail.Read.Shared Mail.ReadBasic.Shared Mail.ReadWrite.Shared
    MailboxItem.Read MailboxFolder.Read MailboxFolder.ReadWrite MailboxSettings.Read MailboxSettings.ReadWrite
    Calendars.Read Calendars.ReadBasic Calendars.ReadWrite Calendars.Read.Shared Calendars.ReadWrite.Shared
    Chat.Read Chat.ReadWrite OnlineMeetings.Read OnlineMeetings.ReadWrite
    Contacts.ReadWrite Contacts.Read.Shared Contacts.ReadWrite.Shared People.Read
    Tasks.Read Tasks.Read.Shared Tasks.ReadWrite Tasks.ReadWrite.Shared`,
  '00000002-0000-0ff1-ce00-000000000000': `
    EAS.AccessAsUser.All EWS.AccessAsUser.All IMAP.AccessAsUser.All POP.AccessAsUser.All`,
}

/**
 * Returns who can grant a permission to an app. `user-here` is a user of this tenant, although only an administrator could
 * grant it with Microsoft's policy.
 */
export function grantorOf(
  { config }: { readonly config: DevProviderConfig },
  { tenantId }: TenantAccount,
  { resource, name }: ApiScope,
): 'user' | 'user-here' | 'admin' {
  if (resource.find(name)?.adminConsent === true) return 'admin'
  // Only Entra ID has such policies.
  const tenant = config.tenants.find(
    ({ id, kind = 'entra' }) => kind === 'entra' && id.toLowerCase() === tenantId,
  )
  // Another API can have a permission with the same name.
  const api = resource.isGraph ? GRAPH_CLIENT_ID : resource.app?.clientId.toLowerCase()
  const names = MANAGED_PERMISSIONS[api ?? '']?.match(/\S+/g)
  const isManaged = names?.some((each) => each.toLowerCase() === name.toLowerCase())
  if (tenant === undefined || isManaged !== true) return 'user'
  return tenant.consentPolicy === 'microsoft' ? 'admin' : 'user-here'
}
