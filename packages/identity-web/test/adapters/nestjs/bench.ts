import type { ModuleMetadata } from '@nestjs/common'
import { IdentityModule, type ApiAuthOptions, type AuthOptions } from 'identity-web/nestjs'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { SESSION_SECRET, createClock, type Clock } from '../../support/site.ts'
import { PLATFORMS, moduleNamed, startNest, type Making, type NestSite } from './host.ts'

/** What the cases of Nest's own work with. */
export interface NestBench {
  /** The provider; its clock is the applications' too. */
  readonly provider: () => DevProvider
  readonly clock: Clock
  /** Options by which sign-in and the API work. */
  options(origin: string): { readonly auth: AuthOptions; readonly api: ApiAuthOptions }
  /** Runs a case on an application with these controllers. */
  on(wanted: Wanted, act: (site: NestSite) => Promise<void>): Promise<void>
}

/** How a case wants its application. */
export interface Wanted extends Pick<ModuleMetadata, 'controllers' | 'providers' | 'imports'> {
  /** @defaultValue Express */
  readonly platform?: string
  readonly auth?: AuthOptions
  readonly prepare?: Making['prepare']
}

export function createNestBench(): NestBench {
  const clock = createClock()
  let provider: DevProvider
  beforeAll(async () => {
    provider = await startDevProvider({ now: clock.now })
  })
  afterAll(() => provider.close())
  beforeEach(() => provider.reset())

  const options: NestBench['options'] = (origin) => ({
    auth: {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/auth/redirect`,
      session: { secret: SESSION_SECRET },
      now: clock.now,
    },
    api: {
      authority: provider.authority(),
      clientId: provider.api.clientId,
      clientCredential: provider.api.clientSecret,
      audience: provider.api.idUri,
      now: clock.now,
    },
  })

  return {
    provider: () => provider,
    clock,
    options,

    async on({ platform = 'Express', auth, prepare, imports = [], ...module }, act) {
      const site = await startNest({
        adapter: PLATFORMS[platform]!(),
        root(origin) {
          const { auth: usual, api } = options(origin)
          const identity = IdentityModule.forRoot({ auth: { ...usual, ...auth }, api })
          return { module: moduleNamed('Root'), imports: [identity, ...imports], ...module }
        },
        ...(prepare && { prepare }),
      })
      try {
        await act(site)
      } finally {
        await site.close()
      }
    },
  }
}
