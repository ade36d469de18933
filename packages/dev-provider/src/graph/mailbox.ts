import { createHash } from 'node:crypto'
import type { ProviderResponse } from '../protocol/http.js'
import { pathParam, type UserCall } from './call.js'
import { accountsIn } from './caller.js'
import { GraphError } from './errors.js'
import type { Entity, EntityType } from './odata/entity.js'
import { respondWithCollection, respondWithEntity } from './odata/respond.js'
import { isAllowed, permissions } from './permissions.js'

const HOUR_MS = 3600 * 1000
const DAY_MS = 24 * HOUR_MS
/** More than one page of messages. */
const MESSAGES = 12

const messageType: EntityType = { name: 'message', set: 'messages', always: ['id'], pageSize: 10 }
const eventType: EntityType = { name: 'event', set: 'events', always: ['id'], pageSize: 10 }

/** Handles `/me/messages` and `/me/mailFolders/inbox/messages`, the newest message first. */
export function listMessages(call: UserCall): ProviderResponse {
  return respondWithCollection(call, messageType, messagesOf(call))
}

/** Handles `/me/messages/{id}`. */
export function readMessage(call: UserCall): ProviderResponse {
  const id = pathParam(call, 'message')
  const message = messagesOf(call).find((entry) => entry['id'] === id)
  if (message !== undefined) return respondWithEntity(call, messageType, message)
  throw new GraphError(404, {
    code: 'ErrorItemNotFound',
    message: 'The specified object was not found in the store.',
  })
}

/** Handles `/me/sendMail`. The provider does not deliver the message. */
export function sendMail(call: UserCall): ProviderResponse {
  requireMailbox(call)
  return { status: 202, headers: {}, body: '' }
}

/** Handles `/me/events`. */
export function listEvents(call: UserCall): ProviderResponse {
  const { owner, colleagues } = requireMailbox(call)
  const today = startOfDay(call)
  const events = ['Daily stand-up', 'Planning meeting'].map((subject, day) => ({
    id: itemId(call, subject),
    subject,
    isAllDay: false,
    start: toZoned(today + day * DAY_MS + 9 * HOUR_MS),
    end: toZoned(today + day * DAY_MS + 10 * HOUR_MS),
    location: { displayName: 'Room 1.12' },
    organizer: colleagues[0],
    attendees: [owner, ...colleagues].map((person) => ({ type: 'required', ...person })),
  }))
  return respondWithCollection(call, eventType, events)
}

function messagesOf(call: UserCall): Entity[] {
  const { owner, colleagues } = requireMailbox(call)
  const text = `Hello ${call.account.user.givenName}, the development provider wrote this message.`
  // Mail.ReadBasic does not allow the content of messages.
  const hasContent = isAllowed(call.caller, permissions.fullMessages, call.isOwn)
  return Array.from({ length: MESSAGES }, (_, index) => {
    const received = new Date(startOfDay(call) - (index + 1) * 7 * HOUR_MS).toISOString()
    const from = colleagues[index % colleagues.length]
    return {
      id: itemId(call, `mail ${index}`),
      receivedDateTime: received.replace('.000Z', 'Z'),
      subject: `Message ${MESSAGES - index}`,
      ...(hasContent && { bodyPreview: text, body: { contentType: 'text', content: text } }),
      from,
      sender: from,
      toRecipients: [owner],
      isRead: index > 2,
    }
  })
}

/** A person as Graph writes it. */
interface Recipient {
  readonly emailAddress: { readonly name: string; readonly address: string }
}

/**
 * Returns the owner of the mailbox, and the people who write to it.
 *
 * @throws GraphError when the user does not have a mailbox, as guests and users without `email`.
 */
function requireMailbox({ context, account }: UserCall): {
  readonly owner: Recipient
  readonly colleagues: readonly Recipient[]
} {
  const { user, isGuest, oid, tenantId } = account
  if (isGuest || user.email === undefined) {
    throw new GraphError(404, {
      code: 'MailboxNotEnabledForRESTAPI',
      message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
      remedy: `Set email of ${user.username} in the configuration. Guests do not have a mailbox.`,
    })
  }
  const colleagues = accountsIn(context, tenantId)
    .filter((other) => other.oid !== oid && !other.isGuest)
    // Three colleagues are enough, and a configuration can contain thousands of users.
    .slice(0, 3)
    .map((other) => toRecipient(other.user.name, other.user.email ?? other.user.username))
  const newsletter = toRecipient('Example Newsletter', 'news@newsletter.example')
  return {
    owner: toRecipient(user.name, user.email),
    colleagues: colleagues.length > 0 ? colleagues : [newsletter],
  }
}

function toRecipient(name: string, address: string): Recipient {
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
