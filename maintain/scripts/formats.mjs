// The formats that a later version must read: session cookies, records of the session store, and `state`.
//
//   npm run formats -- record FILE [--package DIR]   signs a user in, and writes what the browser and the store received
//   npm run formats -- open FILE... [--package DIR]  fails if a recorded value cannot be read
//
// `--package` names another build of identity-web. Record with the old one and open with the new one, and the reverse:
// during a rolling deployment, old and new servers share sessions. The values contain no secret of a real application.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { givenPath, root } from '../../scripts/setup.mjs'

const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: { package: { type: 'string', default: join(root, 'packages/identity-web') } },
})
const [command, ...names] = positionals
const files = names.map(givenPath)
if ((command !== 'record' && command !== 'open') || files.length === 0) {
  console.error('Use `npm run formats -- record FILE` or `npm run formats -- open FILE...`.')
  process.exit(2)
}

const { Auth } = await import(join(givenPath(flags.package), 'dist/adapters/fetch/index.js'))
const { version } = JSON.parse(readFileSync(join(givenPath(flags.package), 'package.json'), 'utf8'))

/** The settings that the values depend on. The authority contains the port, so the port is fixed. */
const PORT = 51_799
const ORIGIN = 'http://localhost:51800'
const SECRET = 'only-for-recorded-formats-'.repeat(2)

if (command === 'record') await record(files[0])
else for (const file of files) await open(file)

async function record(file) {
  const { startDevProvider } = await import('identity-web-dev')
  const provider = await startDevProvider({ port: PORT })
  try {
    const now = Date.now()
    const settings = {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      now,
    }
    const inCookies = await signIn(provider, settings)
    const records = new Map()
    const inStore = await signIn(provider, { ...settings, store: records })
    const markers = new Map()
    const withDenyList = await signIn(provider, { ...settings, denyList: markers })
    const recorded = {
      version,
      ...settings,
      inCookies,
      inStore,
      records: Object.fromEntries(records),
      withDenyList,
      markers: Object.fromEntries(markers),
    }
    writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`)
    console.log(`Recorded the formats of version ${version} in ${file}.`)
  } finally {
    await provider.close()
  }
}

/** Signs a user in, and starts a second sign-in that does not end. Returns the cookies and the `state`. */
async function signIn(provider, settings) {
  const auth = createAuth(settings)
  const guard = auth.loginRequired({ scopes: ['User.Read'] }, (_, { user }) => Response.json(user))
  const respond = (path, cookies) => {
    const received = request(path, cookies)
    return auth.respond(received, () => guard(received))
  }
  const jar = new Map()
  const started = keepCookies(jar, await respond('/', jar))
  const { url } = await provider.signIn(started.headers.get('location'), { as: 'alex' })
  keepCookies(jar, await respond(url.pathname + url.search, jar))
  const session = toHeader(jar)
  const again = keepCookies(jar, await respond('/login', jar))
  const state = new URL(again.headers.get('location')).searchParams.get('state')
  return { session, flow: toHeader(jar), state }
}

async function open(file) {
  const {
    records,
    markers,
    inCookies,
    inStore,
    withDenyList,
    version: recordedBy,
    ...settings
  } = JSON.parse(readFileSync(file, 'utf8'))
  const failures = []
  for (const [place, values, stores] of [
    ['cookies', inCookies, {}],
    ['a store', inStore, { store: new Map(Object.entries(records)) }],
    ['cookies with a deny-list', withDenyList, { denyList: new Map(Object.entries(markers)) }],
  ]) {
    const auth = createAuth({ ...settings, ...stores, fetch: offline })
    const user = await auth.getUser(request('/', values.session))
    if (user?.name !== 'Alex Rivera') failures.push(`the session in ${place}`)
    const token = await auth
      .getTokenForUser(request('/', values.session), ['User.Read'])
      .catch(() => undefined)
    if (token === undefined) failures.push(`the access token in ${place}`)
    const declined = `/redirect?error=access_denied&state=${encodeURIComponent(values.state)}`
    const response = await auth.handle(request(declined, values.flow))
    // Behind the `state`, the callback asks the provider for its metadata, which is offline here. Before it, it returns 400.
    if (response?.status !== 503) failures.push(`the state, with sessions in ${place}`)
  }
  if (failures.length === 0)
    console.log(`Version ${version} reads the formats of ${recordedBy} (${file}).`)
  else {
    console.error(
      `Version ${version} cannot read ${failures.join(', ')} of ${recordedBy} (${file}).`,
    )
    process.exitCode = 1
  }
}

async function offline() {
  throw new TypeError('There is no network here.')
}

function createAuth({ now, store, denyList, ...settings }) {
  return new Auth(
    {
      ...settings,
      redirectUri: `${ORIGIN}/redirect`,
      scopes: ['User.Read'],
      session: { secret: SECRET, ...(store && { store }), ...(denyList && { denyList }) },
      now: () => now,
      logger: {},
    },
    {},
  )
}

function request(path, cookies) {
  const cookie = typeof cookies === 'string' ? cookies : toHeader(cookies)
  const headers = { cookie, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  return new Request(ORIGIN + path, { headers })
}

function keepCookies(jar, response) {
  for (const cookie of response.headers.getSetCookie()) {
    const [pair, ...attributes] = cookie.split(';')
    const separator = pair.indexOf('=')
    const name = pair.slice(0, separator)
    if (attributes.some((one) => /^ *max-age=0$/i.test(one))) jar.delete(name)
    else jar.set(name, pair.slice(separator + 1))
  }
  return response
}

function toHeader(jar) {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}
