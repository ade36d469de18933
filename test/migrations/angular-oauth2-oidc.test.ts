import { describe } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { angularTest, visitsTodos } from './angular.ts'

const test = angularTest({
  library: 'angular-oauth2-oidc',
  env: ({ provider, app, api }) => ({
    ISSUER: provider.oidcAuthority,
    AUDIENCE: 'https://todos.example.com',
    APP_ORIGIN: app,
    TODOS: api,
    IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
  }),
})

describe.skipIf(!hasChromium)('angular-oauth2-oidc, after', () => {
  visitsTodos(test, 'after', { profile: 'alex@contoso.onmicrosoft.com' })
})
