import type { InteropProvider } from '../provider.ts'
import { emulateProviders } from './emulate.ts'
import { mockin } from './mockin.ts'
import { oauth2MockServer } from './oauth2-mock-server.ts'
import { oidcProvider } from './oidc-provider.ts'

/** All providers, in the order of the table. */
export const providers: readonly InteropProvider[] = [
  oidcProvider,
  oauth2MockServer,
  ...emulateProviders,
  mockin,
]
