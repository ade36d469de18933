import { AccessDenied, Auth, type IdentityLocals } from 'identity-web/sveltekit'
import type { AuthOptions } from 'identity-web/express'
import type { DevProvider } from 'identity-web-dev'
import { serveRequests } from '../../support/request-server.ts'
import { SESSION_SECRET } from '../../support/site.ts'
import { createKitServer, type KitApp } from './server.ts'

/** A SvelteKit application with guarded pages. */
export interface KitSite {
  readonly origin: string
  readonly auth: Auth
  /** The functions that ran behind a guard. */
  readonly ran: string[]
  close(): Promise<void>
}

/** Starts an application of SvelteKit's own server. `change` replaces parts of it. */
export async function startKitSite(
  provider: DevProvider,
  options: AuthOptions = {},
  change: (app: KitApp, auth: Auth) => KitApp = (app) => app,
): Promise<KitSite> {
  let site:
    | { readonly auth: Auth; readonly respond: Promise<(request: Request) => Promise<Response>> }
    | undefined
  const ran: string[] = []
  const create = (origin: string): NonNullable<typeof site> => {
    const auth = new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
      logger: false,
      ...options,
    })
    return { auth, respond: createKitServer(change(appOf(auth, ran), auth)) }
  }
  const server = await serveRequests(async (request, origin) => {
    site ??= create(origin)
    return (await site.respond)(request)
  })
  // The first request creates the application.
  await fetch(`${server.origin}/public`)
  if (site === undefined) throw new Error('The site did not start.')
  return { ...server, auth: site.auth, ran }
}

function appOf(auth: Auth, ran: string[]): KitApp {
  const nameOf = (locals: object): unknown => (locals as IdentityLocals).identity?.user.name
  const record = (name: string): object => {
    ran.push(name)
    return { ran: name }
  }
  return {
    handle: auth.handle,
    endpoints: {
      '/enter': auth.loginRequired(() => new Response('in')),
      '/api/me': auth.loginRequired((_event, { user }) => Response.json(user)),
      '/save': auth.loginRequired(async ({ request }) => {
        record('save')
        return new Response(`saved ${await noteOf(request)}`)
      }),
    },
    pages: {
      '/public': {
        load: ({ locals }) => ({ name: nameOf(locals) }),
        actions: { default: ({ locals }) => ({ changedBy: nameOf(locals) ?? 'a visitor' }) },
      },
      '/account': {
        load: auth.loginRequired((_event, { user }) => ({ ...record('load'), name: user.name })),
        actions: {
          default: auth.loginRequired(async ({ request }) => {
            record('action')
            return { saved: await noteOf(request) }
          }),
        },
      },
      '/notes': { actions: { named: auth.loginRequired(() => record('named')) } },
      '/approvers': {
        load: auth.loginRequired({ roles: ['Todos.Approver'] }, () => record('approvers')),
        actions: {
          default: auth.loginRequired({ roles: ['Todos.Approver'] }, () => record('approve')),
        },
      },
      '/denied': {
        load: auth.loginRequired((): object => {
          throw new AccessDenied({ message: 'Only for members.' })
        }),
      },
      '/mail': {
        load: auth.loginRequired({ scopes: ['Mail.Read'] }, (_event, { scopes }) => ({ scopes })),
      },
      '/open-mail': {
        load: async (event) => ({
          type: (await auth.getTokenForUser(event, ['Mail.Read'])).tokenType,
        }),
      },
      '/profile': {
        load: async (event) => ({ url: await auth.getEditProfileUrl(event) }),
      },
      '/open-user': { load: async (event) => ({ name: (await auth.getUser(event))?.name }) },
      '/guarded-profile': {
        load: auth.loginRequired(async (event) => ({ url: await auth.getEditProfileUrl(event) })),
      },
      '/below/page': {
        layoutLoad: auth.loginRequired(() => record('layout')),
        load: () => ({}),
      },
      '/with-fetch': {
        load: async ({ fetch }) => {
          const response = await fetch('/api/me')
          return { status: response.status, body: await response.json() }
        },
      },
    },
  }
}

async function noteOf(request: Request): Promise<string> {
  return (await request.formData()).get('note') as string
}
