import { givenOnly } from '../config/value-checks.js'
import { accessOfAuth, type AuthAccess } from './access.js'
import type { SessionSettings } from './session-settings.js'

/** The part of `identity-web/fetch` that the kit uses. It works for the sessions of every framework. */
interface Library {
  readonly Auth: new (options: Readonly<Record<string, unknown>>) => {
    readonly problems: readonly { readonly message: string }[]
  }
}

/**
 * Creates an `Auth` with the settings of an application in another process, and returns the part
 * that the kit uses.
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
  const key = keyOf({ ...settings, secret })
  const known = recent.get(key)
  if (known !== undefined) return known
  const access = await createAccess({ ...settings, secret })
  if (recent.size >= MAX_RECENT) recent.clear()
  recent.set(key, access)
  return access
}

// Tests create many sessions with few settings. An `Auth` takes longer to create than a session.
const MAX_RECENT = 20
const recent = new Map<string, AuthAccess>()
const objectIds = new WeakMap<object, number>()
let lastId = 0

/** Returns a string that differs for different settings. Stores and users are compared as objects. */
function keyOf({ signIn, store, denyList, user, ...others }: SessionSettings): string {
  const idOf = (object: object | undefined): number => {
    if (object === undefined) return 0
    const id = objectIds.get(object) ?? (lastId += 1)
    objectIds.set(object, id)
    return id
  }
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith('IDENTITY_'))
  const ids = [signIn, store, denyList, user].map(idOf)
  return JSON.stringify([others, ids, variables])
}

async function createAccess({
  secret,
  cookie,
  store,
  denyList,
  user,
  ...others
}: SessionSettings): Promise<AuthAccess> {
  const { Auth } = await importLibrary()
  const auth = new Auth({
    ...givenOnly(others),
    session: { secret, ...givenOnly({ cookie, store, denyList }) },
    ...(user !== undefined && { onLogin: () => user }),
    logger: false,
    // The application of this redirect URI runs in another process. This `Auth` creates its sessions in a test.
    environment: 'development',
  })
  const [first] = auth.problems
  if (first === undefined) return accessOfAuth(auth)
  const messages = auth.problems.map(({ message }) => `- ${message}`).join('\n')
  throw new TypeError(
    `The settings of sessionFor are not complete. Pass the same values that the application passes to its Auth:\n${messages}`,
  )
}

async function importLibrary(): Promise<Library> {
  try {
    // It is an optional peer dependency, so its types can be missing.
    return await import('identity-web/fetch')
  } catch (cause) {
    throw new Error(
      'sessionFor needs the package identity-web to create sessions for an application in another process. Install it in the project of the test.',
      { cause },
    )
  }
}
