import type { ScopeConfig } from '../config/config.js'

/** The audience of Graph tokens and the prefix of Graph scopes. */
export const GRAPH_URI = 'https://graph.microsoft.com'

/** The client ID of Graph, which can replace the URI of the resource. */
export const GRAPH_CLIENT_ID = '00000003-0000-0000-c000-000000000000'

/** The delegated permissions of Graph that apps request most often. */
export const graphPermissions: readonly ScopeConfig[] = [
  { value: 'User.Read', description: 'Sign you in and read your profile' },
  { value: 'User.ReadWrite', description: 'Read and update your profile' },
  { value: 'User.ReadBasic.All', description: "Read all users' basic profiles" },
  { value: 'User.Read.All', description: "Read all users' full profiles", adminConsent: true },
  {
    value: 'User.ReadWrite.All',
    description: "Read and write all users' full profiles",
    adminConsent: true,
  },
  {
    value: 'ProfilePhoto.Read.All',
    description: 'Read profile photo of a user or group',
    adminConsent: true,
  },
  { value: 'People.Read', description: 'Read your relevant people lists' },
  { value: 'Contacts.Read', description: 'Read your contacts' },
  { value: 'Contacts.ReadWrite', description: 'Have full access to your contacts' },
  { value: 'Calendars.ReadBasic', description: 'Read basic details of your calendars' },
  { value: 'Calendars.Read', description: 'Read your calendars' },
  { value: 'Calendars.ReadWrite', description: 'Have full access to your calendars' },
  { value: 'Mail.ReadBasic', description: 'Read user basic mail' },
  { value: 'Mail.Read', description: 'Read your mail' },
  { value: 'Mail.ReadWrite', description: 'Read and write your mail' },
  { value: 'Mail.Send', description: 'Send mail as you' },
  { value: 'MailboxSettings.Read', description: 'Read your mailbox settings' },
  { value: 'Files.Read', description: 'Read your files' },
  { value: 'Files.ReadWrite', description: 'Have full access to your files' },
  { value: 'Files.Read.All', description: 'Read all files that you can access' },
  { value: 'Files.ReadWrite.All', description: 'Have full access to all files you can access' },
  { value: 'Sites.Read.All', description: 'Read items in all site collections' },
  { value: 'Tasks.Read', description: 'Read your tasks' },
  { value: 'Tasks.ReadWrite', description: 'Create, read, update and delete your tasks' },
  { value: 'Notes.Read', description: 'Read your OneNote notebooks' },
  { value: 'Presence.Read', description: 'Read your presence information' },
  { value: 'Chat.Read', description: 'Read your chat messages' },
  { value: 'OnlineMeetings.Read', description: 'Read your online meetings' },
  { value: 'Team.ReadBasic.All', description: 'Read the names of your teams' },
  { value: 'GroupMember.Read.All', description: 'Read group memberships', adminConsent: true },
  { value: 'Group.Read.All', description: 'Read all groups', adminConsent: true },
  {
    value: 'Group.ReadBasic.All',
    description: "Read all groups' basic property",
    adminConsent: true,
  },
  { value: 'Group.ReadWrite.All', description: 'Read and write all groups', adminConsent: true },
  { value: 'GroupMember.ReadBasic.All', description: 'Read group memberships', adminConsent: true },
  {
    value: 'GroupMember.ReadWrite.All',
    description: 'Read and write group memberships',
    adminConsent: true,
  },
  { value: 'Application.Read.All', description: 'Read applications', adminConsent: true },
  {
    value: 'Application.ReadWrite.All',
    description: 'Read and write applications',
    adminConsent: true,
  },
  {
    value: 'Organization.Read.All',
    description: 'Read organization information',
    adminConsent: true,
  },
  {
    value: 'DelegatedPermissionGrant.ReadWrite.All',
    description: 'Manage all delegated permission grants',
    adminConsent: true,
  },
  {
    value: 'AppRoleAssignment.ReadWrite.All',
    description: 'Manage app permission grants and app role assignments',
    adminConsent: true,
  },
  {
    value: 'Directory.AccessAsUser.All',
    description: 'Access the directory as you',
    adminConsent: true,
  },
  { value: 'Directory.Read.All', description: 'Read directory data', adminConsent: true },
  {
    value: 'Directory.ReadWrite.All',
    description: 'Read and write directory data',
    adminConsent: true,
  },
]

/** The app permissions of Graph that `appRoles` of its service principal lists. */
export const graphAppPermissions: readonly string[] = [
  'User.Read.All',
  'User.ReadBasic.All',
  'User.ReadWrite.All',
  'ProfilePhoto.Read.All',
  'Mail.ReadBasic.All',
  'Mail.Read',
  'Mail.ReadWrite',
  'Mail.Send',
  'Calendars.ReadBasic.All',
  'Calendars.Read',
  'Calendars.ReadWrite',
  'GroupMember.Read.All',
  'GroupMember.ReadBasic.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadBasic.All',
  'Group.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'Organization.Read.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]
