import { isSecureUrl } from '../../authority/index.ts'
import { secretFault } from '../../settings/check-secrets.ts'
import type { FailedCheck } from '../../settings/problems.ts'
import type { Environment } from '../../settings/provider-options.ts'
import type { AuthOptions } from './options.ts'
import { isPreviewOrigin, previewOriginFault } from './preview-origins.ts'

/** The part of this deployment in the sign-ins of preview deployments. */
export interface ResolvedPreviews {
  /** The origin of this deployment, if it is a preview: the provider redirects to another origin. */
  readonly ownOrigin: string | undefined
  /** The origins to which this deployment forwards authorization responses. A preview does not forward them. */
  readonly origins: readonly string[]
  /** The secrets that protect the `state` between the deployments. Empty if this deployment does not need them. */
  readonly secrets: readonly string[]
}

/** The options about preview deployments. */
type PreviewOptions = Pick<AuthOptions, 'origin' | 'previewOrigins' | 'previewSecret' | 'session'>

/** Where the options are read, and the failed checks that are added to. */
interface PreviewFindings {
  readonly variables: Environment
  readonly problems: FailedCheck[]
}

/**
 * Returns the URL of the callback at this deployment. It differs from the redirect URI in a preview.
 *
 * @param origin - The option `origin`. A value that is not an origin is ignored, because another check reports it.
 */
export function ownCallback(redirectUri: URL, origin: unknown): URL {
  return originFault(origin) === undefined && typeof origin === 'string'
    ? new URL(origin + redirectUri.pathname)
    : redirectUri
}

/** Checks the options about preview deployments, and finds out which part this deployment has. */
export function resolvePreviews(
  given: PreviewOptions,
  redirectUri: URL | undefined,
  { variables, problems }: PreviewFindings,
): ResolvedPreviews {
  const { origin } = given
  const previewOrigins = Array.isArray(given.previewOrigins)
    ? (given.previewOrigins as string[])
    : []
  const ownOrigin = origin === redirectUri?.origin ? undefined : origin
  const secret = given.previewSecret ?? (variables['IDENTITY_PREVIEW_SECRET'] || undefined)
  const secrets = [secret].flat().filter((one) => one !== undefined)
  const isUsed = ownOrigin !== undefined || previewOrigins.length > 0
  const found = [
    ...originProblems(given),
    ...(given.previewOrigins === undefined ? [] : listProblems(given.previewOrigins)),
    ...(isUsed ? secretProblems(secrets, [given.session?.secret].flat(), variables) : []),
  ]
  problems.push(...found)
  const isMissing =
    found.length === 0 &&
    ownOrigin !== undefined &&
    previewOrigins.length > 0 &&
    !isPreviewOrigin(ownOrigin, previewOrigins)
  if (isMissing) {
    problems.push({
      option: 'previewOrigins',
      message: `previewOrigins does not contain ${ownOrigin}, which is the origin of this deployment, so the deployment of redirectUri does not forward its sign-ins. Add it to Auth({ previewOrigins }), or change Auth({ origin }).`,
    })
  }
  return {
    ownOrigin,
    origins: ownOrigin === undefined ? Object.freeze([...previewOrigins]) : [],
    secrets: isUsed ? secrets : [],
  }
}

function originProblems({ origin }: PreviewOptions): FailedCheck[] {
  if (origin === undefined) return []
  const fault = originFault(origin)
  const message = `origin ${fault}. Change Auth({ origin }), for example Auth({ origin: 'https://pr-7.preview.example.com' }).`
  return fault === undefined ? [] : [{ option: 'origin', message }]
}

function originFault(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return 'is not an absolute URL'
  const url = new URL(value)
  if (!isSecureUrl(url)) return 'must start with https:// (http:// only on localhost)'
  return url.origin === value
    ? undefined
    : `must be an origin without a path, such as ${url.origin}`
}

function listProblems(origins: unknown): FailedCheck[] {
  const option = 'previewOrigins'
  if (!Array.isArray(origins)) {
    const message =
      "previewOrigins must be an array of origins, for example Auth({ previewOrigins: ['https://*.preview.example.com'] })."
    return [{ option, message }]
  }
  return origins.flatMap((origin: unknown) => {
    const fault = previewOriginFault(origin)
    const message = `previewOrigins contains ${JSON.stringify(origin)}, which ${fault}.`
    return fault === undefined ? [] : [{ option, message }]
  })
}

const MAKE_SECRET = 'the output of `openssl rand -base64 32`'

function secretProblems(
  secrets: readonly unknown[],
  sessionSecrets: readonly unknown[],
  variables: Environment,
): FailedCheck[] {
  const option = 'previewSecret'
  const change = 'Set Auth({ previewSecret }) or IDENTITY_PREVIEW_SECRET'
  if (secrets.length === 0) {
    const message = `previewSecret is not configured, but origin or previewOrigins is. ${change} to the same value in all deployments, for example ${MAKE_SECRET}.`
    return [{ option, message }]
  }
  const fault = secretFault(secrets)
  if (fault !== undefined) {
    return [{ option, message: `previewSecret ${fault}. ${change}, for example ${MAKE_SECRET}.` }]
  }
  const isSession = [...sessionSecrets, variables['IDENTITY_SESSION_SECRET']].some((one) =>
    secrets.includes(one),
  )
  const message = `previewSecret is also session.secret. With session.secret, a preview could create sessions of the other deployments. ${change} to another value, for example ${MAKE_SECRET}.`
  return isSession ? [{ option, message }] : []
}
