import { describe, expect } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { angularTest, membersOf, missingIn, visitsTodos } from './angular.ts'
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

// Angular calls the other methods of the guard.
const OF_ANGULAR = ['parseUrl', 'getDestinationUrl', 'includesCode']

test('the guide names every option and method', () => {
  const names = membersOf(
    'msal-angular/before/node_modules/@azure/msal-angular/types/azure-msal-angular.d.ts',
    [
      'MsalService',
      'MsalGuard',
      'MsalBroadcastService',
      'MsalGuardConfiguration',
      'MsalInterceptorConfiguration',
    ],
  )
  expect(names).toContain('acquireTokenSilent')
  expect(
    missingIn('from-msal-angular.md', names).filter((name) => !OF_ANGULAR.includes(name)),
  ).toEqual([])
})
