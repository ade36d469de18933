import { randomBytes } from 'node:crypto'
import type { Auth, Claims } from 'identity-web/fetch'
import { UsageError } from '../../command/usage-error.js'
import { listenAt } from '../../loopback/loopback-server.js'
import { createApp } from '../../subject/probe.js'
import type { Options, Subject } from '../../subject/subject.js'

/** The URL at which the user signs in, and the claims of the ID token. */
interface SignInServer {
  readonly url: string
  readonly claims: Promise<Claims>
  close(): void
}

/** The settings of the sign-in. */
export interface SignInSettings {
  /** The redirect URI of the settings. It must be an http URL of this computer. */
  readonly redirectUri: URL | undefined
  /** Prints the URL for the user. */
  readonly print: (line: string) => void
  readonly timeoutSeconds: number
}

/**
 * Lets the user sign in. It listens in place of the application, which must not run at the same time.
 *
 * @returns The claims of the ID token.
 * @throws UsageError for another redirect URI.
 */
export async function signIn(
  subject: Subject,
  { redirectUri, print, timeoutSeconds }: SignInSettings,
): Promise<Claims> {
  if (redirectUri?.protocol !== 'http:')
    throw new UsageError(
      '--sign-in needs a redirect URI with http://localhost. For other apps, save an ID token to a file, and set --id-token to this file.',
    )
  const server = await startServer(subject, redirectUri)
  print(`Open ${server.url} in your browser, and sign in.`)
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    const message = `The sign-in did not end within ${timeoutSeconds} seconds.`
    timer = setTimeout(() => reject(new UsageError(message)), timeoutSeconds * 1000)
  })
  try {
    return await Promise.race([server.claims, limit])
  } finally {
    clearTimeout(timer)
    server.close()
  }
}

async function startServer(subject: Subject, redirectUri: URL): Promise<SignInServer> {
  const { promise, resolve } = withResolvers<Claims>()
  let claims: Claims | undefined
  // The store and the events of the application must not know of this sign-in.
  const { onEvent: _onEvent, session: _session, ...others } = subject.options
  const options: Options = {
    ...others,
    session: { secret: randomBytes(32).toString('base64') },
    onLogin: (received) => {
      claims = received
      return {}
    },
  }
  const app = createApp('web', options, subject.variables.all) as Auth<unknown>
  if (app.problems.length > 0)
    throw new UsageError(app.problems.map(({ message }) => message).join('\n'))
  const url = new URL(app.paths.login, redirectUri.origin)
  // Another user of this computer, or a website, must not sign in or start the sign-in.
  url.searchParams.set('key', randomBytes(16).toString('base64url'))
  const server = await listenAt(redirectUri, async (request, sent) => {
    if (new URL(request.url).pathname === url.pathname && request.url !== url.href)
      return new Response('Open the URL that the terminal shows.', { status: 403 })
    return app.respond(request, () => {
      // The browser must have the page before the server ends.
      if (claims !== undefined) void sent.then(() => claims && resolve(claims))
      return new Response(claims === undefined ? 'Open the login route.' : DONE)
    })
  })
  return {
    url: url.href,
    claims: promise,
    close() {
      server.close()
      app.close()
    },
  }
}

const DONE = 'You are signed in. You can close this page, and read the report in the terminal.'

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
