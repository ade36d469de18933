import type { ScopeConfig } from '../config/config.js'

/** The audience of Graph tokens and the prefix of Graph scopes. */
export const GRAPH_URI = 'https://graph.microsoft.com'

/** The client ID of Graph, which can replace the URI of the resource. */
export const GRAPH_CLIENT_ID = '00000003-0000-0000-c000-000000000000'

/** The scopes that users can grant themselves, with their descriptions on the consent page. */
const USER_SCOPES: Readonly<Record<string, string>> = {
  'User.Read': 'Sign you in and read your profile',
  'User.ReadWrite': 'Read and update your profile',
  'User.ReadBasic.All': "Read all users' basic profiles",
  'People.Read': 'Read your relevant people lists',
  'Contacts.Read': 'Read your contacts',
  'Contacts.ReadWrite': 'Have full access to your contacts',
  'Calendars.ReadBasic': 'Read basic details of your calendars',
  'Calendars.Read': 'Read your calendars',
  'Calendars.ReadWrite': 'Have full access to your calendars',
  'Mail.ReadBasic': 'Read user basic mail',
  'Mail.Read': 'Read your mail',
  'Mail.ReadWrite': 'Read and write your mail',
  'Mail.Send': 'Send mail as you',
  'MailboxSettings.Read': 'Read your mailbox settings',
  'Files.Read': 'Read your files',
  'Files.ReadWrite': 'Have full access to your files',
  'Files.Read.All': 'Read all files that you can access',
  'Files.ReadWrite.All': 'Have full access to all files you can access',
  'Sites.Read.All': 'Read items in all site collections',
  'Tasks.Read': 'Read your tasks',
  'Tasks.ReadWrite': 'Create, read, update and delete your tasks',
  'Notes.Read': 'Read your OneNote notebooks',
  'Presence.Read': 'Read your presence information',
  'Chat.Read': 'Read your chat messages',
  'OnlineMeetings.Read': 'Read your online meetings',
  'Team.ReadBasic.All': 'Read the names of your teams',
}

/** The scopes that only an administrator can grant. */
const ADMIN_SCOPES: Readonly<Record<string, string>> = {
  'User.Read.All': "Read all users' full profiles",
  'User.ReadWrite.All': "Read and write all users' full profiles",
  'ProfilePhoto.Read.All': 'Read profile photo of a user or group',
  'GroupMember.Read.All': 'Read group memberships',
  'Group.Read.All': 'Read all groups',
  'Group.ReadBasic.All': "Read all groups' basic property",
  'Group.ReadWrite.All': 'Read and write all groups',
  'GroupMember.ReadBasic.All': 'Read group memberships',
  'GroupMember.ReadWrite.All': 'Read and write group memberships',
  'Application.Read.All': 'Read applications',
  'Application.ReadWrite.All': 'Read and write applications',
  'Organization.Read.All': 'Read organization information',
  'DelegatedPermissionGrant.ReadWrite.All': 'Manage all delegated permission grants',
  'AppRoleAssignment.ReadWrite.All': 'Manage app permission grants and app role assignments',
  'Directory.AccessAsUser.All': 'Access the directory as you',
  'Directory.Read.All': 'Read directory data',
  'Directory.ReadWrite.All': 'Read and write directory data',
}

/** The delegated permissions of Graph that apps request most often. */
export const graphPermissions: readonly ScopeConfig[] = [
  ...Object.entries(USER_SCOPES).map(([value, description]) => ({ value, description })),
  ...Object.entries(ADMIN_SCOPES).map(([value, description]) => ({
    value,
    description,
    adminConsent: true,
  })),
]
