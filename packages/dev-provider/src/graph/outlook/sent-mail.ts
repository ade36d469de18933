import type { TenantAccount } from '../../profiles/issuer-profile.js'
import type { ProviderContext } from '../../state/context.js'
import type { SentMail } from '../../state/records.js'
import type { Correspondent } from './mailbox.js'

/** Returns the messages that a user sent with `sendMail` and kept. */
export function sentBy({ store }: ProviderContext, { oid, tenantId }: TenantAccount): SentMail[] {
  return store.sentMail.filter(
    (mail) => mail.senderOid === oid && mail.tenantId === tenantId && mail.isSaved,
  )
}

/** Returns the messages that other users sent to a mailbox. */
export function sentTo({ store }: ProviderContext, { address }: Correspondent): SentMail[] {
  const normalized = address.toLowerCase()
  return store.sentMail.filter((mail) =>
    [...mail.to, ...mail.cc].some((entry) => entry.address.toLowerCase() === normalized),
  )
}
