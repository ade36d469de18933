import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { requireFile } from '../installed.ts'
import { startProgram } from '../program.ts'
import type { InteropProvider, SiteRegistration } from '../provider.ts'
import { click, fill } from '../walk.ts'

const ACCESS_TOKEN_SECONDS = 60
const CONFIGURATION = '/var/lib/lemonldap-ng/conf/lmConf-1.json'
const PAGES = '/usr/share/lemonldap-ng/portal/htdocs/static'

/** A single sign-on portal, with the users of its demonstration. A client has either front-channel or back-channel logout. */
const lemonldap = (logout: 'back' | 'front'): InteropProvider => ({
  name: `LemonLDAP::NG (${logout}-channel)`,
  language: 'Perl',
  source: 'Debian `liblemonldap-ng-portal-perl`',
  needs: 'nothing',
  async start({ folder, port, site }) {
    requireFile(CONFIGURATION, 'liblemonldap-ng-portal-perl')
    requireFile('/usr/bin/plackup', 'libplack-perl')
    const origin = `http://localhost:${port}`
    writeConfiguration(folder, { origin, site, logout })
    writeFileSync(join(folder, 'app.psgi'), PROGRAM)
    const program = await startProgram({
      command: '/usr/bin/plackup',
      args: ['-s', 'HTTP::Server::PSGI', '-p', String(port), join(folder, 'app.psgi')],
      env: { LLNG_DEFAULTCONFFILE: join(folder, 'lemonldap-ng.ini') },
      readyUrl: `${origin}/.well-known/openid-configuration`,
    })
    const metadata = await fetch(`${origin}/.well-known/openid-configuration`)
    const { issuer } = (await metadata.json()) as { issuer: string }
    return {
      issuer,
      accessTokenSeconds: ACCESS_TOKEN_SECONDS,
      unsupported: {
        'device-code': 'The version of Debian does not implement device codes.',
        'scope-errors': 'It ignores unknown scopes.',
        'max-age': 'It ignores `max_age=0`. It accepts larger values.',
      },
      notRun: {
        [logout === 'back' ? 'front-channel' : 'back-channel']:
          'An application has only one kind of logout. The other column shows this step.',
      },
      // Its access tokens are for the application itself.
      api: { audience: site.clientId, scopes: ['openid'] },
      act: async (page) => (await signIn(page)) || click(page, 'button.btn-success[type=submit]'),
      decline: async (page) => (await signIn(page)) || click(page, 'button.btn-danger#refuse'),
      async signOutAtProvider(page) {
        await page.goto(`${origin}/?logout=1`)
        await click(page, 'button.btn-success[type=submit]')
        await page.waitForTimeout(1000)
      },
      close: () => program.stop(),
    }
  },
})

const signIn = (page: Page): Promise<boolean> =>
  fill(page, { '#userfield': 'dwho', '#passwordfield': 'dwho' }, 'button.btn-success[type=submit]')

/** The portal with its static files. Its button to decline needs jQuery. */
const PROGRAM = `use Plack::Builder;
use Lemonldap::NG::Portal::Main;
my $portal = Lemonldap::NG::Portal::Main->run({});
builder {
  mount "/static" => builder {
    enable "Plack::Middleware::Static", path => sub { 1 }, root => "${PAGES}";
    sub { [404, [], []] };
  };
  mount "/javascript" => builder {
    enable "Plack::Middleware::Static", path => sub { 1 }, root => "/usr/share/javascript";
    sub { [404, [], []] };
  };
  mount "/" => $portal;
};
`

interface Portal {
  readonly origin: string
  readonly site: SiteRegistration
  readonly logout: 'back' | 'front'
}

/** Writes the configuration of Debian with the application and with new folders. */
function writeConfiguration(folder: string, { origin, site, logout }: Portal): void {
  for (const name of ['conf', 'sessions', 'lock', 'cache', 'psessions'])
    mkdirSync(join(folder, name))
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const storage = (name: string): object => ({
    Directory: join(folder, name),
    LockDirectory: join(folder, 'lock'),
  })
  const configuration = {
    ...(JSON.parse(readFileSync(CONFIGURATION, 'utf8')) as object),
    portal: `${origin}/`,
    domain: 'localhost',
    // The default needs packages for e-mail.
    passwordDB: 'Null',
    captcha_login_enabled: 0,
    captcha_mail_enabled: 0,
    captcha_register_enabled: 0,
    portalDisplayResetPassword: 0,
    portalDisplayRegister: 0,
    globalStorageOptions: {
      ...storage('sessions'),
      generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
    },
    persistentStorageOptions: storage('psessions'),
    localSessionStorageOptions: {
      namespace: 'interop',
      cache_root: join(folder, 'cache'),
      cache_depth: 3,
      default_expires_in: 600,
      directory_umask: '007',
    },
    issuerDBOpenIDConnectActivation: 1,
    oidcServicePrivateKeySig: privateKey.export({ type: 'pkcs1', format: 'pem' }),
    oidcServicePublicKeySig: publicKey.export({ type: 'spki', format: 'pem' }),
    oidcServiceKeyIdSig: 'interop',
    oidcRPMetaDataOptions: { interop: clientOf(site, logout) },
    oidcRPMetaDataExportedVars: { interop: { name: 'cn', email: 'mail' } },
  }
  writeFileSync(join(folder, 'conf/lmConf-1.json'), JSON.stringify(configuration))
  const ini = readFileSync('/etc/lemonldap-ng/lemonldap-ng.ini', 'utf8')
    .replaceAll('/var/lib/lemonldap-ng/conf', join(folder, 'conf'))
    .replaceAll('/var/cache/lemonldap-ng', join(folder, 'cache'))
  writeFileSync(join(folder, 'lemonldap-ng.ini'), ini)
}

function clientOf(site: SiteRegistration, logout: 'back' | 'front'): object {
  const options = {
    ClientID: site.clientId,
    ClientSecret: site.clientSecret,
    DisplayName: 'Interop',
    RedirectUris: site.redirectUri,
    PostLogoutRedirectUris: site.postLogoutRedirectUri,
    IDTokenSignAlg: 'RS256',
    AccessTokenJWT: 1,
    AccessTokenExpiration: ACCESS_TOKEN_SECONDS,
    RefreshToken: 1,
    LogoutType: logout,
    LogoutUrl: logout === 'back' ? site.backChannelLogoutUri : site.frontChannelLogoutUri,
    LogoutSessionRequired: 1,
  }
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [`oidcRPMetaDataOptions${name}`, value]),
  )
}

export const lemonldapProviders: readonly InteropProvider[] = [
  lemonldap('back'),
  lemonldap('front'),
]
