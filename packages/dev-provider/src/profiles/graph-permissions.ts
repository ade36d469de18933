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
  { value: 'People.Read', description: 'Read your relevant people lists' },
  { value: 'Contacts.Read', description: 'Read your contacts' },
  { value: 'Contacts.ReadWrite', description: 'Have full access to your contacts' },
  { value: 'Calendars.Read', description: 'Read your calendars' },
  { value: 'Calendars.ReadWrite', description: 'Have full access to your calendars' },
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
  { value: 'Team.ReadBasic.All', description: 'Read the names of your teams' },
  { value: 'GroupMember.Read.All', description: 'Read group memberships', adminConsent: true },
  { value: 'Group.Read.All', description: 'Read all groups', adminConsent: true },
  { value: 'Directory.Read.All', description: 'Read directory data', adminConsent: true },
]
