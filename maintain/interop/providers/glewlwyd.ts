import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { requireFile } from '../installed.ts'
import { startProgram } from '../program.ts'
import type { InteropProvider, SiteRegistration } from '../provider.ts'
import { click, fill } from '../walk.ts'

const ACCESS_TOKEN_SECONDS = 60
const API = 'https://todos.example'
const SCOPES = ['openid', 'profile', 'email', 'offline_access']
const USER = { username: 'ada', password: 'interop-password' }

/** A single sign-on server, with its own pages. */
export const glewlwyd: InteropProvider = {
  name: 'glewlwyd',
  language: 'C',
  source: 'Debian `glewlwyd`',
  needs: 'nothing',
  async start({ folder, port, site }) {
    requireFile('/usr/bin/glewlwyd', 'glewlwyd')
    const origin = `http://localhost:${port}`
    const program = await startProgram({
      command: 'glewlwyd',
      args: [`--config-file=${writeConfiguration(folder, port)}`],
      readyUrl: `${origin}/api/`,
      isReady: (response) => response.status < 500,
    })
    await register(origin, site)
    return {
      issuer: `${origin}/api/oidc`,
      accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      unsupported: {
        consent: 'Its pages do not have a button to decline.',
        'prompt-none':
          'It requires `id_token_hint`, which an application without a session does not have.',
        'max-age': 'It rejects `max_age=0`.',
        'scope-errors': 'It ignores unknown scopes.',
      },
      api: { audience: API, scopes: ['openid'], options: { extraParams: { resource: API } } },
      act,
      async signOutAtProvider(page) {
        const { claims } = JSON.parse(await page.locator('body').innerText()) as {
          readonly claims: { readonly sid: string }
        }
        await page.goto(`${origin}/login.html`)
        // The page of glewlwyd sends this request when the user selects "Logout" for another application.
        await page.evaluate(
          (sid) => fetch(`/api/oidc/session/${sid}/`, { method: 'DELETE' }),
          claims.sid,
        )
      },
      close: () => program.stop(),
    }
  },
}

/** The pages of glewlwyd are one application with scripts. */
async function act(page: Page): Promise<boolean> {
  return (
    (await fill(
      page,
      { '#username': USER.username, '#password': USER.password },
      'button[type=submit]',
    )) ||
    (await click(page, 'button:has-text("Continue")')) ||
    // Every page has this button. Only the page for sign-out may select it.
    (page.url().includes('prompt=end_session') && (await click(page, 'button:has-text("Logout")')))
  )
}

/** Writes the configuration of Debian with another port, and an empty database. Returns its path. */
function writeConfiguration(folder: string, port: number): string {
  const database = join(folder, 'glewlwyd.db')
  const schema = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3'
  // The OpenID plugin reads a list of URIs, which the clients of the database do not have by default.
  const script = readFileSync(schema, 'utf8').replace(
    '"post_logout_redirect_uri":{"multiple":false',
    '"post_logout_redirect_uris":{"multiple":true',
  )
  const program =
    'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())'
  execFileSync('/usr/bin/python3', ['-c', program, database], { input: script })
  const pages = join(folder, 'webapp')
  // The configuration of the pages is a folder in Debian's package, so the pages cannot read it.
  cpSync('/usr/share/glewlwyd/webapp', pages, { recursive: true, dereference: true })
  rmSync(join(pages, 'config.json'), { recursive: true, force: true })
  cpSync('/usr/share/glewlwyd/templates/config.json', join(pages, 'config.json'))
  const configuration = readFileSync('/etc/glewlwyd/glewlwyd.conf', 'utf8')
    .replaceAll('4593', String(port))
    .replace('log_mode="file"', 'log_mode="console"')
    .replace(/^@include .*$/m, `database = { type = "sqlite3"; path = "${database}"; };`)
  const path = join(folder, 'glewlwyd.conf')
  writeFileSync(path, `${configuration}\nstatic_files_path="${pages}/"\n`)
  return path
}

/** Adds the OpenID plugin, the scopes, the application and the user through the API of the administration. */
async function register(origin: string, site: SiteRegistration): Promise<void> {
  const login = await post(`${origin}/api/auth/`, { username: 'admin', password: 'password' })
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const add = (path: string, body: object): Promise<Response> =>
    post(`${origin}/api/${path}/`, body, cookie)
  await add('mod/plugin', {
    module: 'oidc',
    name: 'oidc',
    display_name: 'oidc',
    parameters: pluginOf(origin),
  })
  for (const name of SCOPES.slice(1)) {
    await add('scope', {
      name,
      display_name: name,
      description: name,
      password_required: false,
      scheme: {},
    })
  }
  await add('client', {
    client_id: site.clientId,
    name: 'Interop',
    enabled: true,
    confidential: true,
    client_secret: site.clientSecret,
    password: site.clientSecret,
    scope: [],
    redirect_uri: [site.redirectUri],
    post_logout_redirect_uris: [site.postLogoutRedirectUri],
    authorization_type: ['code', 'refresh_token', 'device_authorization'],
    token_endpoint_auth_method: ['client_secret_basic'],
    backchannel_logout_uri: site.backChannelLogoutUri,
    backchannel_logout_session_required: '1',
    frontchannel_logout_uri: site.frontChannelLogoutUri,
    frontchannel_logout_session_required: '1',
  })
  await add('user', {
    ...USER,
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    enabled: true,
    scope: ['g_profile', ...SCOPES],
  })
}

async function post(url: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (response.ok) return response
  throw new Error(`glewlwyd responded to ${url} with ${response.status}: ${await response.text()}`)
}

function pluginOf(origin: string): object {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    iss: `${origin}/api/oidc`,
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    key: privateKey.export({ type: 'pkcs1', format: 'pem' }),
    cert: publicKey.export({ type: 'spki', format: 'pem' }),
    'access-token-duration': ACCESS_TOKEN_SECONDS,
    'refresh-token-duration': 3600,
    'code-duration': 600,
    'refresh-token-rolling': true,
    'allow-non-oidc': true,
    'auth-type-code-enabled': true,
    'auth-type-id-token-enabled': true,
    'auth-type-refresh-enabled': true,
    'auth-type-device-enabled': true,
    'device-authorization-expiration': 600,
    'device-authorization-interval': 1,
    'resource-allowed': true,
    'resource-scope-and-client-property': false,
    'resource-scope': { openid: [API] },
    'subject-type': 'public',
    'name-claim': 'mandatory',
    'email-claim': 'mandatory',
    scope: [],
    'additional-parameters': [],
    claims: [],
    'pkce-allowed': true,
    'session-management-allowed': true,
    'session-cookie-name': 'GLEWLWYD2_OIDC_SID',
    'session-cookie-expiration': 3600,
    'front-channel-logout-allowed': true,
    'back-channel-logout-allowed': true,
    'jwks-show': true,
  }
}
