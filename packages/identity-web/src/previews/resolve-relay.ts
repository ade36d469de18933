import { isSecureUrl } from '../authority/index.ts'
import { secretFault } from '../options/checks.ts'
import { unknownNameMessages } from '../options/rows.ts'
import type { PreviewNeeds } from '../flows/previews.ts'
import type { PreviewRelayOptions } from './options.ts'
import { isPreviewOrigin, previewOriginFault } from './origins.ts'

/** The options with the environment applied. */
export interface RelaySettings {
  /** The origin of this deployment, if it is a preview. */
  readonly ownOrigin: string | undefined
  /** The origins to which the deployment at the redirect URI relays. */
  readonly origins: readonly string[]
  /** The secrets that protect the `state` between the deployments. Empty if this deployment does not need them. */
  readonly secrets: readonly string[]
}

/** The settings of a relay, and the problems of its options. */
interface Resolution {
  readonly settings: RelaySettings
  readonly problems: readonly string[]
}

const OPTIONS: Record<keyof PreviewRelayOptions, true> = {
  origin: true,
  origins: true,
  secret: true,
}
const MAKE_SECRET = 'the output of `openssl rand -base64 32`'

/** Checks the options, and finds out which part this deployment has. */
export function resolveRelay(options: PreviewRelayOptions, needs: PreviewNeeds): Resolution {
  const { origin } = options
  const fault = originFault(origin)
  const isPreview = origin !== undefined && origin !== needs.redirectUri?.origin
  const ownOrigin = isPreview && fault === undefined ? origin : undefined
  const origins = Array.isArray(options.origins) ? [...(options.origins as string[])] : []
  const isUsed = isPreview || origins.length > 0
  const secrets = isUsed ? secretsOf(options, needs) : []
  const problems = [
    ...unknownNameMessages(OPTIONS, { owner: 'previewRelay', given: options }),
    ...(fault === undefined ? [] : [originProblem(fault)]),
    ...originsProblems(options.origins),
    ...(isUsed ? secretProblems(secrets, needs) : []),
  ]
  if (problems.length === 0) problems.push(...memberProblems(ownOrigin, origins))
  return { settings: { ownOrigin, origins, secrets }, problems }
}

function secretsOf({ secret }: PreviewRelayOptions, { variables }: PreviewNeeds): string[] {
  const given = secret ?? (variables['IDENTITY_PREVIEW_SECRET'] || undefined)
  return [given].flat().filter((one) => one !== undefined)
}

function originFault(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !URL.canParse(value)) return 'is not an absolute URL'
  const url = new URL(value)
  if (!isSecureUrl(url)) return 'must start with https:// (http:// only on localhost)'
  return url.origin === value
    ? undefined
    : `must be an origin without a path, such as ${url.origin}`
}

function originProblem(fault: string): string {
  return `The origin of previewRelay() ${fault}. Change previewRelay({ origin }), for example previewRelay({ origin: 'https://pr-7.preview.example.com' }).`
}

function originsProblems(origins: unknown): string[] {
  if (origins === undefined) return []
  if (!Array.isArray(origins)) {
    return [
      "The origins of previewRelay() must be an array, for example previewRelay({ origins: ['https://*.preview.example.com'] }).",
    ]
  }
  return origins.flatMap((origin: unknown) => {
    const fault = previewOriginFault(origin)
    return fault === undefined
      ? []
      : [`The origins of previewRelay() contain ${JSON.stringify(origin)}, which ${fault}.`]
  })
}

/** A preview checks that the other deployment relays to it, because all of them can have the same options. */
function memberProblems(ownOrigin: string | undefined, origins: readonly string[]): string[] {
  if (ownOrigin === undefined || origins.length === 0) return []
  if (isPreviewOrigin(ownOrigin, origins)) return []
  return [
    `The origins of previewRelay() do not contain ${ownOrigin}, which is the origin of this deployment, so the deployment of redirectUri does not relay its sign-ins. Add it to previewRelay({ origins }), or change previewRelay({ origin }).`,
  ]
}

function secretProblems(secrets: readonly unknown[], { sessionSecrets }: PreviewNeeds): string[] {
  const change = 'Set previewRelay({ secret }) or IDENTITY_PREVIEW_SECRET'
  if (secrets.length === 0) {
    return [
      `The secret of previewRelay() is not configured. ${change} to the same value in all deployments, for example ${MAKE_SECRET}.`,
    ]
  }
  const fault = secretFault(secrets)
  if (fault !== undefined) {
    return [`The secret of previewRelay() ${fault}. ${change}, for example ${MAKE_SECRET}.`]
  }
  return sessionSecrets.some((one) => secrets.includes(one))
    ? [
        `The secret of previewRelay() is also session.secret. With session.secret, a preview could create sessions of the other deployments. ${change} to another value, for example ${MAKE_SECRET}.`,
      ]
    : []
}
