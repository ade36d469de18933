import { randomUUID } from 'node:crypto'
import { isNonEmptyString, isObject } from '../../config/value-checks.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { UserCall } from '../call.js'
import { badRequest } from '../errors.js'
import { readJson } from '../directory/members.js'
import { requireMailbox, type Correspondent } from './mailbox.js'

// Enough for a test, and a limit for the memory of the provider.
const MAX_SENT_MAIL = 1000

/**
 * Handles `/me/sendMail`. The message appears in the mailboxes of the sender and of the recipients
 * whom the configuration contains.
 */
export function sendMail(call: UserCall): ProviderResponse {
  const { context, account } = call
  const from = requireMailbox(call)
  const body = readJson(call.request)
  const message = body?.['message']
  if (!isObject(message)) {
    throw badRequest('Send a JSON body with an object message.', 'ErrorInvalidRequest')
  }
  const to = recipientsOf(message['toRecipients'])
  const cc = recipientsOf(message['ccRecipients'])
  const bcc = recipientsOf(message['bccRecipients'])
  if (to.length + cc.length + bcc.length === 0) {
    throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients')
  }
  const { sentMail } = context.store
  sentMail.push({
    id: randomUUID(),
    tenantId: account.tenantId,
    senderOid: account.oid,
    atMs: context.nowMs(),
    subject: textOf(message['subject']),
    text: contentOf(message['body']),
    importance: isNonEmptyString(message['importance']) ? message['importance'] : 'normal',
    from,
    to,
    cc: [...cc, ...bcc],
    isSaved: body?.['saveToSentItems'] !== false,
  })
  if (sentMail.length > MAX_SENT_MAIL) sentMail.shift()
  return { status: 202, headers: {}, body: '' }
}

function recipientsOf(value: unknown): Correspondent[] {
  const entries: unknown[] = Array.isArray(value) ? value : []
  return entries.map((entry) => {
    const emailAddress = isObject(entry) ? entry['emailAddress'] : undefined
    const address = isObject(emailAddress) ? emailAddress['address'] : undefined
    if (!isNonEmptyString(address) || !isObject(emailAddress)) {
      throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients')
    }
    const { name } = emailAddress
    return { address, name: isNonEmptyString(name) ? name : address }
  })
}

function contentOf(body: unknown): string {
  return isObject(body) ? textOf(body['content']) : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
