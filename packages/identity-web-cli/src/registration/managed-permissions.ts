import { GRAPH_APP_ID } from '../graph/applications.js'

/**
 * The permissions that only an administrator can grant in a tenant whose consent policy is managed by Microsoft, as in a new
 * tenant. The keys are the client IDs of Microsoft Graph and of Office 365 Exchange Online.
 *
 * Microsoft changes this list. Source, read on 2026-12-03: the page
 * https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies, which is dated 2026-01-22 and
 * contains the eight permissions that Microsoft added by July 2026.
 * The development provider has the same list, and a test compares them.
 */
export const MANAGED_PERMISSIONS: Readonly<Record<string, string>> = {
  [GRAPH_APP_ID]: `
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
