import { createHash } from 'node:crypto'
import type { ProviderResponse } from '../protocol/http.js'
import type { UserCall } from './call.js'
import { GraphError } from './errors.js'
import type { Entity, EntityType } from './odata/entity.js'
import { respondWithCollection } from './odata/respond.js'
import { isAllowed, permissions } from './permissions.js'

const HOUR_MS = 3600 * 1000
const DAY_MS = 24 * HOUR_MS
/** More than one page of messages. */
const MESSAGES = 12

const messageType: EntityType = { name: 'message', set: 'messages', always: ['id'], pageSize: 10 }
const eventType: EntityType = { name: 'event', set: 'events', always: ['id'], pageSize: 10 }

/** Handles `/me/messages` and `/me/mailFolders/inbox/messages`, the newest message first. */
export function listMessages(call: UserCall): ProviderResponse {
  const owner = requireMailbox(call)
  const from = toRecipient('Example Newsletter', 'news@newsletter.example')
  const text = `Hello ${call.account.user.givenName}, the development provider wrote this message.`
  // Mail.ReadBasic does not allow the content of messages.
  const hasContent = isAllowed(call.caller, permissions.fullMessages, call.isOwn)
  const messages = Array.from({ length: MESSAGES }, (_, index) => ({
    id: itemId(call, `mail ${index}`),
    receivedDateTime: new Date(startOfDay(call) - (index + 1) * 7 * HOUR_MS)
      .toISOString()
      .replace('.000Z', 'Z'),
    subject: `Message ${MESSAGES - index}`,
    ...(hasContent && { bodyPreview: text, body: { contentType: 'text', content: text } }),
    from,
    sender: from,
    toRecipients: [owner],
    isRead: index > 2,
  }))
  return respondWithCollection(call, messageType, messages)
}

/** Handles `/me/sendMail`. The provider does not deliver the message. */
export function sendMail(call: UserCall): ProviderResponse {
  requireMailbox(call)
  return { status: 202, headers: {}, body: '' }
}

/** Handles `/me/events`. */
export function listEvents(call: UserCall): ProviderResponse {
  const owner = requireMailbox(call)
  const today = startOfDay(call)
  const events = ['Daily stand-up', 'Planning meeting'].map((subject, day) => ({
    id: itemId(call, subject),
    subject,
    isAllDay: false,
    start: toZoned(today + day * DAY_MS + 9 * HOUR_MS),
    end: toZoned(today + day * DAY_MS + 10 * HOUR_MS),
    location: { displayName: 'Room 1.12' },
    organizer: owner,
    attendees: [{ type: 'required', ...owner }],
  }))
  return respondWithCollection(call, eventType, events)
}

/**
 * Returns the owner of the mailbox.
 *
 * @throws GraphError when the user does not have a mailbox, as guests and users without `email`.
 */
function requireMailbox({ account: { user, isGuest } }: UserCall): Entity {
  if (!isGuest && user.email !== undefined) return toRecipient(user.name, user.email)
  throw new GraphError(404, {
    code: 'MailboxNotEnabledForRESTAPI',
    message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    remedy: `Set email of ${user.username} in the configuration. Guests do not have a mailbox.`,
  })
}

function toRecipient(name: string, address: string): Entity {
  return { emailAddress: { name, address } }
}

/** Returns the start of the day, so that two requests of a day return the same dates. */
function startOfDay({ context }: UserCall): number {
  return Math.floor(context.nowMs() / DAY_MS) * DAY_MS
}

function toZoned(ms: number): Entity {
  return { dateTime: new Date(ms).toISOString().replace('Z', '0000'), timeZone: 'UTC' }
}

function itemId({ account }: UserCall, name: string): string {
  return createHash('sha256').update(`${account.oid} ${name}`).digest('base64url')
}
