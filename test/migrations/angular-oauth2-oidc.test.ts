import { describe } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { angularTest, visitsTodos } from './angular.ts'
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
