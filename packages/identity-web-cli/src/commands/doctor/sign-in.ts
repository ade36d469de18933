import { createServer } from 'node:http'
import type { Auth, Claims } from 'identity-web/fetch'
import { UsageError } from '../../command/usage-error.js'
import { createApp } from './subject/probe.js'
import type { Options, Subject } from './subject/subject.js'

/** The URL at which the user signs in, and the claims of the ID token. */
interface SignInServer {
  readonly url: string
  readonly claims: Promise<Claims>
  close(): void
}

/** How the user signs in. */
export interface SignInSettings {
  /** The redirect URI of the settings. It must be an http URL of this computer. */
  readonly redirectUri: URL | undefined
  /** Prints the URL for the user. */
  readonly print: (line: string) => void
  readonly timeoutSeconds: number
}

/**
 * Lets the user sign in, in place of the application, which must not run at the same time.
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
      '--sign-in needs a redirect URI with http://localhost. For other apps, save an ID token to a file and name it with --id-token.',
    )
  const server = await startServer(subject, redirectUri)
  print(`Open ${server.url} in your browser, and sign in.`)
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    const message = `Nobody signed in within ${timeoutSeconds} seconds.`
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
  const options: Options = {
    ...subject.options,
    onLogin: (claims) => {
      resolve(claims)
      return {}
    },
  }
  const app = createApp('web', options, subject.variables.all) as Auth<unknown>
  if (app.problems.length > 0)
    throw new UsageError(app.problems.map(({ message }) => message).join('\n'))
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    const request = new Request(new URL(url, redirectUri.origin), {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      ),
    })
    app
      .respond(request, () => new Response('The sign-in is complete. You can close this page.'))
      .then(async (response) => {
        outgoing.writeHead(response.status, [...response.headers].flat())
        outgoing.end(Buffer.from(await response.arrayBuffer()))
      })
      .catch(() => outgoing.writeHead(500).end())
  })
  const port = Number(redirectUri.port || 80)
  await new Promise<void>((done, reject) => {
    server.once('error', () =>
      reject(new UsageError(`Port ${port} is in use. Stop your app while you sign in here.`)),
    )
    server.listen(port, redirectUri.hostname.replace(/^\[|\]$/g, ''), done)
  })
  return {
    url: new URL(app.loginPath, redirectUri.origin).href,
    claims: promise,
    close() {
      server.close()
      app.close()
    },
  }
}

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
