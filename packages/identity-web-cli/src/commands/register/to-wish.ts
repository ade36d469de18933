import { suggestName } from '../../command/suggest-name.js'
import { UsageError } from '../../command/usage-error.js'
import { withoutEndSlash } from '../../command/without-end-slash.js'
import { findClients, isClientId, stepsOf } from '../../registration/known-clients.js'
import { ACCOUNTS, EMPTY_WISH, type Wish, type WishedScope } from '../../registration/wish.js'
import type { RegisterValues } from './options.js'

const DEFAULT_URL = 'http://localhost:3000'
const API_OPTIONS = ['scope', 'app-permission', 'id-uri', 'client'] as const

/**
 * Returns the app registration that the options describe.
 *
 * @param redirectUri - The redirect URI in the file of `--env`. A new web app without another URL gets this URI.
 * @throws UsageError for an option with a wrong value, and for options that do not belong together.
 */
export function toWish(values: RegisterValues, redirectUri?: string): Wish {
  const { name, accounts } = values
  if (values.api === true && values.mcp === true) {
    throw new UsageError(
      '--api and --mcp cannot be used together. An MCP server is an API already.',
    )
  }
  if (values.daemon === true && (values.api === true || values.mcp === true)) {
    throw new UsageError(
      '--daemon is for an app without users and without an API. For an API that also calls other APIs without a user, remove --daemon.',
    )
  }
  const kind = kindOf(values)
  if (values['admin-consent'] === true && values.permission === undefined) {
    throw new UsageError('--admin-consent needs the permissions to grant. Add --permission <name>.')
  }
  const appId = values['app-id']
  if (name === undefined && appId === undefined) {
    throw new UsageError('The app needs a name. Write --name <name>, or --app-id <client ID>.')
  }
  if (appId !== undefined && !isClientId(appId)) {
    throw new UsageError(`--app-id ${appId} is not a client ID. A client ID is a GUID.`)
  }
  if (accounts !== undefined && !Object.hasOwn(ACCOUNTS, accounts)) {
    throw new UsageError(
      `--accounts ${accounts} is not known. ${suggestName(accounts, Object.keys(ACCOUNTS))}`,
    )
  }
  const audience = accounts === undefined ? undefined : ACCOUNTS[accounts]
  const parts = partsOf(values, kind, redirectUri)
  return {
    ...parts,
    kind,
    name,
    audience,
    roles: values.role ?? [],
    permissions: [...new Set(values.permission)],
    // Entra ID requires it for an app with personal accounts.
    hasVersion2: parts.hasVersion2 || audience === ACCOUNTS['all'],
  }
}

function kindOf(values: RegisterValues): Wish['kind'] {
  if (values.mcp === true) return 'mcp'
  if (values.api === true) return 'api'
  return values.daemon === true ? 'daemon' : 'web'
}

function partsOf(
  values: RegisterValues,
  kind: Wish['kind'],
  redirectUri: string | undefined,
): Parts {
  if (kind === 'web') return webParts(values, redirectUri)
  return kind === 'daemon' ? daemonParts(values) : apiParts(values, kind)
}

type Parts = Omit<Wish, 'kind' | 'name' | 'audience' | 'roles' | 'permissions'>

function webParts(values: RegisterValues, redirectUri = `${DEFAULT_URL}/redirect`): Parts {
  rejectOptions(values, API_OPTIONS, 'Add --api.')
  const urls = (values.url ?? []).map(toAppUrl)
  const [first] = urls.filter((url) => url.startsWith('https:'))
  const signOutUrl =
    values['sign-out-url'] ?? (first === undefined ? undefined : `${first}/front-channel-logout`)
  const redirectUris = [
    ...urls.flatMap((url) => [`${url}/redirect`, `${url}/`]),
    ...(values['redirect-uri'] ?? []).map((uri) => toRedirectUri(uri)),
  ]
  return {
    ...EMPTY_WISH,
    redirectUris,
    // The second one is the page after the sign-out.
    newRedirectUris:
      redirectUris.length > 0
        ? []
        : [toRedirectUri(redirectUri), `${new URL(redirectUri).origin}/`],
    signOutUrl: signOutUrl === undefined ? undefined : toRedirectUri(signOutUrl),
    // Front-channel sign-out finds the session by `sid`.
    idTokenClaims: ['login_hint', ...(signOutUrl === undefined ? [] : ['sid'])],
  }
}

function daemonParts(values: RegisterValues): Parts {
  rejectOptions(values, ['url', 'redirect-uri', 'sign-out-url', 'role'], 'A daemon has no users.')
  rejectOptions(values, API_OPTIONS, 'Register the API with --api, and the daemon separately.')
  return EMPTY_WISH
}

function apiParts(values: RegisterValues, kind: 'api' | 'mcp'): Parts {
  rejectOptions(values, ['redirect-uri', 'sign-out-url'], 'It belongs to a web app.')
  if (kind === 'api') rejectOptions(values, ['url'], 'It belongs to a web app or to an MCP server.')
  const ownUris = kind === 'mcp' ? [toResource(values)] : ['api://{appId}']
  const scopes = values.scope ?? (kind === 'mcp' ? ['Tools.Use=Use the tools'] : [])
  const clients = values.client ?? (kind === 'mcp' ? ['vscode'] : [])
  return {
    ...EMPTY_WISH,
    identifierUris: values['id-uri']?.map(toIdUri) ?? ownUris,
    scopes: scopes.map(toScope),
    appPermissions: values['app-permission'] ?? [],
    // The library tells an app without a user from a user with it.
    accessTokenClaims: ['idtyp'],
    hasVersion2: true,
    clients: clients.map((client) => toClientId(client, values.url?.[0])),
  }
}

function rejectOptions(
  values: RegisterValues,
  names: readonly (keyof RegisterValues)[],
  advice: string,
): void {
  const name = names.find((each) => values[each] !== undefined)
  if (name === undefined) return
  throw new UsageError(`--${name} does not belong to this kind of app. ${advice}`)
}

/** Returns the URL of a web app, without a slash at its end. */
function toAppUrl(value: string): string {
  return withoutEndSlash(toRedirectUri(value))
}

function toRedirectUri(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isLocal = url !== undefined && ['localhost', '127.0.0.1'].includes(url.hostname)
  const isValid = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)
  if (isValid && url.hash === '' && url.search === '') return value
  throw new UsageError(
    `${value} is not a URL that Entra ID accepts. Use https, or http with localhost, without a query and without a fragment.`,
  )
}

function toIdUri(value: string): string {
  if (URL.canParse(value.replace('{appId}', 'app')) && !value.endsWith('/')) return value
  throw new UsageError(
    `--id-uri ${value} is not an Application ID URI. Use a URI without a slash at its end, for example api://{appId}.`,
  )
}

/**
 * Returns the URL of an MCP server. Entra ID compares this URL character by character with the URL that clients send.
 */
function toResource({ url = [] }: RegisterValues): string {
  const [value = ''] = url
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  const hasPath = parsed !== undefined && parsed.pathname !== '/' && !value.endsWith('/')
  const isExact = parsed?.href === value && parsed.search === '' && parsed.hash === ''
  const isWeb =
    parsed?.protocol === 'https:' ||
    (parsed?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(parsed.hostname))
  if (url.length === 1 && hasPath && isExact && isWeb) return value
  throw new UsageError(
    'An MCP server needs its URL: --url https://tools.contoso.com/mcp. The host must be in lower case. The URL must have a path, and must not end with a slash.',
  )
}

function toScope(text: string): WishedScope {
  const [value = '', ...rest] = text.split('=')
  if (!/^[\w.-]+$/.test(value)) {
    throw new UsageError(
      `--scope ${text} is not a scope. Write a name without spaces, for example Todos.Read="Read your to-dos".`,
    )
  }
  return { value, description: rest.length === 0 ? value : rest.join('=') }
}

function toClientId(client: string, server: string | undefined): string {
  const [known] = findClients(client)
  if (known?.entraClientId !== undefined) return known.entraClientId
  if (known !== undefined)
    throw new UsageError(
      `${known.name} has no client ID that is the same in every tenant. ${stepsOf(known, server)} Then use --client <its client ID>.`,
    )
  if (isClientId(client)) return client.toLowerCase()
  throw new UsageError(
    `--client ${client} is not known. Use vscode, or the client ID of an app registration.`,
  )
}
