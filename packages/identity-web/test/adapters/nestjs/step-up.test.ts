import {
  Catch,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  Scope,
  UseFilters,
  type ArgumentsHost,
  type CallHandler,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
  type Provider,
  type Type,
} from '@nestjs/common'
import {
  APP_FILTER,
  APP_INTERCEPTOR,
  ExternalContextCreator,
  ModuleRef,
  type ApplicationConfig,
} from '@nestjs/core'
import { AccessDenied, IdentityError, LoginRequired } from 'identity-web/nestjs'
import { tap, type Observable } from 'rxjs'
import { describe, expect } from 'vitest'
import { signIn } from '../../support/site.ts'
import { test, type Wanted } from './bench.ts'
import { decorate } from './decorate.ts'
import { PLATFORMS, type NestSite } from './host.ts'

/** Creates a controller whose handlers fail because of their user. */
function createPages(...filters: (MethodDecorator & ClassDecorator)[]): Type {
  class Pages {
    page(): string {
      return 'page'
    }

    stepUp(): never {
      throw new IdentityError('interaction_required', 'The user must consent.')
    }

    sdk(): never {
      const cause = new IdentityError('interaction_required', 'The user must consent.')
      throw new Error('The SDK failed.', { cause })
    }

    denied(): never {
      throw new AccessDenied({ message: 'Only for members.' })
    }

    open(): never {
      throw new AccessDenied({ message: 'Without a guard.' })
    }
  }
  decorate(Pages, 'page', { on: [Get(), LoginRequired()] })
  decorate(Pages, 'stepUp', { on: [Get('step-up'), LoginRequired()] })
  decorate(Pages, 'sdk', { on: [Get('sdk'), LoginRequired()] })
  decorate(Pages, 'denied', { on: [Get('denied'), LoginRequired(), ...filters] })
  decorate(Pages, 'open', { on: [Get('open')] })
  Controller()(Pages)
  return Pages
}

/** Records the exceptions that it handles, and sends its own body. */
class Recorder implements ExceptionFilter {
  static seen: unknown[] = []

  catch(error: unknown, host: ArgumentsHost): void {
    Recorder.seen.push(error)
    const status = error instanceof HttpException ? error.getStatus() : 500
    const response = host.getArgByIndex<{ status(code: number): { send(body: object): void } }>(1)
    response.status(status).send({ own: true })
  }
}
Injectable()(Recorder)

class CatchAll extends Recorder {}
Catch()(CatchAll)

class CatchHttp extends Recorder {}
Catch(HttpException)(CatchHttp)

class CatchTypeErrors extends Recorder {}
Catch(TypeError)(CatchTypeErrors)

class PerRequest extends Recorder {}
Catch()(PerRequest)
Injectable({ scope: Scope.REQUEST })(PerRequest)

class Throwing implements ExceptionFilter {
  catch(): void {
    throw new Error('The filter has failed.')
  }
}
Catch(ForbiddenException)(Throwing)

class Rejecting implements ExceptionFilter {
  catch(): Promise<void> {
    return Promise.reject(new Error('The filter has failed.'))
  }
}
Catch(ForbiddenException)(Rejecting)

/** Records the exceptions that leave the handler. */
class Interceptor implements NestInterceptor {
  static seen: unknown[] = []

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(tap({ error: (error) => Interceptor.seen.push(error) }))
  }
}

const own = (filter: Type): Wanted => ({ controllers: [createPages(UseFilters(filter))] })
const withFilters = (...filters: ExceptionFilter[]): Wanted => ({
  controllers: [createPages()],
  prepare: (app) => void app.useGlobalFilters(...filters),
})
const withProviders = (...providers: Provider[]): Wanted => ({
  controllers: [createPages()],
  providers,
})

function ofController(): Type {
  const pages = createPages()
  UseFilters(CatchAll)(pages)
  return pages
}

const perRequest = { provide: APP_FILTER, useClass: PerRequest, scope: Scope.REQUEST }

/** Applications with a filter that handles the exception of the guard. */
const FILTERED: Record<string, Wanted> = {
  'a filter of all exceptions': withFilters(new CatchAll()),
  'a filter of HTTP exceptions': withFilters(new CatchHttp()),
  'the last matching filter': withFilters(new Throwing(), new CatchHttp(), new CatchTypeErrors()),
  'a filter that is a provider': withProviders({ provide: APP_FILTER, useClass: CatchAll }),
  'a filter that is created for each request': withProviders(perRequest),
  'a filter of the method': own(CatchAll),
  'a filter of HTTP exceptions of the method': own(CatchHttp),
  'a filter of the controller': { controllers: [ofController()] },
}

function configOf({ app }: NestSite): ApplicationConfig {
  return app.get<{ readonly container: { readonly applicationConfig: ApplicationConfig } }>(
    ModuleRef,
  ).container.applicationConfig
}

describe.each(Object.keys(PLATFORMS))('an error of a handler on %s', (platform) => {
  test.for(Object.keys(FILTERED))(
    'reaches %s as the exception of the guard',
    (name, { on, provider }) =>
      on({ platform, ...FILTERED[name] }, async (site) => {
        const browser = await signIn(site, provider)
        Recorder.seen = []

        const denied = await browser.navigate(`${site.origin}/denied`)

        expect([denied.status, denied.json()]).toEqual([403, { own: true }])
        expect(Recorder.seen).toEqual([expect.any(ForbiddenException)])
      }),
  )

  test.for(['a filter of all exceptions', 'a filter of the method'])(
    'is found inside the error of an SDK, with %s',
    (name, { on, provider }) =>
      on({ platform, ...FILTERED[name] }, async (site) => {
        const browser = await signIn(site, provider)

        const away = await browser.navigate(`${site.origin}/sdk`)

        expect([away.status, away.location]).toEqual([
          302,
          expect.stringContaining(provider.authority()),
        ])
      }),
  )

  test('is a redirect or a page, without a filter', ({ on, provider }) =>
    on({ platform, controllers: [createPages()] }, async (site) => {
      const browser = await signIn(site, provider)

      const away = await browser.navigate(`${site.origin}/step-up`)
      const denied = await browser.navigate(`${site.origin}/denied`)
      const script = await browser.script(`${site.origin}/denied`)

      expect([away.status, away.location]).toEqual([
        302,
        expect.stringContaining(provider.authority()),
      ])
      expect([denied.status, denied.text]).toEqual([
        403,
        expect.stringContaining('Only for members.'),
      ])
      expect([script.status, script.json()]).toEqual([
        403,
        expect.objectContaining({ error: 'access_denied' }),
      ])
    }))

  test('passes a global interceptor and a filter as the exception of the guard', ({
    on,
    provider,
  }) =>
    on(
      {
        platform,
        ...withProviders(
          { provide: APP_FILTER, useClass: CatchAll },
          { provide: APP_INTERCEPTOR, useClass: Interceptor },
        ),
      },
      async (site) => {
        const browser = await signIn(site, provider)
        Recorder.seen = []
        Interceptor.seen = []

        await browser.navigate(`${site.origin}/denied`)

        expect([...Interceptor.seen, ...Recorder.seen]).toEqual([
          expect.any(ForbiddenException),
          expect.any(ForbiddenException),
        ])
      },
    ))

  test('does not change if the route has no guard', ({ on }) =>
    on({ platform, ...withFilters(new CatchAll()) }, async ({ origin }) => {
      Recorder.seen = []

      const response = await fetch(`${origin}/open`)

      expect(response.status).toBe(500)
      expect(Recorder.seen).toEqual([expect.any(AccessDenied)])
    }))

  // An unhandled rejection would end the process. Vitest fails if there is one.
  test.for([Throwing, Rejecting])(
    'is status 500 if the filter fails: %o',
    (Filter, { on, provider }) =>
      on({ platform, ...withFilters(new Filter()) }, async (site) => {
        const browser = await signIn(site, provider)

        const failed = await browser.navigate(`${site.origin}/denied`)
        const next = await browser.navigate(`${site.origin}/`)

        expect([failed.status, failed.json()]).toEqual([
          500,
          { statusCode: 500, message: 'Internal server error' },
        ])
        expect([next.status, next.text]).toEqual([200, 'page'])
      }),
  )
})

describe('requests without an error', () => {
  test('do not pass an interceptor of the library', ({ on }) =>
    on(withFilters(new CatchAll()), async (site) => {
      expect(configOf(site).getGlobalInterceptors()).toEqual([])
    }))

  test('pass it if a filter of a method requires it', ({ on }) =>
    on(own(CatchAll), async (site) => {
      expect(configOf(site).getGlobalInterceptors()).toHaveLength(1)
    }))
})

describe('an error outside of HTTP', () => {
  const call = ({ app }: NestSite, type: string): Promise<unknown> => {
    const pages = app.get(ControllerOfMessages)
    const creator = app.get(ExternalContextCreator)
    return creator.create(
      pages,
      pages.message,
      'message',
      '',
      undefined,
      undefined,
      undefined,
      undefined,
      type,
    )() as Promise<unknown>
  }

  class ControllerOfMessages {
    message(): never {
      throw new AccessDenied({ message: 'Only for members.' })
    }
  }
  Injectable()(ControllerOfMessages)

  class ReturnCode implements ExceptionFilter<IdentityError> {
    catch(error: IdentityError): string {
      return error.code
    }
  }
  Catch(IdentityError)(ReturnCode)

  class ReturnMessage implements ExceptionFilter<HttpException> {
    catch(error: HttpException): string {
      return `${error.getStatus()} ${error.message}`
    }
  }
  Catch(HttpException)(ReturnMessage)

  test('keeps its handling by default', ({ on }) =>
    on(withProviders(ControllerOfMessages), async (site) => {
      await expect(call(site, 'rpc')).rejects.toThrow(AccessDenied)
    }))

  test('reaches a filter of the application', ({ on }) =>
    on({ ...withFilters(new ReturnCode()), providers: [ControllerOfMessages] }, async (site) => {
      await expect(call(site, 'rpc')).resolves.toBe('access_denied')
    }))

  test('is an error with extensions in GraphQL', ({ on }) =>
    on(withProviders(ControllerOfMessages), async (site) => {
      await expect(call(site, 'graphql')).rejects.toMatchObject({
        message: 'access_denied',
        extensions: { code: 'FORBIDDEN', error: 'access_denied' },
      })
    }))

  test('is an HTTP exception for the filters of a GraphQL application', ({ on }) =>
    on({ ...withFilters(new ReturnMessage()), providers: [ControllerOfMessages] }, async (site) => {
      await expect(call(site, 'graphql')).resolves.toBe('403 access_denied')
    }))
})
