import type { DevProvider } from 'identity-web-dev'

export const TODO_API = 'api://todos.contoso.example'
export const TODO_SCOPE = `${TODO_API}/Todos.Read`

/** The secrets that the provider issued during a test, and the IDs of its tenants, apps and users. */
export interface Collected {
  list(): readonly string[]
  readonly ids: readonly string[]
}

/** Collects every code and token that the provider sends from now on. */
export function collectSecrets(provider: DevProvider): Collected {
  const secrets = new Set<string>()
  const { users, tenants, apps } = provider.config
  for (const { clientSecret } of apps) if (clientSecret !== undefined) secrets.add(clientSecret)
  const ids = [
    ...users.flatMap(({ oid, username, name }) => [oid, username, name]),
    ...tenants.flatMap(({ id, domains }) => [id, ...domains]),
    ...apps.map(({ clientId }) => clientId),
  ]
  provider.tamper = {
    tokenResponse(body) {
      for (const name of ['access_token', 'id_token', 'refresh_token'])
        if (typeof body[name] === 'string') secrets.add(body[name])
      return body
    },
    authorizationResponse(params) {
      for (const name of ['code', 'state']) {
        const value = params.get(name)
        if (value !== null) secrets.add(value)
      }
    },
  }
  return { list: () => [...secrets], ids }
}

/** Writes the variables of the provider's API to `api.env`. */
export function writeVariables(
  write: (name: string, content: string) => unknown,
  { api }: DevProvider,
  more: Readonly<Record<string, string>>,
): void {
  const { clientId, clientSecret } = api
  const all = { IDENTITY_CLIENT_ID: clientId, IDENTITY_CLIENT_SECRET: clientSecret, ...more }
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}`)
  write('api.env', lines.join('\n'))
}
