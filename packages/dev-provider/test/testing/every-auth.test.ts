import { Auth as FunctionsAuth } from 'identity-web/azure-functions'
import { Auth as ExpressAuth } from 'identity-web/express'
import { Auth as FastifyAuth } from 'identity-web/fastify'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import { Auth as NestAuth, IdentityModule } from 'identity-web/nestjs'
import { Auth as NextAuth } from 'identity-web/next'
import { NestFactory } from '@nestjs/core'
// Nest needs it before its first decorator.
// oxlint-disable-next-line import/no-unassigned-import -- It extends the global Reflect.
import 'reflect-metadata'
import { sessionFor } from 'identity-web-dev/testing'
import type { DevProvider } from 'identity-web-dev'
import { describe, expect, test } from '../support/fixtures.js'

const settingsOf = (provider: DevProvider) => ({
  authority: provider.authority(),
  clientId: provider.app.clientId,
  clientCredential: provider.app.clientSecret,
  redirectUri: 'http://localhost:3000/auth/redirect',
  session: { secret: 'a session secret of at least 32 characters' },
  onLogin: ({ name }: { readonly name?: string }) => ({ greeting: `Hello, ${name ?? ''}` }),
  logger: false as const,
})

type Settings = ReturnType<typeof settingsOf>

describe('sessionFor({ auth }) with the Auth of', () => {
  test.for([
    ['Azure Functions', (options: Settings) => new FunctionsAuth(options)],
    ['Express', (options: Settings) => new ExpressAuth(options)],
    ['Fastify', (options: Settings) => new FastifyAuth(options)],
    ['fetch', (options: Settings) => new FetchAuth(options)],
    ['Hono', (options: Settings) => new HonoAuth(options)],
    ['Koa', (options: Settings) => new KoaAuth(options)],
    ['Next.js', (options: Settings) => new NextAuth(options)],
  ] as const)('%s', async ([, create], { provider }) => {
    const auth = create(settingsOf(provider))

    const { user, headers } = await sessionFor({ auth }, { as: 'robin', scopes: ['User.Read'] })

    const request = new Request('http://localhost:3000/', { headers })
    const result = await auth.authenticate(request, { scopes: ['User.Read'] })
    expect(user.greeting).toBe('Hello, Robin Chen')
    expect(result).toMatchObject({
      ok: true,
      context: { user, accessToken: expect.any(String) as string },
    })
  })

  test('NestJS', async ({ provider }) => {
    const module = IdentityModule.forRoot({ auth: settingsOf(provider) })
    const nest = await NestFactory.createApplicationContext(module, { logger: false })
    const auth = nest.get<NestAuth<{ greeting: string }>>(NestAuth)

    const { user, headers } = await sessionFor({ auth }, { as: 'robin' })

    const result = await auth.authenticate(new Request('http://localhost:3000/', { headers }))
    expect(user.greeting).toBe('Hello, Robin Chen')
    expect(result).toMatchObject({ ok: true, context: { user } })
    await nest.close()
  })
})
