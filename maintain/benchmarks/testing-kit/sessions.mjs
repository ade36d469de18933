// Signs users in again and again, and prints the time and the memory. Run it with --expose-gc.
// Arguments: the kind of sign-in, and their number.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Auth } from '../../../packages/identity-web/dist/adapters/express/index.js'
import {
  browser,
  sessionFor,
  startDevProvider,
} from '../../../packages/dev-provider/dist/testing/index.js'

const [kind, count] = [process.argv[2], Number(process.argv[3])]
const secret = 'a session secret of at least 32 characters'
const provider = await startDevProvider()
const { clientId, clientSecret: clientCredential } = provider.app
// The application keeps sessions in its own process, because its cache is not part of the kit.
const app = fork(fileURLToPath(new URL('app.mjs', import.meta.url)), [], { execArgv: [] })
app.send({ authority: provider.authority(), clientId, clientCredential, session: { secret } })
const [origin] = await once(app, 'message')
const redirectUri = `${origin}/redirect`
const settings = { authority: provider.authority(), clientId, clientCredential, redirectUri }
const auth = new Auth({ ...settings, session: { secret }, logger: false })
const { clientCredential: _, ...shared } = settings
const options = { as: 'robin', scopes: ['User.Read'] }

const SIGN_INS = {
  auth: () => sessionFor({ auth }, options),
  settings: () => sessionFor({ secret, ...shared }, options),
  'no provider': () =>
    sessionFor(
      { secret, ...shared, authority: 'https://login.microsoftonline.com/contoso.example' },
      { as: 'robin' },
    ),
  browser: async () => {
    const page = await browser(origin).signIn({ as: 'robin' })
    if (page.status !== 200) throw new Error(`The page has the status ${page.status}.`)
  },
}
const signIn = SIGN_INS[kind]

// The first sign-ins compile the code and fill the caches, which have a limit.
await repeat(count)
const before = heap()
const began = performance.now()
const cpu = process.cpuUsage()
await repeat(count)
const { user, system } = process.cpuUsage(cpu)
const milliseconds = (performance.now() - began) / count
console.log(
  JSON.stringify({ milliseconds, cpu: (user + system) / 1000 / count, grown: heap() - before }),
)
app.disconnect()
auth.close()
await provider.close()

async function repeat(times) {
  for (let index = 0; index < times; index++) await signIn()
  provider.reset()
}

function heap() {
  for (let times = 0; times < 3; times++) globalThis.gc()
  return process.memoryUsage().heapUsed
}
