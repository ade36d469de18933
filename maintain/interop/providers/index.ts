import type { InteropProvider } from '../provider.ts'
import { authlib } from './authlib.ts'
import { betterAuth } from './better-auth.ts'
import { djangoOauthToolkit } from './django.ts'
import { emulateProviders } from './emulate.ts'
import { glewlwyd } from './glewlwyd.ts'
import { lemonldapProviders } from './lemonldap.ts'
import { oauth2MockServer } from './oauth2-mock-server.ts'
import { oidcProvider } from './oidc-provider.ts'

/** All providers, in the order of the table. */
export const providers: readonly InteropProvider[] = [
  oidcProvider,
  betterAuth,
  djangoOauthToolkit,
  authlib,
  glewlwyd,
  ...lemonldapProviders,
  oauth2MockServer,
  ...emulateProviders,
]
