import type { AccessToken } from '../../../graph/access-token.js'
import type { Application } from '../../../graph/application.js'
import { equals } from '../../../graph/applications.js'
import { GraphClient } from '../../../graph/graph-client.js'
import { GraphError } from '../../../graph/graph-error.js'
import { CheckError } from '../explain-error.js'
import type { Evidence } from '../evidence.js'
import { graphOf } from '../../../subject/authorities.js'

/** A secret or a certificate in the app registration. Microsoft Graph does not return its value. */
interface RegisteredCredential {
  readonly kind: 'secret' | 'certificate'
  /** The name that the registration shows, and the start of its ID. */
  readonly name: string
  /** The time at which the credential expires. `undefined` if the credential does not expire. */
  readonly end: Date | undefined
}

/** The app registration, and the Microsoft Graph that returned it. */
export interface ReadRegistration {
  readonly graph: GraphClient
  readonly credentials: readonly RegisteredCredential[]
  readonly permissions: Application['requiredResourceAccess']
}

interface Registration extends Partial<Pick<Application, 'requiredResourceAccess'>> {
  readonly passwordCredentials?: readonly Entry[]
  readonly keyCredentials?: readonly Entry[]
}

interface Entry {
  readonly displayName?: string | null
  readonly keyId?: string
  readonly endDateTime?: string | null
}

/**
 * Reads the secrets, the certificates and the permissions of the app registration from Microsoft Graph.
 *
 * @returns `undefined` if the user did not allow it.
 * @throws Error with the status if Microsoft Graph rejects the request.
 */
export async function readRegistration(evidence: Evidence): Promise<ReadRegistration | undefined> {
  const { clientId, authority, choices } = evidence
  if (choices.readGraphToken === undefined) return undefined
  // The token is for an administrator, so it is sent only to Microsoft, or to this machine.
  const graph = choices.graph ?? graphOf(authority)
  if (graph === undefined || clientId === undefined)
    throw new CheckError(
      'The authority does not have a Microsoft Graph, so the registered secrets are not visible.',
      'Remove --azure-cli and --token-file. For the development provider, set the URL of its Graph with --graph.',
    )
  const token = await readToken(choices.readGraphToken)
  const client = new GraphClient(graph, token, {
    // The evidence has the time limit of the check, and the proxy of the application.
    fetch: (url, { signal: _signal, ...init }) => evidence.fetch(url, init),
    maxTries: 1,
  })
  const filter = encodeURIComponent(equals('appId', clientId))
  const path = `/applications?$filter=${filter}&$select=appId,passwordCredentials,keyCredentials,requiredResourceAccess`
  const [app] = await client.list<Registration>(path).catch((cause: unknown) => {
    throw toCheckError(cause)
  })
  if (app === undefined)
    throw new CheckError(
      `The tenant of the token does not contain the app registration ${clientId}.`,
      'Get a token for the tenant of the app: az login --tenant <tenant>.',
    )
  const credentials = [
    ...(app.passwordCredentials ?? []).map((entry) => toCredential('secret', entry)),
    ...(app.keyCredentials ?? []).map((entry) => toCredential('certificate', entry)),
  ]
  return { graph: client, credentials, permissions: app.requiredResourceAccess ?? [] }
}

async function readToken(read: () => Promise<AccessToken>): Promise<string> {
  const { token } = await read().catch((cause: unknown) => {
    throw toCheckError(cause)
  })
  return token
}

/** Converts an error whose message already says what to change. */
function toCheckError(cause: unknown): CheckError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const [found = '', ...change] = message.split(/(?<=\.) /)
  // This command only reads, so it needs less than the advice of the other commands says.
  const isForbidden = cause instanceof GraphError && cause.status === 403
  return new CheckError(found, isForbidden ? TO_READ : change.join(' '), { cause })
}

const TO_READ =
  'Use an account that has the permission Application.Read.All, or that owns the app registration.'

function toCredential(
  kind: RegisteredCredential['kind'],
  { displayName, keyId = '', endDateTime }: Entry,
): RegisteredCredential {
  const name = `"${displayName ?? 'without a name'}" (${keyId.slice(0, 8)})`
  return { kind, name, end: endDateTime ? new Date(endDateTime) : undefined }
}
