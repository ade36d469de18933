import { Hono } from 'hono'
import { deviceCode, startDeviceLogin } from 'identity-web/device-code'
import { Auth } from 'identity-web/hono'

interface Bindings {
  readonly AUTHORITY: string
  readonly CLIENT_ID: string
  readonly CLIENT_SECRET: string
  readonly SECRET: string
}

const app = new Hono<{ Bindings: Bindings }>()
const signIn = deviceCode()
const auth = new Auth(app, ({ AUTHORITY, CLIENT_ID, CLIENT_SECRET, SECRET }: Bindings) => ({
  authority: AUTHORITY,
  clientId: CLIENT_ID,
  clientCredential: CLIENT_SECRET,
  signIn,
  session: { secret: SECRET },
}))
app.get(
  '/user',
  auth.loginRequired((c, { user }) => c.text(String(user.preferred_username))),
)
app.post('/start', async (c) => c.json(await startDeviceLogin(auth, c, { returnTo: '/user' })))

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default app
