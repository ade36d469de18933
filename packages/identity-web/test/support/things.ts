import { defaultConfig, type AppConfig } from 'identity-web-dev'

/** The grant type of requests for a token on behalf of a user. */
export const OBO = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
export const THINGS = 'api://things.contoso.example'
export const THINGS_ID = '44444444-5555-4666-8777-888888888888'

const [app, todos, ...others] = defaultConfig.apps as [AppConfig, AppConfig, ...AppConfig[]]

/** A requirement for users and for applications. */
export const ANY_CALLER = { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] }

type Changes = Readonly<Record<'app' | 'todos' | 'things', Partial<AppConfig>>>

/** Returns the provider's applications and a second API, "Things", which the API "Todos" calls. */
export function appsWithThings(changes: Partial<Changes>): AppConfig[] {
  const things: AppConfig = {
    clientId: THINGS_ID,
    name: 'Things API',
    redirectUris: 'loopback',
    idUri: THINGS,
    scopes: [{ value: 'Things.Read', description: 'Read your things' }],
    ...changes.things,
  }
  return [{ ...app, ...changes.app }, { ...todos, ...changes.todos }, ...others, things]
}
