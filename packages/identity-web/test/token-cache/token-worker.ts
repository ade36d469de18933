import { Hono } from 'hono'
import { durableObjectStore, type SessionObjectNamespace } from 'identity-web/durable-object'
import { ApiAuth } from 'identity-web/hono'
import { sharedTokens } from 'identity-web/token-cache'

export { IdentitySessions } from 'identity-web/durable-object'

interface Bindings {
  readonly AUTHORITY: string
  readonly CLIENT_ID: string
  readonly CLIENT_SECRET: string
  readonly AUDIENCE: string
  readonly TOKENS_SECRET: string
  readonly SESSIONS: SessionObjectNamespace
}

/** An API that responds with the tokens that its worker gets. */
const app = new Hono<{ Bindings: Bindings }>()
const api = new ApiAuth(app, (bindings: Bindings) => ({
  authority: bindings.AUTHORITY,
  clientId: bindings.CLIENT_ID,
  clientCredential: bindings.CLIENT_SECRET,
  audience: bindings.AUDIENCE,
  tokenCache: sharedTokens({
    store: durableObjectStore(bindings.SESSIONS),
    secret: bindings.TOKENS_SECRET,
  }),
}))
app.get('/application', async (c) => {
  const { accessToken } = await api.getTokenForClient('https://graph.microsoft.com/.default')
  return c.text(accessToken)
})
app.get(
  '/user',
  api.authorizationRequired(async (c, { getTokenOnBehalfOf }) => {
    const { accessToken } = await getTokenOnBehalfOf(['User.Read'])
    return c.text(accessToken)
  }),
)

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default app
