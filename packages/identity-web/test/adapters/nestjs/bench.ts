import type { DynamicModule, ModuleMetadata } from '@nestjs/common'
import { IdentityModule, type ApiAuthOptions, type AuthOptions } from 'identity-web/nestjs'
import { test as base } from '../../support/fixtures.ts'
import { SESSION_SECRET } from '../../support/site.ts'
import { PLATFORMS, moduleNamed, startNest, type Making, type NestSite } from './host.ts'

/** The token by which controllers inject the clock. */
export const CLOCK = 'clock'

/** How a case wants its application. */
export interface Wanted extends Pick<ModuleMetadata, 'controllers' | 'providers' | 'imports'> {
  /** @defaultValue Express */
  readonly platform?: string
  readonly auth?: AuthOptions
  readonly prepare?: Making['prepare']
}

/** The fixtures of support/fixtures.ts, with applications of Nest. */
export const test = base
  /** Options by which sign-in and the API work. */
  .extend(
    'options',
    ({ provider, clock }) =>
      (origin: string): { readonly auth: AuthOptions; readonly api: ApiAuthOptions } => ({
        auth: {
          authority: provider.authority(),
          clientId: provider.app.clientId,
          clientCredential: provider.app.clientSecret,
          redirectUri: `${origin}/auth/redirect`,
          session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
          now: clock.now,
        },
        api: {
          authority: provider.authority(),
          clientId: provider.api.clientId,
          clientCredential: provider.api.clientSecret,
          audience: provider.api.idUri,
          now: clock.now,
        },
      }),
  )
  /** Starts an application that is closed after the test. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('start', ({}, { onCleanup }) => {
    const sites: NestSite[] = []
    onCleanup(async () => void (await Promise.all(sites.map((site) => site.close()))))
    return async (
      root: Making['root'],
      { platform = 'Express', ...making }: { platform?: string } & Pick<Making, 'prepare'> = {},
    ): Promise<NestSite> => {
      const site = await startNest({ adapter: PLATFORMS[platform]!(), root, ...making })
      sites.push(site)
      return site
    }
  })
  /** Runs a case on an application with these controllers. They can inject `CLOCK`. */
  .extend(
    'on',
    ({ options, start, clock }) =>
      async (
        { platform, auth, prepare, imports = [], providers = [], ...module }: Wanted,
        act: (site: NestSite) => Promise<void>,
      ): Promise<void> => {
        const root = (origin: string): DynamicModule => {
          const { auth: usual, api } = options(origin)
          return {
            module: moduleNamed('Root'),
            imports: [IdentityModule.forRoot({ auth: { ...usual, ...auth }, api }), ...imports],
            providers: [{ provide: CLOCK, useValue: clock }, ...providers],
            ...module,
          }
        }
        await act(await start(root, { ...(platform && { platform }), ...(prepare && { prepare }) }))
      },
  )
