import { describe, expect } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { angularTest, membersOf, missingIn, visitsTodos } from './angular.ts'
import { sides } from './support.ts'

const test = angularTest({
  library: 'angular-oauth2-oidc',
  settings: ({ provider, spaId, app, api }) => ({
    'src/app/auth.config.ts': `export const todosUrl = '${api}/todos'
export const authCodeFlowConfig = ${JSON.stringify({
      issuer: provider.oidcAuthority,
      redirectUri: `${app}/index.html`,
      postLogoutRedirectUri: `${app}/`,
      clientId: spaId,
      responseType: 'code',
      scope: 'openid profile email offline_access todos',
      customQueryParams: { audience: 'https://todos.example.com' },
    })}`,
  }),
  env: ({ provider, app, api }) => ({
    ISSUER: provider.oidcAuthority,
    AUDIENCE: 'https://todos.example.com',
    APP_ORIGIN: app,
    TODOS: api,
    IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority,
  }),
})

describe.skipIf(!hasChromium).each(sides)('angular-oauth2-oidc, %s', (side) => {
  visitsTodos(test, side, { profile: 'alex@contoso.onmicrosoft.com' })
})

// They are internal, deprecated, or in a row such as `silentRefresh…`.
const NOT_NAMED =
  /^(silentRefresh|siletRefresh|sessionCheck|initImplicitFlow|tryLoginImplicitFlow|processIdToken|createAndSaveNonce|ngOnDestroy)/

test('the guide names every option and method', () => {
  const names = membersOf(
    'angular-oauth2-oidc/before/node_modules/angular-oauth2-oidc/types/angular-oauth2-oidc.d.ts',
    ['AuthConfig', 'OAuthService', 'OAuthResourceServerConfig'],
  ).filter((name) => !NOT_NAMED.test(name))
  expect(names).toContain('revokeTokenAndLogout')
  expect(missingIn('from-angular-oauth2-oidc.md', names)).toEqual([])
})
