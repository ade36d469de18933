import type { AccessToken, TokenCredential } from '@azure/core-auth'
import { Auth as AstroAuth } from 'identity-web/astro'
import {
  azureCredential,
  type ApplicationSource,
  type AzureCredential,
  type AzureCredentialOptions,
  type ContextSource,
} from 'identity-web/azure'
import { Auth as FunctionsAuth } from 'identity-web/azure-functions'
import {
  ApiAuth,
  Auth,
  McpAuth,
  type EitherContext,
  type IssuerOptions,
} from 'identity-web/express'
import { ApiAuth as FastifyApi, Auth as FastifyAuth } from 'identity-web/fastify'
import { ApiAuth as FetchApi, Auth as FetchAuth } from 'identity-web/fetch'
import { Auth as H3Auth } from 'identity-web/h3'
import { ApiAuth as HonoApi, Auth as HonoAuth } from 'identity-web/hono'
import { ApiAuth as KoaApi, Auth as KoaAuth } from 'identity-web/koa'
import { ApiAuth as NestApi, Auth as NestAuth } from 'identity-web/nestjs'
import { Auth as NextAuth } from 'identity-web/next'
import { Auth as ReactRouterAuth } from 'identity-web/react-router'
import { Auth as SvelteKitAuth } from 'identity-web/sveltekit'
import { Auth as TanStackAuth } from 'identity-web/tanstack-start'
import { expectTypeOf, test } from 'vitest'

const workforce: IssuerOptions = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
}

/** An SDK that takes a credential. */
declare function createClient(credential: TokenCredential): void

test('a credential fits the SDKs of Azure without a cast', async () => {
  createClient(azureCredential(new Auth({})))
  expectTypeOf<AzureCredential>().toExtend<TokenCredential>()
  const credential = azureCredential(new Auth({}))
  expectTypeOf(credential).toEqualTypeOf<AzureCredential>()
  const token = await credential.getToken(['https://vault.azure.net/.default'], {
    abortSignal: AbortSignal.timeout(1000),
    claims: '{}',
    enableCae: true,
    tenantId: undefined,
  })
  expectTypeOf(token).toExtend<AccessToken>()
  expectTypeOf(token.tokenType).toEqualTypeOf<'Bearer'>()
})

test('the contexts of the guards of each framework are sources', () => {
  new Auth().loginRequired((_req, _res, context) => createClient(azureCredential(context)))
  new Auth().loginRequired({ scopes: 'User.Read' }, (_req, _res, context) =>
    createClient(azureCredential(context)),
  )
  new Auth({ onLogin: () => ({ id: 7 }) }).loginRequired((_req, _res, context) =>
    createClient(azureCredential(context)),
  )
  new FastifyAuth().loginRequired(async (_request, _reply, context) =>
    createClient(azureCredential(context)),
  )
  new KoaAuth().loginRequired((_ctx, context) => createClient(azureCredential(context)))
  new HonoAuth().loginRequired((c, context) => {
    createClient(azureCredential(context))
    return c.body(null)
  })
  new FetchAuth().loginRequired((_request, context) => {
    createClient(azureCredential(context))
    return new Response()
  })
  new NextAuth().loginRequired.page((context) => {
    createClient(azureCredential(context))
    return ''
  })
  new SvelteKitAuth().loginRequired((_event, context) => {
    createClient(azureCredential(context))
    return {}
  })
  new AstroAuth().loginRequired((_api, context) => {
    createClient(azureCredential(context))
    return new Response()
  })
  new ReactRouterAuth().loginRequired((_args, context) => createClient(azureCredential(context)))
  new TanStackAuth().loginRequired((_args, context) => createClient(azureCredential(context)))
  new H3Auth().loginRequired((_event, context) => createClient(azureCredential(context)))
  new FunctionsAuth().loginRequired((_request, context) => {
    createClient(azureCredential(context))
    return {}
  })
  createClient(azureCredential(new NestAuth().contextOf({} as never)))
})

test('the contexts of APIs are sources', async () => {
  new ApiAuth({}).authorizationRequired((_req, _res, context) => azureCredential(context))
  new ApiAuth({ issuers: { workforce } }).authorizationRequired(
    { scopes: ['Read'], appPermissions: ['Read.All'], issuer: 'workforce' },
    (_req, _res, context) => azureCredential(context),
  )
  new FastifyApi({}).authorizationRequired(async (_request, _reply, context) => {
    azureCredential(context)
  })
  new KoaApi({}).authorizationRequired((_ctx, context) => azureCredential(context))
  new HonoApi({}).authorizationRequired((c, context) => {
    azureCredential(context)
    return c.body(null)
  })
  new FetchApi({}).authorizationRequired((_request, context) => {
    azureCredential(context)
    return new Response()
  })
  createClient(azureCredential(new NestApi({}).contextOf({} as never)))
  const mcp = new McpAuth({ resource: 'https://tools.example.com/mcp' })
  createClient(azureCredential(mcp.contextOf({} as never)))
  expectTypeOf<EitherContext<{ id: number }>>().toExtend<ContextSource>()
  const session = await new Auth().authenticate(new Request('https://app.example'))
  if (session.ok) createClient(azureCredential(session.context))
})

test('an application is a source, with options', () => {
  const mcp = new McpAuth({ resource: 'https://tools.example.com/mcp' })
  for (const application of [new Auth(), new ApiAuth({}), mcp, new HonoAuth(), new NestApi({})]) {
    expectTypeOf(application).toExtend<ApplicationSource>()
    createClient(azureCredential(application, { additionallyAllowedTenants: ['contoso.com'] }))
  }
  createClient(azureCredential(new ApiAuth({}), { longRunningKey: 'key' }))
  createClient(azureCredential(new ApiAuth({}), { additionallyAllowedTenants: undefined }))
  // @ts-expect-error an unknown option
  azureCredential(new ApiAuth({}), { longRuningKey: 'key' })
  // @ts-expect-error not a list
  azureCredential(new ApiAuth({}), { additionallyAllowedTenants: 'contoso.com' })
})

test('an issuer is one of the names', () => {
  const api = new ApiAuth({ issuers: { workforce, customers: workforce } })
  createClient(azureCredential(api, { issuer: 'workforce' }))
  createClient(azureCredential(api, { issuer: 'customers', longRunningKey: 'key' }))
  // @ts-expect-error not a name
  azureCredential(api, { issuer: 'partners' })
  expectTypeOf<AzureCredentialOptions<'a'>['issuer']>().toEqualTypeOf<'a' | undefined>()
})

test('a key that may be missing does not compile', () => {
  const job: { readonly key?: string } = {}
  // @ts-expect-error the job would act as the application
  azureCredential(new ApiAuth({}), { longRunningKey: job.key })
  // @ts-expect-error `undefined` is not a key
  azureCredential(new ApiAuth({}), { longRunningKey: undefined })
})

test('wrong sources do not compile', () => {
  // @ts-expect-error nothing
  azureCredential(undefined)
  // @ts-expect-error nothing
  azureCredential(null)
  // @ts-expect-error a string
  azureCredential('auth')
  // @ts-expect-error a plain object
  azureCredential({})
  // @ts-expect-error a class
  azureCredential(Auth)
  // @ts-expect-error a request
  azureCredential(new Request('https://app.example'))
  new Auth().loginRequired((_req, _res, context) => {
    // @ts-expect-error a context has no options
    azureCredential(context, { additionallyAllowedTenants: ['contoso.com'] })
    // @ts-expect-error the user is not the context
    azureCredential(context.user)
  })
})
