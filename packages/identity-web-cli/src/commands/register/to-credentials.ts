import { resolve } from 'node:path'
import { toDays } from '../../command/to-days.js'
import { UsageError } from '../../command/usage-error.js'
import { readCertificate, toKeyCredential } from '../../credentials/certificates.js'
import {
  githubCredential,
  kubernetesCredential,
  managedIdentityCredential,
  otherCredential,
} from '../../credentials/federated.js'
import type { GraphPlace } from '../../graph/graph-url.js'
import type { FileCredentials } from '../../registration/bicep.js'
import type { Wish } from '../../registration/wish.js'
import type { RegisterValues } from './options.js'

/** The credentials that the options request. */
export interface WishedCredentials extends FileCredentials {
  /** `true` if the secret is only the default. An app that has another credential does not get a default secret. */
  readonly isDefaultSecret: boolean
  readonly secretDays: number
}

const GITHUB = /^[\w.-]+\/[\w.-]+(?::.+)?$/
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SERVICE_ACCOUNT = /^[a-z0-9.-]+\/[a-z0-9.-]+$/

/**
 * Returns the credentials that the options request.
 *
 * @throws UsageError for an option with a wrong value.
 */
export async function toCredentials(
  values: RegisterValues,
  { kind }: Pick<Wish, 'kind'>,
  settings: { readonly folder: string; readonly place: GraphPlace; readonly tenantId: string },
): Promise<WishedCredentials> {
  const { place, tenantId, folder } = settings
  const unnamed = [
    ...(values.github ?? []).map((repository) => {
      if (GITHUB.test(repository)) return githubCredential(repository)
      throw new UsageError(
        `--github ${repository} is not a repository. Write, for example, contoso/shop or contoso/shop:environment:production.`,
      )
    }),
    ...toKubernetes(values),
    ...toManagedIdentity(values, `${place.login}/${tenantId}`),
    ...toOther(values),
  ]
  const federated = unnamed.map((each) => ({ ...each, audiences: [place.exchangeAudience] }))
  const file = values.certificate
  const certificate =
    file === undefined ? undefined : toKeyCredential(await readCertificate(resolve(folder, file)))
  const hasOther = federated.length > 0 || certificate !== undefined
  const isDefault =
    (kind === 'web' || kind === 'daemon') && !hasOther && values['no-credential'] !== true
  if (values['no-credential'] === true && (hasOther || values.secret === true)) {
    throw new UsageError('--no-credential cannot be used together with another credential.')
  }
  return {
    federated,
    certificate,
    hasSecret: values.secret === true || isDefault,
    isDefaultSecret: values.secret !== true,
    secretDays: toDays(values['secret-days'], '--secret-days'),
  }
}

function toManagedIdentity(
  { 'managed-identity': id }: RegisterValues,
  authority: string,
): ReturnType<typeof managedIdentityCredential>[] {
  if (id === undefined) return []
  if (GUID.test(id)) return [managedIdentityCredential(authority, id)]
  throw new UsageError(
    `--managed-identity ${id} is not an object ID. Write the "Object (principal) ID" of the identity, for example 11111111-2222-3333-4444-555555555555.`,
  )
}

function toKubernetes(values: RegisterValues): ReturnType<typeof kubernetesCredential>[] {
  const { kubernetes, 'service-account': account } = values
  if (kubernetes === undefined && account === undefined) return []
  if (kubernetes !== undefined && account !== undefined && SERVICE_ACCOUNT.test(account)) {
    return [kubernetesCredential(toIssuer(kubernetes, '--kubernetes'), account)]
  }
  throw new UsageError(
    'A cluster needs both options: --kubernetes <issuer URL> --service-account <namespace>/<name>.',
  )
}

function toOther({ issuer, subject }: RegisterValues): ReturnType<typeof otherCredential>[] {
  if (issuer === undefined && subject === undefined) return []
  if (issuer !== undefined && subject !== undefined) {
    return [otherCredential(toIssuer(issuer, '--issuer'), subject)]
  }
  throw new UsageError('Another issuer needs both options: --issuer <URL> --subject <sub claim>.')
}

function toIssuer(value: string, option: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value
  throw new UsageError(`${option} ${value} is not the URL of an issuer.`)
}
