import { cpSync, mkdtempSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Auth as FetchAuth, AuthOptions, IdentityEvent } from 'identity-web/fetch'
import type { DevProvider } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'

// The built package loads some of its files only when a request needs them. A deployment can lack one of them.

const packageFolder = fileURLToPath(new URL('../..', import.meta.url))
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url))
const ORIGIN = 'http://localhost:3000'
/** Whether a file is a chunk with this name. Chunks have a hash in their names. */
const isChunk = (file: string, name: string): boolean =>
  file.startsWith(`${name}-`) && file.length === `${name}-12345678.js`.length
const ADVICE = 'Deploy all files of the build together'

/** A copy of the built package, from which a test can take files away. */
interface Copy {
  readonly Auth: typeof FetchAuth
  /** Takes away the chunk with this name. Returns the function that puts it back. */
  without(chunk: string): () => void
}

const test = base
  /** Makes a copy of the built package, which has not loaded anything yet. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('makeCopy', ({}, { onCleanup }) => {
    const folders: string[] = []
    onCleanup(() => {
      for (const folder of folders) rmSync(folder, { recursive: true })
    })
    return async (): Promise<Copy> => {
      mkdirSync(cache, { recursive: true })
      const folder = mkdtempSync(join(cache, 'identity-web-copy-'))
      folders.push(folder)
      return openCopy(folder)
    }
  })
  .extend('copy', ({ makeCopy }) => makeCopy())

async function openCopy(folder: string): Promise<Copy> {
  for (const name of ['dist', 'package.json']) {
    cpSync(join(packageFolder, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/modules|\.d\.ts|\.map$/.test(path.slice(packageFolder.length)),
    })
  }
  const chunks = join(folder, 'dist/chunks')
  const entry = pathToFileURL(join(folder, 'dist/adapters/fetch/index.js')).href
  const { Auth } = (await import(/* @vite-ignore */ entry)) as { Auth: typeof FetchAuth }
  return {
    Auth,
    without(chunk) {
      const found = readdirSync(chunks).filter((name) => isChunk(name, chunk))
      expect(found).toHaveLength(1)
      const path = join(chunks, found[0] ?? '')
      renameSync(path, `${path}.away`)
      return () => renameSync(`${path}.away`, path)
    },
  }
}

interface Site {
  readonly events: IdentityEvent[]
  open(path: string): Promise<Response>
  /** Signs a user in. */
  signIn(): Promise<void>
  /** The cookies of the browser. */
  readonly cookies: Map<string, string>
}

/** @param earlier - The site of another process, whose browser continues here. */
function createSite(
  { Auth }: Copy,
  provider: DevProvider,
  { earlier, ...options }: AuthOptions & { readonly earlier?: Site } = {},
): Site {
  const events: IdentityEvent[] = []
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientSecret: provider.app.clientSecret,
    redirectUri: `${ORIGIN}/redirect`,
    logger: false,
    onEvent: (event) => void events.push(event),
    ...options,
  })
  const home = auth.loginRequired((_request, { user }) => new Response(`Hello, ${user.name}`))
  const cookies = earlier?.cookies ?? new Map<string, string>()

  async function open(path: string): Promise<Response> {
    const request = new Request(new URL(path, ORIGIN).href, {
      headers: {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      },
    })
    const response = await auth.respond(request, () => home(request))
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  return {
    events,
    cookies,
    open,
    async signIn() {
      const away = await open('/')
      const { url } = await provider.signIn(away.headers.get('location') ?? '', { as: 'alex' })
      await open(url.href)
    },
  }
}

describe('without a file of the build', () => {
  test('a sign-in does not start, and its page says what to do. It starts when the file is there', async ({
    copy,
    provider,
  }) => {
    const site = createSite(copy, provider)
    const restore = copy.without('redirect')

    const response = await site.open('/')
    expect(response.status).toBe(500)
    expect(await response.text()).toContain(ADVICE)
    expect(site.events.map(({ type }) => type)).toContain('sign_in.failed')

    restore()
    expect((await site.open('/')).status).toBe(302)
  })

  test('an error whose page is missing keeps its message', async ({ copy, provider }) => {
    const site = createSite(copy, provider)
    const restore = copy.without('loaded-pages')

    const error: unknown = await site.open('/redirect?code=1').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'configuration' })
    expect(String(error)).toContain(ADVICE)
    expect(String(error)).toContain('The page is for this error: The authorization response')

    restore()
    expect((await site.open('/redirect?code=1')).status).toBe(400)
  })

  test('an error of the provider keeps its message, and its hint says what is missing', async ({
    copy,
    provider,
  }) => {
    copy.without('requests')
    const authority = provider.authority('no-such-tenant.example')
    const auth = new copy.Auth({
      authority,
      clientId: 'app',
      clientSecret: 'a secret',
      redirectUri: `${ORIGIN}/redirect`,
      logger: false,
    })

    await expect(auth.ready()).rejects.toMatchObject({
      code: 'invalid_response',
      microsoftCodes: ['AADSTS90002'],
      hint: expect.stringContaining(ADVICE),
    })
  })

  test('a session whose user is due for onRefresh continues', async ({
    copy,
    makeCopy,
    provider,
    clock,
  }) => {
    let calls = 0
    const options: AuthOptions = {
      now: clock.now,
      revalidateUserSeconds: 60,
      onRefresh: (user) => {
        calls += 1
        return user
      },
    }
    const earlier = createSite(copy, provider, options)
    await earlier.signIn()
    const next = await makeCopy()
    const site = createSite(next, provider, { ...options, earlier })
    const restore = next.without('loaded-routes')
    clock.advance(61)

    const response = await site.open('/')
    expect([response.status, calls]).toEqual([200, 0])
    expect(site.events).toContainEqual(
      expect.objectContaining({
        type: 'hook.failed',
        hook: 'onRefresh',
        message: expect.stringContaining(ADVICE),
      }),
    )

    restore()
    expect((await site.open('/')).status).toBe(200)
    expect(calls).toBe(1)
  })

  test('a session whose tokens are due for a refresh continues', async ({
    copy,
    makeCopy,
    provider,
    clock,
  }) => {
    const earlier = createSite(copy, provider, { now: clock.now })
    await earlier.signIn()
    const next = await makeCopy()
    const site = createSite(next, provider, { now: clock.now, earlier })
    next.without('requests')
    clock.advance(2 * 3600)

    expect((await site.open('/')).status).toBe(200)
    expect(site.events).toContainEqual(
      expect.objectContaining({
        type: 'tokens.refresh_failed',
        message: expect.stringContaining(ADVICE),
      }),
    )
  })
})
