import { randomBytes } from 'node:crypto'
import type { DevProvider } from '../dev-provider.js'
import {
  appVariables,
  ISSUER_KINDS,
  issuerVariables,
  type IssuerKind,
  type Variables,
} from '../config/app-variables.js'
import { suggestName } from '../config/closest-name.js'
import { isRegisteredRedirectUri } from '../profiles/redirect-uris.js'

/** The choices for the settings of an app. */
export interface EnvChoice {
  readonly kind: IssuerKind
  readonly redirectUri: string
}

/** The origin of an app unless the user chooses another one. */
const ORIGIN = 'http://localhost:3000'

/** Returns a redirect URI for the value of `--redirect-uri`, which can be a path of the app. */
export function toRedirectUri(value: string = '/redirect', origin: string = ORIGIN): string {
  return value.startsWith('/') ? origin + value : value
}

/**
 * Returns the choices of the options `--env-for` and `--redirect-uri`.
 *
 * @throws TypeError when a value is not valid.
 */
export function parseEnvChoice(kind: string = 'entra', given?: string): EnvChoice {
  const known = ISSUER_KINDS.find((each) => each === kind)
  if (known === undefined) {
    throw new TypeError(`--env-for is '${kind}'. ${suggestName(kind, ISSUER_KINDS)}`)
  }
  const redirectUri = toRedirectUri(given)
  if (!URL.canParse(redirectUri) || /\s/.test(redirectUri)) {
    throw new TypeError(
      `--redirect-uri is '${redirectUri}'. Set it to the whole URL, for example ${toRedirectUri()}, or to its path.`,
    )
  }
  return { kind: known, redirectUri }
}

/**
 * Returns the environment variables of an app that uses the provider.
 *
 * @throws TypeError when the configuration has no tenant of the kind, or when the default app does not allow the redirect
 *   URI.
 */
export function envVariables(provider: DevProvider, { kind, redirectUri }: EnvChoice): Variables {
  const { app } = provider
  if (!isRegisteredRedirectUri(app, redirectUri)) {
    const allowed =
      app.redirectUris === 'loopback'
        ? 'a URL on localhost'
        : `one of these: ${app.redirectUris.join(', ')}`
    throw new TypeError(
      `The app "${app.name}" does not allow the redirect URI ${redirectUri}. Set --redirect-uri to ${allowed}, or change redirectUris of the app in the configuration file.`,
    )
  }
  const issuer = issuerVariables(provider, kind)
  if (issuer === undefined) {
    throw new TypeError(
      `The configuration has no tenant of the kind '${kind}'. Add such a tenant to tenants, or set --env-for to another kind.`,
    )
  }
  return { ...issuer, ...appVariables(app, redirectUri, randomBytes(32).toString('base64')) }
}
