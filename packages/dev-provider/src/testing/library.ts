import { accessOfAuth, type AuthAccess } from './access.js'
import type { SessionSettings } from './session-settings.js'

/** The part of `identity-web/fetch` that the kit uses. It works for the sessions of every framework. */
interface Library {
  readonly Auth: new (options: Readonly<Record<string, unknown>>) => {
    readonly problems: readonly { readonly message: string }[]
  }
}

/**
 * Creates an `Auth` with the settings of an application in another process, and returns what the kit
 * uses of it.
 *
 * @throws TypeError when a setting is missing or not valid.
 */
export async function accessOfSettings(settings: SessionSettings): Promise<AuthAccess> {
  const secret = settings.secret ?? process.env['IDENTITY_SESSION_SECRET']
  if (secret === undefined || secret === '') {
    throw new TypeError(
      'The session secret of the application is missing. Set sessionFor({ secret }) or the environment variable IDENTITY_SESSION_SECRET to its value. If the application runs in this process, pass sessionFor({ auth }) instead.',
    )
  }
  const { cookie, store, denyList, user, secret: _secret, ...others } = settings
  const { Auth } = await importLibrary()
  const auth = new Auth({
    ...givenOnly(others),
    session: { secret, ...givenOnly({ cookie, store, denyList }) },
    ...(user !== undefined && { onLogin: () => user }),
    logger: false,
  })
  const [first] = auth.problems
  if (first === undefined) return accessOfAuth(auth)
  const messages = auth.problems.map(({ message }) => `- ${message}`).join('\n')
  throw new TypeError(
    `The settings of sessionFor are not complete. Pass the same values as the application has in its Auth:\n${messages}`,
  )
}

async function importLibrary(): Promise<Library> {
  try {
    // An optional peer dependency, so its types can be missing.
    return (await import('identity-web/fetch')) as unknown as Library
  } catch (cause) {
    throw new Error(
      'sessionFor needs the package identity-web to create sessions for an application in another process. Install it with "npm install identity-web".',
      { cause },
    )
  }
}

function givenOnly(options: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
