import type { ProviderResponse } from '../../protocol/http.js'
import type { SentMail } from '../../state/records.js'
import { pathParam, type UserCall } from '../call.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection } from '../odata/respond.js'
import { isAllowed, permissions } from '../permissions.js'
import { mailFolderType, messageType } from './entity-types.js'
import { itemHandlers, itemNotFound, type ItemHandlers } from './items.js'
import {
  colleaguesOf,
  itemId,
  requireMailbox,
  startOfDay,
  toBody,
  toDateTime,
  toRecipient,
  type Correspondent,
} from './mailbox.js'
import { sentBy, sentTo } from './sent-mail.js'

const HOUR_MS = 3600 * 1000
const RECEIVED = 12
const FOLDERS = [
  { key: 'inbox', displayName: 'Inbox' },
  { key: 'sentitems', displayName: 'Sent Items' },
] as const

type Folder = (typeof FOLDERS)[number]['key']

/** The parts of a message that differ between messages. */
interface MessageParts {
  readonly key: string
  readonly folder: Folder
  readonly subject: string
  readonly text: string
  readonly atMs: number
  readonly from: Correspondent
  readonly to: readonly Correspondent[]
  readonly cc?: readonly Correspondent[]
  readonly isRead: boolean
  readonly importance?: string
}

/** The handlers of `/me/messages`, the messages of all folders. */
export const messages: ItemHandlers = itemHandlers('message', messageType, messagesOf)

/** Handles `/me/mailFolders`. */
export function listFolders(call: UserCall): ProviderResponse {
  const all = messagesOf(call)
  const folders = FOLDERS.map(({ key, displayName }) => {
    const id = itemId(call.account, key)
    const inside = all.filter((message) => message['parentFolderId'] === id)
    return {
      id,
      displayName,
      parentFolderId: itemId(call.account, 'root'),
      childFolderCount: 0,
      unreadItemCount: inside.filter((message) => message['isRead'] === false).length,
      totalItemCount: inside.length,
      sizeInBytes: inside.length * 2048,
      isHidden: false,
    }
  })
  return respondWithCollection(call, mailFolderType, folders)
}

/** Handles `/me/mailFolders/{id}/messages`. The ID can be a name such as `inbox`. */
export function listFolderMessages(call: UserCall): ProviderResponse {
  const asked = pathParam(call, 'folder')
  const ids = FOLDERS.map(({ key }) => ({ key, id: itemId(call.account, key) }))
  const folder = ids.find(({ key, id }) => id === asked || key === asked.toLowerCase())
  if (folder === undefined) throw itemNotFound()
  const inside = messagesOf(call).filter((message) => message['parentFolderId'] === folder.id)
  return respondWithCollection(call, messageType, inside)
}

/** Returns the messages of a mailbox, the newest first. */
function messagesOf(call: UserCall): Entity[] {
  const { context, account } = call
  const owner = requireMailbox(call)
  const colleagues = colleaguesOf(context, account)
  const today = startOfDay(context)
  // More than one page of messages.
  const received = Array.from({ length: RECEIVED }, (_, index): MessageParts => ({
    key: `mail ${index}`,
    folder: 'inbox',
    subject: `Message ${RECEIVED - index}`,
    text: `Hello ${account.user.givenName}, the development provider wrote this message.`,
    atMs: today - (index + 1) * 7 * HOUR_MS,
    from: colleagues[index % colleagues.length] ?? owner,
    to: [owner],
    isRead: index > 2,
  }))
  const parts = [
    ...sentBy(context, account).map((mail) => toParts(mail, 'sentitems')),
    ...sentTo(context, owner).map((mail) => toParts(mail, 'inbox')),
    ...received,
  ]
  const isBasic = !isAllowed(call.caller, permissions.fullMessages, call.isOwn)
  return parts
    .toSorted((left, right) => right.atMs - left.atMs)
    .map((entry) => toMessage(call, entry))
    .map((message) => (isBasic ? withoutBody(message) : message))
}

function toParts(mail: SentMail, folder: Folder): MessageParts {
  const { id, atMs, subject, text, importance, from, to, cc } = mail
  const isRead = folder === 'sentitems'
  return { key: `${folder} ${id}`, folder, subject, text, atMs, importance, from, to, cc, isRead }
}

function toMessage(call: UserCall, parts: MessageParts): Entity {
  const { account } = call
  const { key, atMs, subject, text, from, to, cc = [] } = parts
  const id = itemId(account, key)
  const time = toDateTime(atMs)
  const sender = toRecipient(from)
  return {
    '@odata.etag': `W/"${id.slice(7, 27)}"`,
    id,
    createdDateTime: time,
    lastModifiedDateTime: time,
    changeKey: id.slice(7, 27),
    categories: [],
    receivedDateTime: time,
    sentDateTime: time,
    hasAttachments: false,
    internetMessageId: `<${id.slice(7, 27)}@${from.address.split('@')[1] ?? 'localhost'}>`,
    subject,
    bodyPreview: text.replaceAll(/\s+/g, ' ').slice(0, 255),
    importance: parts.importance ?? 'normal',
    parentFolderId: itemId(account, parts.folder),
    conversationId: itemId(account, `conversation ${key}`),
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    isRead: parts.isRead,
    isDraft: false,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}`,
    inferenceClassification: 'focused',
    body: toBody(call, text),
    sender,
    from: sender,
    toRecipients: to.map(toRecipient),
    ccRecipients: cc.map(toRecipient),
    bccRecipients: [],
    replyTo: [],
    flag: { flagStatus: 'notFlagged' },
  }
}

// Mail.ReadBasic does not allow the content of messages.
function withoutBody({ body: _body, bodyPreview: _preview, ...rest }: Entity): Entity {
  return rest
}
