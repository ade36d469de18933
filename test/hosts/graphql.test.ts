import { describe, expect } from 'vitest'
import { Browser, signIn } from '../../packages/identity-web/test/support/site.ts'
import { hasChromium } from '../chromium.ts'
import { expectPicture } from '../screenshots/picture.ts'
import { SMALL } from '../screenshots/windows.ts'
import { test as base } from './support/fixtures.ts'
import { installExample } from './support/project.ts'
import { buildAndServe } from './support/serve.ts'
import { signIn as chooseAccount } from './support/walk.ts'

// Packages of Apollo need it.
const NODE = 22

/** Resolvers that the example does not need. */
const RESOLVER = `import { Args, Context, Field, Int, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql'
import { AuthorizationRequired, Auth, CurrentUser, IdentityContext, LoginRequired, type Claims, type PlatformRequest } from 'identity-web/nestjs'

@ObjectType()
class Person {
  @Field()
  name!: string
}

@Resolver(() => Person)
export class ExtraResolver {
  constructor(private readonly auth: Auth<Claims>) {}

  @Query(() => Person)
  person() {
    return { name: 'Robin' }
  }

  @ResolveField(() => String)
  @LoginRequired()
  greeting(@CurrentUser('name') name: string) {
    return 'from ' + name
  }

  @Query(() => String)
  @AuthorizationRequired({ scopes: ['Todos.Read'] })
  todos(@IdentityContext() context: { kind: string }) {
    return context.kind
  }

  @Query(() => String)
  @LoginRequired()
  async slow(@Context('req') req: PlatformRequest, @Args('scope') scope: string) {
    const { accessToken } = await this.auth.getTokenForUser(req, [scope])
    return String(accessToken.length > 0)
  }

  @Query(() => String)
  async unguarded(@Context('req') req: PlatformRequest) {
    const { accessToken } = await this.auth.getTokenForUser(req, ['Mail.Read'])
    return String(accessToken.length > 0)
  }
}
`

const MODULE = `import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo'
import { Module } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { IdentityModule } from 'identity-web/nestjs'
import { ExtraResolver } from './extra.resolver.js'
import { MeResolver } from './me.resolver.js'
import { PageController } from './page.controller.js'

@Module({
  imports: [
    IdentityModule.forRoot({
      isGlobal: true,
      auth: { scopes: [] },
      api: { audience: process.env.API_AUDIENCE! },
    }),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      ...(process.env.FIELD_GUARDS === 'on' && { fieldResolverEnhancers: ['guards', 'filters', 'interceptors'] }),
    }),
  ],
  controllers: [PageController],
  providers: [MeResolver, ExtraResolver],
})
export class AppModule {}
`

const test = base.extend('site', { scope: 'file' }, async ({ fileProvider }, { onCleanup }) => {
  const { provider } = fileProvider
  const project = installExample('graphql', NODE)
  const build = ['npm', 'run', 'build']
  project.run(build)
  project.write('src/extra.resolver.ts', RESOLVER)
  project.write('src/app.module.ts', MODULE)
  const env = { API_AUDIENCE: provider.api.clientId }
  const server = await buildAndServe(project, provider, {
    build,
    serve: ['npm', 'start'],
    env: () => ({ ...env, FIELD_GUARDS: 'on' }),
  })
  onCleanup(() => server.close())
  return { origin: server.url, project, env }
})

interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path: readonly string[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

/** Sends a query like a script of a page. */
async function ask(
  site: { readonly origin: string },
  query: string,
  {
    browser = new Browser(),
    headers = {},
  }: { browser?: Browser; headers?: Record<string, string> } = {},
) {
  const response = await browser.script(`${site.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return { ...response, result: response.json() as Result }
}

describe('a guarded resolver', () => {
  test('gets the user, and sends visitors the login URL', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/login' })
    const user = await ask(site, '{ hello }', { browser })
    const visitor = await ask(site, '{ hello }', {
      headers: { referer: `${site.origin}/orders?page=2` },
    })

    expect(user.result).toEqual({ data: { hello: 'Hello, Alex Rivera' } })
    expect(user.headers['cache-control']).toContain('no-store')
    expect([visitor.status, visitor.headers['cache-control']]).toEqual([
      200,
      expect.stringContaining('no-store'),
    ])
    expect(visitor.result).toMatchObject({
      data: null,
      errors: [
        {
          message: 'login_required',
          path: ['hello'],
          extensions: { code: 'UNAUTHENTICATED', error: 'login_required' },
        },
      ],
    })
    const loginUrl = new URL(visitor.result.errors?.[0]?.extensions['loginUrl'] as string)
    expect(loginUrl.origin + loginUrl.pathname).toBe(`${site.origin}/login`)
    expect(loginUrl.searchParams.get('return_to')).toBe('/orders?page=2')
  })

  test('never redirects, even if the query looks like a page', async ({ site }) => {
    const { status, text } = await new Browser().navigate(
      `${site.origin}/graphql?query=${encodeURIComponent('{ hello }')}`,
      { headers: { 'apollo-require-preflight': 'yes', accept: 'application/json, text/html' } },
    )

    expect([status, text]).toEqual([200, expect.stringContaining('"UNAUTHENTICATED"')])
  })

  test('rejects users without a role', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/login' })

    expect((await ask(site, '{ report }', { browser })).result.errors).toMatchObject([
      { message: 'access_denied', extensions: { code: 'FORBIDDEN', error: 'access_denied' } },
    ])
  })

  test('rejects a request of another site', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/login' })
    const { result } = await ask(site, '{ hello }', {
      browser,
      headers: { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
    })

    expect(result).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  })

  test('sends the login URL, and not the text of the provider, if the user must consent', async ({
    site,
    provider,
  }) => {
    const browser = await signIn(site, provider, { path: '/login' })
    for (const query of ['{ displayName }', '{ slow(scope: "Mail.Read") }', '{ unguarded }']) {
      const { text, result } = await ask(site, query, { browser })

      expect([query, result.errors]).toMatchObject([
        query,
        [
          {
            message: 'interaction_required',
            extensions: {
              code: 'UNAUTHENTICATED',
              error: 'interaction_required',
              loginUrl: expect.stringContaining(`${site.origin}/login?`),
            },
          },
        ],
      ])
      expect(text).not.toMatch(/AADSTS/)
    }
  })

  test('hides the text of the provider if the tokens cannot be had', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/login' })
    const { text, result } = await ask(site, '{ slow(scope: "api://missing/Nothing.Read") }', {
      browser,
    })

    expect(result.errors).toHaveLength(1)
    expect(text).not.toMatch(/AADSTS|missing/)
  })

  test('stores a session that it refreshed, once for all resolvers', async ({ site, provider }) => {
    provider.behave({ consent: 'skip', idTokenSeconds: -30, reuseDetection: true })
    const browser = await signIn(site, provider, { path: '/login' })
    const query = '{ a: hello b: hello displayName }'
    const data = {
      a: 'Hello, Alex Rivera',
      b: 'Hello, Alex Rivera',
      displayName: 'Alex Rivera',
    }
    const { result, setCookies } = await ask(site, query, { browser })
    const names = setCookies.map((cookie) => cookie.split('=')[0])

    expect(result).toEqual({ data })
    expect(names.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
    // With the old cookie, the provider would detect a second use of the refresh token.
    expect((await ask(site, query, { browser })).result).toEqual({ data })
  })
})

describe('resolvers of one request', () => {
  test('get their own user, although they run at the same time', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/login' })
    const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
    const { result } = await ask(site, '{ todos hello person { name greeting } again: todos }', {
      browser,
      headers: { authorization: `Bearer ${token}` },
    })

    expect(result).toEqual({
      data: {
        todos: 'bearer',
        hello: 'Hello, Alex Rivera',
        person: { name: 'Robin', greeting: 'from Alex Rivera' },
        again: 'bearer',
      },
    })
  })
})

describe('a resolver of an API', () => {
  test('accepts a token with the scope, and challenges the others', async ({ site, provider }) => {
    const withToken = (scopes: string[]) =>
      provider
        .accessToken({ as: 'robin', scopes })
        .then((token) => ask(site, '{ todos }', { headers: { authorization: `Bearer ${token}` } }))
    const missing = await ask(site, '{ todos }')
    const insufficient = await withToken(['Todos.ReadWrite'])

    expect((await withToken(['Todos.Read'])).result).toEqual({ data: { todos: 'bearer' } })
    expect(missing.result.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(missing.headers['www-authenticate']).toMatch(/^Bearer /)
    expect(insufficient.result.errors).toMatchObject([
      { message: 'insufficient_scope', extensions: { code: 'FORBIDDEN' } },
    ])
    expect(insufficient.headers['www-authenticate']).toContain('insufficient_scope')
  })
})

test('the application does not start if the guard of a field would not run', ({ site }) => {
  expect(() => site.project.run(['npm', 'start'], site.env)).toThrow(
    /ExtraResolver\.greeting resolves a field and has a guard.*fieldResolverEnhancers/s,
  )
})

describe.skipIf(!hasChromium)('the page of the example', () => {
  test('leads to sign-in and consent, and back', async ({ page, site }) => {
    const choose = (name: string) => page.getByRole('button', { name, exact: true }).click()
    await page.goto(`${site.origin}/`)
    await choose('hello')
    const back = page.getByRole('heading', { name: 'GraphQL with sign-in' })
    await chooseAccount(page, back)
    await back.waitFor()
    await choose('hello')
    await page.getByText('Hello, Alex Rivera').waitFor()
    await choose('displayName')
    await page.getByRole('button', { name: /accept/i }).click()
    await back.waitFor()
    await choose('displayName')
    await page.getByText('{"displayName":"Alex Rivera"}').waitFor()
    await choose('report')
    await page.getByText('FORBIDDEN').waitFor()
  })

  test('looks like its picture', async ({ openPage, provider, site }) => {
    provider.behave({ consent: 'skip' })
    const page = await openPage(SMALL)
    await page.goto(`${site.origin}/`)
    await page.getByRole('button', { name: 'displayName', exact: true }).click()
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('heading', { name: 'GraphQL with sign-in' }).waitFor()
    await page.getByRole('button', { name: 'displayName', exact: true }).click()
    await page.getByText('{"displayName":"Alex Rivera"}').waitFor()

    await expectPicture(page, 'examples/graphql/screenshot.png')
  })
})
