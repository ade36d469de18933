import type { PasswordCredential } from '../graph/application.js'
import { pathOf, readApplication } from '../graph/applications.js'
import type { GraphClient } from '../graph/graph-client.js'

const DAY_MS = 24 * 3600 * 1000

/** A new secret. */
export interface NewSecret {
  readonly secret: string
  readonly keyId: string
  /** The time at which it ends, for example `2027-05-25T08:30:00.000Z`. */
  readonly end: string
}

/** Adds a secret to an app registration. Graph returns it only once. */
export async function addSecret(
  graph: GraphClient,
  appId: string,
  days: number,
): Promise<NewSecret> {
  const endDateTime = new Date(Date.now() + days * DAY_MS).toISOString()
  const passwordCredential = { displayName: 'identity-web-cli', endDateTime }
  const added = await graph.send('POST', `${pathOf(appId)}/addPassword`, {
    body: { passwordCredential },
    isNew: true,
    ifUnclear:
      'Microsoft Graph may have created a secret, but its value is lost. Look under "Certificates & secrets" of the app registration, and remove the new secret. Then run the command again.',
  })
  const { endDateTime: end } = added
  return {
    secret: String(added['secretText']),
    keyId: String(added['keyId']),
    end: typeof end === 'string' ? end : endDateTime,
  }
}

/** Removes a secret from an app registration. It does not authenticate the app anymore. */
export async function removeSecret(
  graph: GraphClient,
  appId: string,
  keyId: string,
): Promise<void> {
  try {
    await graph.send('POST', `${pathOf(appId)}/removePassword`, { body: { keyId } })
  } catch (error) {
    // Graph may have removed it before the response was lost.
    const { passwordCredentials } = await readApplication(graph, appId)
    if (passwordCredentials.some((each) => each.keyId === keyId)) throw error
  }
}

/** Returns the secrets that did not end. */
export function validSecrets(
  secrets: readonly PasswordCredential[],
): readonly PasswordCredential[] {
  return secrets.filter(
    ({ endDateTime }) =>
      endDateTime === undefined || endDateTime === null || Date.parse(endDateTime) > Date.now(),
  )
}

/** Returns the day of a date and time of Graph. */
export function dayOf(dateTime: string | null | undefined): string {
  return dateTime?.slice(0, 10) ?? 'an unknown day'
}
