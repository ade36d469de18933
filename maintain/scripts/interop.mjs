// `npm run interop [-- --only NAME] [--step NAME]`: signs in at independent OpenID providers, and writes their results to
// docs/providers.md if all of them ran. The providers are not dependencies, because nothing else needs them.
// `npm run interop -- --issuer URL --settings FILE [--step NAME]`: signs in at a provider that already runs.
// maintain/README.md explains both.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatText } from '../../scripts/format-text.mjs'
import { givenPath, installTools, root } from '../../scripts/setup.mjs'
import { installInFolder } from './npm-folder.mjs'

const NPM = [
  'oauth2-mock-server@9.3.0',
  'better-auth@1.7.25',
  '@better-auth/oauth-provider@1.7.5',
  'emulate@0.12.2',
]
const DEBIAN = [
  'glewlwyd',
  'python3-django-oauth-toolkit',
  'python3-authlib',
  'python3-flask',
  'liblemonldap-ng-portal-perl',
  'libplack-perl',
  // The pages of LemonLDAP::NG load it.
  'libjs-jquery',
  // Packages that the OpenID Connect service of LemonLDAP::NG only recommends.
  'libcrypt-jwt-perl',
  'libio-string-perl',
  'libstring-random-perl',
  'libmime-tools-perl',
  'libemail-sender-perl',
  'libgd-securityimage-perl',
  'libconvert-base32-perl',
  'libdatetime-format-rfc3339-perl',
]
const PAGE = join(root, 'docs/providers.md')
const RESULTS = /(?<=<!-- results .*-->\n).*(?=<!-- \/results -->)/s

const folder = join(root, '.artifacts/interop')
const page = join(folder, 'page.md')
const args = process.argv.slice(2)
const settings = args.indexOf('--settings') + 1
if (settings > 0) args[settings] = givenPath(args[settings])

installTools(['chromium'])
if (!args.includes('--issuer')) installProviders()
rmSync(page, { force: true })
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    'maintain/interop/main.ts',
    '--packages',
    join(folder, 'node_modules'),
    ...(args.length === 0 ? ['--page', page] : args),
  ],
  { cwd: root, stdio: 'inherit' },
)
// A step that failed is part of the page.
if (existsSync(page)) {
  const results = `\n${readFileSync(page, 'utf8')}\n`
  const text = readFileSync(PAGE, 'utf8').replace(RESULTS, () => results)
  writeFileSync(PAGE, await formatText(PAGE, text))
}
process.exitCode = status ?? 1

function installProviders() {
  // The versions of better-auth and of its provider ask for different versions of a shared package.
  installInFolder(folder, NPM, ['--legacy-peer-deps'])
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  // Other systems run the providers of npm only. The page then names the others.
  spawnSync('apt-get', ['update', '-qq'], quiet)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...DEBIAN], quiet)
}
