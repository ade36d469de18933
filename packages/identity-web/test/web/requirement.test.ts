import { Auth, type LoginRequirement } from 'identity-web/express'
import { describe, expect, test } from 'vitest'

const auth = new Auth({
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: 'app',
  redirectUri: 'http://localhost:3000/redirect',
  logger: {},
})

// If these counted as an empty requirement, every signed-in user would be allowed.
describe('a route with an unavailable requirement is rejected when it is declared', () => {
  test.each([
    [{ scope: ['Mail.Read'] }, 'loginRequired() has no option scope. Did you mean scopes?'],
    [{ acr: 'c1' }, 'loginRequired() has no option acr. Did you mean acrs?'],
    [
      { maxageseconds: 60 },
      'loginRequired() has no option maxageseconds. Did you mean maxAgeSeconds?',
    ],
    [{ role: ['Admin'] }, 'loginRequired() has no option role. Did you mean roles?'],
  ])('%j', (requirement, message) => {
    expect(() => auth.loginRequired(requirement as LoginRequirement)).toThrow(
      expect.objectContaining({ code: 'configuration', message }),
    )
  })
})
