import { addSecret, dayOf, validSecrets, type NewSecret } from '../../credentials/secrets.js'
import { readKeys, writeKeys } from '../../credentials/certificates.js'
import { addFederated, listFederated, missingCredentials } from '../../credentials/federated.js'
import type { Application, FederatedCredential, KeyCredential } from '../../graph/application.js'
import type { GraphClient } from '../../graph/graph-client.js'
import type { WishedCredentials } from './to-credentials.js'

/** The credentials that are missing, with a line about each. */
export interface PlannedCredentials {
  readonly lines: readonly string[]
  /** Sentences about the credentials that do not change. */
  readonly notes: readonly string[]
  readonly secretDays: number | undefined
  readonly certificate: KeyCredential | undefined
  readonly federated: readonly FederatedCredential[]
}

/** Compares the credentials of an app registration with the credentials that it should have. */
export async function planCredentials(
  graph: GraphClient,
  current: Application | undefined,
  wished: WishedCredentials & { readonly env: string | undefined },
): Promise<PlannedCredentials> {
  const lines: string[] = []
  const [valid] = validSecrets(current?.passwordCredentials ?? [])
  const needsSecret =
    wished.hasSecret &&
    valid === undefined &&
    !(wished.isDefaultSecret && (await hasOtherCredential(graph, current)))
  if (needsSecret) lines.push(`+ secret for ${wished.secretDays} days`)
  const certificate = await missingCertificate(graph, current, wished.certificate)
  if (certificate !== undefined) {
    lines.push(
      `+ certificate ${certificate.displayName ?? ''} until ${dayOf(certificate.endDateTime)}`,
    )
  }
  const federated =
    current === undefined
      ? wished.federated
      : await missingCredentials(graph, current.appId, wished.federated)
  lines.push(
    ...federated.map(({ issuer, subject }) => `+ federated credential ${subject} of ${issuer}`),
  )
  const notes =
    wished.hasSecret && valid !== undefined
      ? [
          `The app has a secret until ${dayOf(valid.endDateTime)}. To get another secret, run "npx --no-install identity-web-cli rotate ${wished.env === undefined ? `--app-id ${current?.appId ?? ''}` : `--env ${wished.env}`}".`,
        ]
      : []
  const secretDays = needsSecret ? wished.secretDays : undefined
  return { lines, notes, secretDays, certificate, federated }
}

/** Adds the credentials that are missing. */
export async function applyCredentials(
  graph: GraphClient,
  appId: string,
  { secretDays, certificate, federated }: PlannedCredentials,
): Promise<{ readonly secret: NewSecret | undefined }> {
  if (certificate !== undefined) {
    await writeKeys(graph, appId, [...(await readKeys(graph, appId)), certificate])
  }
  await addFederated(graph, appId, federated)
  // Last, because Graph does not return the secret again if a later request fails.
  const secret = secretDays === undefined ? undefined : await addSecret(graph, appId, secretDays)
  return { secret }
}

async function hasOtherCredential(
  graph: GraphClient,
  app: Application | undefined,
): Promise<boolean> {
  if (app === undefined) return false
  if (app.keyCredentials.length > 0) return true
  return (await listFederated(graph, app.appId)).length > 0
}

async function missingCertificate(
  graph: GraphClient,
  current: Application | undefined,
  wished: KeyCredential | undefined,
): Promise<KeyCredential | undefined> {
  if (wished === undefined || current === undefined) return wished
  const keys = await readKeys(graph, current.appId)
  return keys.some(({ key }) => key === wished.key) ? undefined : wished
}
