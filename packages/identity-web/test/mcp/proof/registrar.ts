import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import { close, listen } from '../../support/site.ts'

/** An `oidc-provider` at which clients register themselves. Its only user is always signed in. */
export async function startRegistrar(): Promise<{ issuer: string; close(): Promise<void> }> {
  const server = createServer()
  const issuer = await listen(server)
  const scope = 'Tools.Use Office.Manage'
  const scopes = `openid offline_access ${scope}`
  const provider: Provider = new Provider(issuer, {
    scopes: scopes.split(' '),
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: () => '/sign-in' },
    async loadExistingGrant({ oidc: { client, params, session } }) {
      const grant = new provider.Grant({
        clientId: client?.clientId,
        accountId: session?.accountId,
      })
      grant.addOIDCScope(scopes)
      grant.addResourceScope(String(params?.['resource']), scope)
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          audience,
          scope,
          accessTokenFormat: 'jwt',
        }),
      },
    },
  })
  const handle = provider.callback()
  const answer = { login: { accountId: 'ada' }, consent: {} }
  server.on('request', (request, response) =>
    request.url === '/sign-in'
      ? void provider.interactionFinished(request, response, answer)
      : void handle(request, response),
  )
  return { issuer, close: () => close(server) }
}
