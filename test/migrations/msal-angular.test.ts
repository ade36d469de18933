import { describe } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { angularTest, visitsTodos } from './angular.ts'
import { sides } from './support.ts'

const test = angularTest({
  library: 'msal-angular',
  settings: ({ provider, spaId, api }) => ({
    'src/environments/environment.ts': `export const environment = ${JSON.stringify({
      clientId: spaId,
      authority: provider.authority(),
      knownAuthorities: [new URL(provider.origin).host],
      todos: { url: `${api}/todos`, scopes: ['api://todos.contoso.example/Todos.ReadWrite'] },
      graph: { url: `${provider.origin}/v1.0`, scopes: ['User.Read'] },
    })}`,
  }),
  env: ({ provider, app, api }) => ({
    AUTHORITY: provider.authority(),
    API_CLIENT_ID: provider.api.clientId,
    APP_ORIGIN: app,
    TODOS: api,
    GRAPH: `${provider.origin}/v1.0`,
    IDENTITY_AUTHORITY: provider.authority(),
  }),
})

describe.skipIf(!hasChromium).each(sides)('msal-angular, %s', (side) => {
  visitsTodos(test, side, { profile: 'Product designer' })
})
