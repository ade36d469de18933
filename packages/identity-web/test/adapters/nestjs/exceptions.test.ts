import {
  Catch,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Inject,
  Post,
  Req,
  Res,
  UnauthorizedException,
  type ArgumentsHost,
  type ExceptionFilter,
  type INestApplication,
} from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import {
  Auth,
  AuthorizationRequired,
  IdentityError,
  LoginRequired,
  type PlatformRequest,
  type PlatformResponse,
} from 'identity-web/nestjs'
import { describe, expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { signIn, type Clock } from '../../support/site.ts'
import { CLOCK, test as base } from './bench.ts'
import { decorate } from './decorate.ts'
import { AnswerAll, PLATFORMS, type NestSite } from './host.ts'

class Pages {
  readonly #auth: Auth
  readonly #clock: Clock

  constructor(auth: Auth, clock: Clock) {
    this.#auth = auth
    this.#clock = clock
  }

  home(): string {
    return 'home'
  }

  mail(request: PlatformRequest): Promise<object> {
    return this.#auth.getTokenForUser(request, 'Mail.Read')
  }

  async sdk(request: PlatformRequest): Promise<object> {
    try {
      return await this.mail(request)
    } catch (cause) {
      throw new Error('The SDK failed.', { cause })
    }
  }

  async late(response: PlatformResponse): Promise<void> {
    const raw = 'raw' in response ? response.raw : response
    raw.write('begun')
    this.#clock.advance(25 * 3600)
    throw new IdentityError('interaction_required', 'too late')
  }

  api(): string {
    return 'api'
  }

  signUp(request: PlatformRequest, response: PlatformResponse): Promise<void> {
    return this.#auth.login(request, response)
  }
}

Inject(Auth)(Pages, undefined, 0)
Inject(CLOCK)(Pages, undefined, 1)
decorate(Pages, 'home', { on: [Get(), LoginRequired()] })
decorate(Pages, 'sdk', { on: [Get('sdk'), LoginRequired()], parameters: [Req()] })
decorate(Pages, 'mail', { on: [Get('mail'), LoginRequired()], parameters: [Req()] })
decorate(Pages, 'late', { on: [Get('late'), LoginRequired()], parameters: [Res()] })
decorate(Pages, 'api', { on: [Post('api'), AuthorizationRequired({ scopes: ['Todos.Write'] })] })
decorate(Pages, 'signUp', { on: [Get('sign-up')], parameters: [Req(), Res()] })
Controller()(Pages)

/** A filter that writes bodies of its own, for every exception. */
class OwnBodies implements ExceptionFilter {
  readonly seen: unknown[] = []
  readonly #host: HttpAdapterHost

  constructor(host: HttpAdapterHost) {
    this.#host = host
  }

  catch(error: unknown, host: ArgumentsHost): void {
    this.seen.push(error)
    const status = error instanceof HttpException ? error.getStatus() : 500
    const response = host.getArgByIndex<PlatformResponse>(1)
    const raw = 'raw' in response ? response.raw : response
    if (raw.headersSent) raw.end()
    else this.#host.httpAdapter.reply(response, { own: true }, status)
  }
}

Catch()(OwnBodies)

const test = base
  /** Runs a case behind a filter that writes bodies of its own. */
  .extend(
    'filtered',
    ({ on }) =>
      (
        platform: string,
        act: (site: NestSite, filter: OwnBodies) => Promise<void>,
      ): Promise<void> => {
        let filter: OwnBodies
        const prepare = (app: INestApplication): void => {
          filter = new OwnBodies(app.get(HttpAdapterHost))
          app.useGlobalFilters(filter)
        }
        const wanted = { platform, controllers: [Pages], prepare }
        return on(wanted, (site) => act(site, filter))
      },
  )

describe.each(Object.keys(PLATFORMS))('what a guard answers on %s', (platform) => {
  test('is an exception that filters know, and a body of their own loses nothing', ({
    filtered,
    provider,
  }) =>
    filtered(platform, async ({ origin }, { seen }) => {
      const browser = new Browser()
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const bearer = { authorization: `Bearer ${token}` }

      const visitor = await browser.navigate(`${origin}/`)
      const script = await browser.script(`${origin}/`)
      const client = await browser.send(`${origin}/api`, { method: 'POST' })
      const lacking = await browser.send(`${origin}/api`, { method: 'POST', headers: bearer })

      expect([visitor.status, visitor.json()]).toEqual([302, { own: true }])
      expect(visitor.location).toContain(provider.authority())
      expect(visitor.setCookies.join()).toContain('identity-flow-')
      expect(visitor.headers['cache-control']).toBe('private, no-store')
      expect([script.status, script.json()]).toEqual([401, { own: true }])
      expect([client.status, client.json()]).toEqual([401, { own: true }])
      expect(client.headers['www-authenticate']).toMatch(/^Bearer scope=/)
      expect([lacking.status, lacking.json()]).toEqual([403, { own: true }])
      expect(lacking.headers['www-authenticate']).toContain('error="insufficient_scope"')
      expect(seen.map((error) => (error as object).constructor)).toEqual([
        HttpException,
        UnauthorizedException,
        UnauthorizedException,
        ForbiddenException,
      ])
      expect((seen[1] as HttpException).getResponse()).toMatchObject({
        error: 'login_required',
        loginUrl: expect.stringContaining(`${origin}/auth/login`),
      })
    }))

  test('leads a user away whose handler needs them, though a filter takes every exception', ({
    filtered,
    provider,
  }) =>
    filtered(platform, async (site) => {
      const browser = await signIn(site, provider)

      for (const path of ['/mail', '/sdk']) {
        const away = await browser.navigate(site.origin + path)
        expect(away.status).toBe(302)
        expect(new URL(away.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
      }
    }))

  test('comes too late for a response that began', ({ filtered, provider }) =>
    filtered(platform, async (site, { seen }) => {
      const browser = await signIn(site, provider)

      const answer = await browser.navigate(`${site.origin}/late`)

      expect([answer.status, answer.text]).toEqual([200, 'begun'])
      expect(seen.at(-1)).toMatchObject({ code: 'interaction_required', message: 'too late' })
    }))

  test.for([false, true])(
    'is a page as it was written, with a filter that sends what exceptions say: %s',
    (hasFilter, { on }) =>
      on(
        {
          platform,
          controllers: [Pages],
          auth: { pages: { login: ({ loginUrl }) => `<a href="${loginUrl}">Grüße</a>` } },
          prepare(app) {
            if (hasFilter) app.useGlobalFilters(new AnswerAll(app.getHttpAdapter() as never))
          },
        },
        async ({ origin }) => {
          const page = await new Browser().navigate(`${origin}/`)
          const head = await new Browser().navigate(`${origin}/`, { method: 'HEAD' })

          expect(page.status).toBe(401)
          expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
          expect(page.text).toMatch(/^<a href="http.+">Grüße<\/a>$/)
          expect([head.status, head.text]).toEqual([401, ''])
        },
      ),
  )

  test('varies by what the application varies by, too', ({ on }) =>
    on(
      {
        platform,
        controllers: [Pages],
        prepare: (app) =>
          app.enableCors({ origin: ['https://one.example', 'https://two.example'] }),
      },
      async ({ origin }) => {
        for (const path of ['/', '/sign-up', '/auth/login']) {
          const { headers, status } = await new Browser().navigate(origin + path)
          expect([path, status, headers['vary']]).toEqual([path, 302, 'Origin, Cookie'])
        }
      },
    ))
})
