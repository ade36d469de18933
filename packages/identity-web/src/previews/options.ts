// The options of `previewRelay`.
import { isSecureUrl } from '../authority/index.ts'
import { listOf } from '../options/checks.ts'
import { optionTable, type Fault, type OptionTable, type RowsOf } from '../options/rows.ts'
import { previewOriginFault } from './origins.ts'

/**
 * The options of `previewRelay`, which can be the same in all deployments.
 *
 * @example
 * ```ts
 * const options: PreviewRelayOptions = { origins: ['https://*.preview.example.com'] }
 * ```
 * @public
 */
export interface PreviewRelayOptions {
  /**
   * This deployment's origin. If it differs from the origin of `redirectUri`, this deployment is a preview. The
   * deployment at `redirectUri` relays the sign-in to this origin, if the option `origins` of that deployment contains
   * this origin.
   *
   * @defaultValue the origin of `redirectUri`
   * @example A preview at https://pr-7.preview.example.com
   * ```ts
   * import { previewRelay } from 'identity-web/previews'
   *
   * new Auth(app, {
   *   redirectUri: 'https://app.example.com/redirect',
   *   previews: previewRelay({
   *     origin: process.env.DEPLOY_URL,
   *     origins: ['https://*.preview.example.com'],
   *   }),
   * })
   * ```
   */
  readonly origin?: string | undefined
  /**
   * The origins of the previews to which the deployment at `redirectUri` relays sign-ins and sign-outs. Each value is
   * an origin as browsers send it, but the first label of the host can contain one `*`, which stands for letters,
   * digits and hyphens. If the platform uses one domain for the hosts of all customers, also write the parts of the
   * host that only you have. Otherwise, the hosts of other customers would match. For example, `https://*.vercel.app`
   * is an error.
   *
   * @defaultValue `[]`: this deployment does not relay
   * @example
   * ```ts
   * import { previewRelay } from 'identity-web/previews'
   *
   * new Auth(app, { previews: previewRelay({ origins: ['https://*.preview.example.com'] }) })
   * ```
   */
  readonly origins?: readonly string[] | undefined
  /**
   * The secret that protects the sign-ins between previews and the deployment at `redirectUri`. All deployments must
   * have the same secret. It has at least 32 characters and differs from `session.secret`: use the output of
   * `openssl rand -base64 32`. To replace the secret, pass an array. The first secret encrypts new values, but every
   * secret in the array can decrypt values.
   *
   * @defaultValue `IDENTITY_PREVIEW_SECRET`
   * @example
   * ```ts
   * import { previewRelay } from 'identity-web/previews'
   *
   * new Auth(app, {
   *   previews: previewRelay({
   *     origins: ['https://*.preview.example.com'],
   *     secret: process.env.PREVIEW_SECRET,
   *   }),
   * })
   * ```
   */
  readonly secret?: string | readonly (string | undefined)[] | undefined
}

const MAKE_SECRET = 'the output of `openssl rand -base64 32`'

const ROWS: RowsOf<PreviewRelayOptions> = {
  origin: { example: "'https://pr-7.preview.example.com'", check: originFault },
  origins: {
    example: "['https://*.preview.example.com']",
    check: listOf(previewOriginFault, 'an array of origins'),
  },
  secret: {
    variable: 'IDENTITY_PREVIEW_SECRET',
    example: MAKE_SECRET,
    words: MAKE_SECRET,
    check: 'resolver',
  },
}

/** The options of `previewRelay`. */
export const PREVIEW_RELAY: OptionTable = optionTable('previewRelay', ROWS)

/** Returns the problem with a deployment's origin. */
export function originFault(value: unknown): Fault | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return 'is not an absolute URL'
  const url = new URL(value)
  if (!isSecureUrl(url)) return 'must start with https:// (http:// only on localhost)'
  return url.origin === value
    ? undefined
    : { fault: 'must be an origin without a path', remedy: `Use ${JSON.stringify(url.origin)}.` }
}
