import type { DevProvider } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, signIn } from '../support/site.ts'

/** The settings of a host that differ between the tests. */
export interface HostSettings {
  readonly provider: DevProvider
  readonly idleTimeoutSeconds?: number
}

/** A server with the routes of sign-in and one route for connections. */
export interface RunningHost {
  readonly origin: string
}

/** A request for a connection. */
export interface ConnectionRequest {
  /** The browser whose cookies are sent. */
  readonly browser: Browser
  /** The header `Origin`. Programs do not send it. */
  readonly from?: string | undefined
}

/** The response to a request for a connection. */
export interface Handshake {
  /** 101 or 200 if the connection is open. */
  readonly status: number
  readonly setCookies: readonly string[]
  /** The header `Cache-Control` of a stream. */
  readonly cacheControl?: string | undefined
  /** The URL that starts a sign-in, if the client can read it. */
  readonly loginUrl?: string | undefined
  /** The first message. */
  readonly greeting?: string | undefined
  /** Resolves when the server ends the connection: the code or the name of its last message. */
  readonly ended?: Promise<unknown> | undefined
}

/** A server that authenticates connections, and a client for it. */
export interface ConnectionHost {
  /** Starts the server and stops it after the test. */
  start(settings: HostSettings): Promise<RunningHost>
  connect(host: RunningHost, request: ConnectionRequest): Promise<Handshake>
  /** The last message or the code of a session that has ended. */
  readonly endsWith: unknown
  /** Whether another origin is rejected. A request for a stream is a GET request, which reads only. @defaultValue `true` */
  readonly checksOrigin?: boolean
  /** Whether the response to the handshake can contain cookies. @defaultValue `true` */
  readonly setsCookies?: boolean
  /** Whether the client gets the login URL. @defaultValue `true` */
  readonly sendsLoginUrl?: boolean
}

const test = base.extend('behaviour', { consent: 'skip' })

/** Returns the `Cookie` header of a browser. */
export function cookieOf(browser: Browser): string {
  return [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

/** Declares the tests that every server of connections must pass. */
export function connectionContract(
  name: string,
  {
    start,
    connect,
    endsWith,
    checksOrigin = true,
    setsCookies = true,
    sendsLoginUrl = true,
  }: ConnectionHost,
): void {
  describe(`connections of ${name}`, () => {
    test('greet a signed-in user, and end at the sign-out of this user only', async ({
      provider,
    }) => {
      const host = await start({ provider })
      const [alex, sam] = [
        await signIn(host, provider, { path: '/login' }),
        await signIn(host, provider, { path: '/login', as: 'sam' }),
      ]
      const mine = await connect(host, { browser: alex, from: host.origin })
      const other = await connect(host, { browser: sam, from: host.origin })
      let hasOtherEnded = false
      void other.ended?.then(() => (hasOtherEnded = true))

      await alex.navigate(`${host.origin}/logout`)

      expect(mine.greeting).toBe('Hello, Alex Rivera')
      expect(await mine.ended).toEqual(endsWith)
      expect([other.greeting, hasOtherEnded]).toEqual(['Hello, Sam Okafor', false])
    })

    test.skipIf(!checksOrigin)('reject pages of other origins', async ({ provider }) => {
      const host = await start({ provider })
      const browser = await signIn(host, provider, { path: '/login' })
      const others = [
        'https://evil.example',
        'null',
        `${host.origin}.evil.example`,
        host.origin.replace('http:', 'https:'),
        'http://localhost:1',
      ]

      for (const from of others) {
        const { status, greeting, setCookies } = await connect(host, { browser, from })
        expect([from, status, greeting, setCookies]).toEqual([from, 403, undefined, []])
      }
      expect(await connect(host, { browser })).toMatchObject({ greeting: 'Hello, Alex Rivera' })
    })

    test('reject a visitor, and say how to sign in', async ({ provider }) => {
      const host = await start({ provider })

      const { status, greeting, loginUrl } = await connect(host, {
        browser: new Browser(),
        from: host.origin,
      })

      expect([status, greeting]).toEqual([401, undefined])
      if (sendsLoginUrl) expect(loginUrl).toMatch(`${host.origin}/login?return_to=`)
    })

    test.skipIf(!setsCookies)('send the cookies of a refreshed session', async ({ provider }) => {
      // The ID token has expired at the sign-in, within the tolerance of clocks. The second use of a refresh token ends the
      // session.
      provider.behave({ idTokenSeconds: -30, reuseDetection: true })
      const host = await start({ provider })
      const browser = await signIn(host, provider, { path: '/login' })

      const opened = await connect(host, { browser, from: host.origin })
      expect(opened.greeting).toBe('Hello, Alex Rivera')
      if (opened.status === 200) expect(opened.cacheControl).toContain('no-store')
      const session = opened.setCookies
        .map(toPair)
        .filter(([cookie]) => cookie.startsWith('identity'))
      // The default name contains the port.
      const names = session.map(([cookie]) => cookie.replace(/-\d+/, ''))
      expect(names.toSorted()).toEqual(['identity', 'identity-tokens'])
      for (const [cookie, value] of session) {
        const known = browser.cookies.get(cookie)
        if (known !== undefined) browser.cookies.set(cookie, { ...known, value })
      }

      // With the new cookies, the session does not need another refresh.
      const { greeting } = await connect(host, { browser, from: host.origin })
      expect(greeting).toBe('Hello, Alex Rivera')
      const refreshes = provider.requests.filter(({ grantType }) => grantType === 'refresh_token')
      expect(refreshes).toHaveLength(1)
    })

    test('end when the session expires', async ({ provider }) => {
      const host = await start({ provider, idleTimeoutSeconds: 2 })
      const browser = await signIn(host, provider, { path: '/login' })

      const { greeting, ended } = await connect(host, { browser, from: host.origin })

      expect(greeting).toBe('Hello, Alex Rivera')
      expect(await ended).toEqual(endsWith)
    })
  })
}

function toPair(setCookie: string): [name: string, value: string] {
  const [pair = ''] = setCookie.split(';', 1)
  const equals = pair.indexOf('=')
  return [pair.slice(0, equals), pair.slice(equals + 1)]
}
