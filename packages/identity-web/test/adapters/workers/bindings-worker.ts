import { Hono } from 'hono'
import { ApiAuth, Auth, McpAuth } from 'identity-web/hono'

interface Bindings {
  readonly AUTHORITY: string
  readonly CLIENT_ID: string
  readonly AUDIENCE: string
  readonly SECRET: string
}

const toApiOptions = ({ AUTHORITY, CLIENT_ID, AUDIENCE }: Bindings) => ({
  authority: AUTHORITY,
  clientId: CLIENT_ID,
  audience: AUDIENCE,
})

/** An application whose options depend on the bindings, so they are not known when its guards are declared. */
const app = new Hono<{ Bindings: Bindings }>()
const auth = new Auth(app, ({ AUTHORITY, CLIENT_ID, SECRET }: Bindings) => ({
  authority: AUTHORITY,
  clientId: CLIENT_ID,
  redirectUri: 'http://localhost:3000/redirect',
  session: { secret: SECRET },
}))
const api = new ApiAuth(app, toApiOptions)
const mcp = new McpAuth(app, (bindings: Bindings) => ({
  ...toApiOptions(bindings),
  resource: 'http://localhost:3000/mcp',
}))
app.get(
  '/user',
  auth.loginRequired((c) => c.text('session')),
)
app.get(
  '/api',
  api.authorizationRequired({ scopes: ['Todos.Read'] }, (c, { user }) => c.text(user.sub)),
)
app.get(
  '/both',
  auth.orBearer(api).required((c, { kind }) => c.text(kind)),
)
app.post(
  '/mcp',
  mcp.authorizationRequired({ scopes: ['Todos.Read'], tools: {} }, (c, { authInfo }) =>
    c.json(authInfo.scopes),
  ),
)
app.get('/mistakes', (c) =>
  c.json(
    [
      () => api.authorizationRequired({ scope: ['A'] } as never),
      () => api.authorizationRequired({ tools: {} } as never),
      () => mcp.authorizationRequired({ tool: {} } as never),
    ].map((declare) => {
      try {
        return String(declare())
      } catch (error) {
        return (error as Error).message
      }
    }),
  ),
)

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default app
