import { createHash } from 'node:crypto'
import type { TenantAccount } from '../../profiles/issuer-profile.js'
import type { ProviderContext } from '../../state/context.js'
import type { MailAddress } from '../../state/records.js'
import type { UserCall } from '../call.js'
import { accountsIn } from '../caller.js'
import { managerOf } from '../directory/user-entity.js'
import { GraphError } from '../errors.js'
import type { Entity } from '../odata/entity.js'

/** A person in a message or an event. */
export type Correspondent = MailAddress

const DAY_MS = 24 * 3600 * 1000

/**
 * Returns the owner of the mailbox.
 *
 * @throws GraphError when the user does not have a mailbox, as guests and users without `email`.
 */
export function requireMailbox({ account }: Pick<UserCall, 'account'>): Correspondent {
  const { user, isGuest } = account
  if (isGuest || user.email === undefined) {
    throw new GraphError(404, {
      code: 'MailboxNotEnabledForRESTAPI',
      message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
      remedy: `Set email of ${user.username} in the configuration. Guests do not have a mailbox.`,
    })
  }
  return { name: user.name, address: user.email }
}

/** Returns the colleagues of a user, the manager first. A user without colleagues gets one. */
export function colleaguesOf(context: ProviderContext, account: TenantAccount): Correspondent[] {
  const manager = managerOf(context, account)
  const others = accountsIn(context, account.tenantId)
    .filter(({ oid, isGuest }) => oid !== account.oid && !isGuest)
    .toSorted(
      (left, right) => Number(right.oid === manager?.oid) - Number(left.oid === manager?.oid),
    )
    // Three colleagues are enough, and a configuration can contain thousands of users.
    .slice(0, 3)
    .map(({ user }) => ({ name: user.name, address: user.email ?? user.username }))
  return others.length > 0
    ? others
    : [{ name: 'Example Newsletter', address: 'news@newsletter.example' }]
}

/**
 * Returns the start of the current day. The dates of messages and events depend on it, and not on
 * the time, so that two requests of a day return the same dates.
 */
export function startOfDay({ nowMs }: Pick<ProviderContext, 'nowMs'>): number {
  return Math.floor(nowMs() / DAY_MS) * DAY_MS
}

/** Returns a date as Graph writes it. */
export function toDateTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

/** Returns the ID of an item of a mailbox, which is always the same. */
export function itemId(account: Pick<TenantAccount, 'oid'>, name: string): string {
  const digest = createHash('sha256').update(`${account.oid} ${name}`).digest('base64url')
  return `AAMkAGQ${digest}${digest.slice(0, 24)}AAA=`
}

/** Returns a person as Graph writes it. */
export function toRecipient({ name, address }: Correspondent): Entity {
  return { emailAddress: { name, address } }
}

/** Returns a body, as text when the client prefers it. The default is HTML. */
export function toBody({ request }: Pick<UserCall, 'request'>, text: string): Entity {
  const isText = /outlook\.body-content-type="?text"?/i.test(request.headers['prefer'] ?? '')
  if (isText) return { contentType: 'text', content: text }
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
  return { contentType: 'html', content: `<html><body><p>${html}</p></body></html>` }
}
