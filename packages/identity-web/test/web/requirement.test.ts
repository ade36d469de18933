import { Auth, type LoginRequirement } from 'identity-web/express'
import { describe, expect, test } from 'vitest'

const auth = new Auth({
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: 'app',
  redirectUri: 'http://localhost:5000/redirect',
  logger: {},
})

// Taken for nothing asked, each of these would let in whoever is signed in.
describe('a route with an unavailable requirement is rejected when it is declared', () => {
  test.each([
    [{ scope: ['Mail.Read'] }, 'loginRequired() has no option scope. Did you mean scopes?'],
    [{ acr: 'c1' }, 'loginRequired() has no option acr. Did you mean acrs?'],
    [{ maxage: 60 }, 'loginRequired() has no option maxage. Did you mean maxAge?'],
    [{ roles: ['Admin'] }, 'loginRequired() has no option roles.'],
  ])('%j', (requirement, message) => {
    expect(() => auth.loginRequired(requirement as LoginRequirement)).toThrow(
      expect.objectContaining({ code: 'configuration', message }),
    )
  })
})
