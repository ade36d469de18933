import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chown, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createClientCertificate } from '../../src/server/client-certificate.js'
import { createServerCertificate } from '../../src/server/server-certificate.js'
import { describe, expect, providerOf, test as base } from '../support/run-command.js'

const DAY_MS = 24 * 3600 * 1000

const test = base
  /** Starts the command with https. */
  .extend('start', ({ run, path }) => async (...args: string[]) => {
    const started = await run('--port', '0', '--ca-file', path('ca.pem'), ...args)
    return { ...started, provider: providerOf(started) }
  })

/** Runs a program without the authorities that the environment of the tests names. */
async function execute(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout } = await promisify(execFile)(file, [...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  })
  return stdout.trim()
}

const PYTHON = `
import ssl, sys, urllib.request
context = ssl.create_default_context(cafile=sys.argv[2])
# The default of Python 3.13.
context.verify_flags |= ssl.VERIFY_X509_STRICT
print(urllib.request.urlopen(sys.argv[1], context=context).status)
`

/** The usual ways to call the provider, each with its way to trust the authority. */
const CLIENTS: readonly [string, (url: string, ca: string) => Promise<string>][] = [
  [
    'curl',
    (url, ca) =>
      execute('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '--cacert', ca, url]),
  ],
  ['Python', (url, ca) => execute('python3', ['-c', PYTHON, url, ca])],
  [
    'Node.js with NODE_EXTRA_CA_CERTS',
    (url, ca) =>
      execute(
        process.execPath,
        ['-e', `fetch('${url}').then(({ status }) => console.log(status))`],
        { NODE_EXTRA_CA_CERTS: ca },
      ),
  ],
  [
    'OpenSSL in strict mode',
    (url, ca) =>
      execute('sh', [
        '-c',
        `openssl s_client -x509_strict -verify_return_error -verify_hostname localhost -CAfile '${ca}' -connect '${new URL(url).host}' </dev/null 2>/dev/null | grep -q 'Verify return code: 0 (ok)' && echo 200`,
      ]),
  ],
]

describe('--https', () => {
  test.for(CLIENTS)('%s trusts the file', async ([, call], { start, path }) => {
    const { provider } = await start()
    const another = path('another.pem')
    await writeFile(another, createServerCertificate().ca)

    expect(await call(`${provider.origin}/oidc/keys`, path('ca.pem'))).toBe('200')
    await expect(call(`${provider.origin}/oidc/keys`, another)).rejects.toThrow()
  })

  test('prints the variables for Node.js and Python', async ({ start, path }) => {
    const { out, provider } = await start()

    expect(provider.origin).toMatch(/^https:/)
    expect(out.join()).toContain(`export NODE_EXTRA_CA_CERTS=${path('ca.pem')}\n`)
    expect(out.join()).toContain(`export REQUESTS_CA_BUNDLE=${path('ca.pem')}\n`)
    expect(out.join()).toContain('instead of the usual certificate authorities')
    expect(provider.certificate).toBe(await readFile(path('ca.pem'), 'utf8'))
  })

  test('keeps the certificate, so that clients still trust it', async ({ start, path }) => {
    const first = await start()
    const before = await readFile(path('ca.pem'), 'utf8')
    const second = await start()

    expect(first.out.join()).toContain('The certificate is new')
    expect(second.out.join()).not.toContain('The certificate is new')
    expect(await readFile(path('ca.pem'), 'utf8')).toBe(before)
  })

  test('only this user reads the private key, and the key of the authority is not stored', async ({
    start,
    path,
  }) => {
    await start()
    const stored = await readFile(path('ca-server.pem'), 'utf8')
    const authority = new X509Certificate(await readFile(path('ca.pem'), 'utf8'))

    expect((await stat(path('ca-server.pem'))).mode & 0o777).toBe(0o600)
    expect(stored.match(/PRIVATE KEY-----\n/g)).toHaveLength(2)
    expect(await readFile(path('ca.pem'), 'utf8')).not.toContain('PRIVATE')
    expect(new X509Certificate(stored).publicKey.equals(authority.publicKey)).toBe(false)
  })

  test.for([
    ['a new name', ['--allow-host', 'idp.localhost']],
    ['a new IP address', ['--allow-host', '192.168.0.5']],
    ['a new origin', ['--origin', 'https://login.example:5100']],
  ] as const)('replaces the certificate for %s', async ([, args], { start, path }) => {
    await start()
    const { out } = await start(...args)
    const { subjectAltName } = new X509Certificate(await readFile(path('ca-server.pem')))

    expect(out.join()).toContain('The certificate is new')
    expect(subjectAltName).toContain(new URL(`http://${args[1].replace('https://', '')}`).hostname)
  })

  test.for([
    ['expires in six days', 6, true],
    ['expires in eight days', 8, false],
  ] as const)('a certificate that %s', async ([, days, isReplaced], { start, path }) => {
    const { cert, key, ca } = createServerCertificate([], Date.now() - (365 - days) * DAY_MS)
    await writeFile(path('ca.pem'), ca)
    await writeFile(path('ca-server.pem'), cert + key)

    expect((await start()).out.join().includes('The certificate is new')).toBe(isReplaced)
  })

  test('replaces a key that does not belong to the authority', async ({ start, path }) => {
    const { cert, key } = createServerCertificate()
    await writeFile(path('ca.pem'), createServerCertificate().ca)
    await writeFile(path('ca-server.pem'), cert + key)

    expect((await start()).out.join()).toContain('The certificate is new')
  })

  test('does not overwrite another file', async ({ run, path }) => {
    await writeFile(path('ca.pem'), 'my notes')
    const { result, error } = await run('--https', '--port', '0', '--ca-file', path('ca.pem'))

    expect(result).toBe(1)
    expect(error.join()).toContain('is not a certificate of identity-web-dev')
    expect(await readFile(path('ca.pem'), 'utf8')).toBe('my notes')
  })

  test.for([
    ['the key of another server', 'ca-server.pem', '-----BEGIN PRIVATE KEY-----\nmine'],
    ['another file next to it', 'ca-server.pem', 'my notes'],
  ] as const)('does not overwrite %s', async ([, name, content], { run, path }) => {
    await writeFile(path(name), content)
    const { result, error } = await run('--https', '--port', '0', '--ca-file', path('ca.pem'))

    expect(result).toBe(1)
    expect(error.join()).toContain(`${name} is not a certificate of identity-web-dev`)
    expect(await readFile(path(name), 'utf8')).toBe(content)
  })

  test('does not overwrite the certificates of another authority', async ({ run, path }) => {
    const [authority, server] = [createClientCertificate('mine'), createClientCertificate('server')]
    await writeFile(path('ca.pem'), authority.cert)
    await writeFile(path('ca-server.pem'), server.cert + server.key)
    const { result, error } = await run('--https', '--port', '0', '--ca-file', path('ca.pem'))

    expect(result).toBe(1)
    expect(error.join()).toContain('ca.pem is not a certificate of identity-web-dev')
    expect(await readFile(path('ca.pem'), 'utf8')).toBe(authority.cert)
    expect(await readFile(path('ca-server.pem'), 'utf8')).toBe(server.cert + server.key)
  })

  test('a file that others can read does not receive the private key', async ({ start, path }) => {
    const { cert, key } = createServerCertificate()
    await writeFile(path('ca-server.pem'), cert + key, { mode: 0o644 })
    await start()

    expect((await stat(path('ca-server.pem'))).mode & 0o777).toBe(0o600)
  })

  test.skipIf(process.getuid?.() !== 0).for(['ca.pem', 'ca-server.pem'])(
    'does not use the file %s of another user, who can have the key of the authority',
    async (name, { start, run, path }) => {
      await start()
      await chown(path(name), 1, 1)
      const { result, error } = await run('--https', '--port', '0', '--ca-file', path('ca.pem'))

      expect(result).toBe(1)
      expect(error.join()).toContain(`${name} belongs to another user of this machine`)
    },
  )

  test('a symbolic link does not move the private key to another file', async ({ start, path }) => {
    await writeFile(path('shared.pem'), '', { mode: 0o644 })
    await symlink(path('shared.pem'), path('ca-server.pem'))
    await start()

    expect(await readFile(path('shared.pem'), 'utf8')).toBe('')
    expect(await readFile(path('ca-server.pem'), 'utf8')).toContain('PRIVATE KEY')
    expect((await readdir(path('.'))).toSorted()).toEqual(['ca-server.pem', 'ca.pem', 'shared.pem'])
  })

  test('has a default file in the project', async ({ spawnCommand, path }) => {
    const { mkdir } = await import('node:fs/promises')
    await mkdir(path('node_modules'))
    const command = spawnCommand('--https', '--port', '0')
    await command.printed('Press Ctrl+C')

    expect(await readFile(path('node_modules/.cache/identity-web-dev/ca.pem'), 'utf8')).toContain(
      'BEGIN CERTIFICATE',
    )
  })

  test('keeps the certificate in memory if it cannot write a file', async ({
    spawnCommand,
    path,
  }) => {
    await writeFile(path('file'), '')
    const command = spawnCommand.with({ XDG_CACHE_HOME: path('file') })
    const { printed, output } = command('--https', '--port', '0')
    await printed('is only in memory')
    const [, url = ''] = /curl -k (\S+) -o ca\.pem/.exec(output()) ?? []
    await execute('curl', ['-sSk', url, '-o', path('ca.pem')])

    for (const [, call] of CLIENTS) expect(await call(url, path('ca.pem'))).toBe('200')
  })

  test('a sign-in works by the name in the origin', async ({ start }) => {
    const { provider } = await start('--origin', 'https://login.example:5100')
    const token = await provider.accessToken({ as: 'alex' })
    const { url } = await provider.signIn(
      `${provider.authority()}/oauth2/v2.0/authorize?client_id=${provider.app.clientId}&response_type=code&redirect_uri=http://localhost:1/&scope=openid`,
    )

    expect(token).not.toBe('')
    expect(url.searchParams.has('code')).toBe(true)
  })
})

describe('--cert and --key', () => {
  test('use a certificate of your own', async ({ run, path }) => {
    const { cert, key, ca } = createServerCertificate()
    await writeFile(path('cert.pem'), cert)
    await writeFile(path('key.pem'), key)
    await writeFile(path('root.pem'), ca)
    const args = ['--port', '0', '--cert', path('cert.pem'), '--key', path('key.pem')]
    const started = await run(...args)
    const { origin } = providerOf(started)

    expect(started.out.join()).not.toContain('NODE_EXTRA_CA_CERTS')
    for (const [, call] of CLIENTS)
      expect(await call(`${origin}/oidc/keys`, path('root.pem'))).toBe('200')
  })

  test('name the files that do not fit', async ({ run, path }) => {
    await writeFile(path('cert.pem'), createServerCertificate().cert)
    await writeFile(path('key.pem'), createServerCertificate().key)
    const { error } = await run('--port', '0', '--cert', path('cert.pem'), '--key', path('key.pem'))

    expect(error.join()).toMatch(
      /cert\.pem must contain a certificate in PEM format, and .*key\.pem must contain the private key/,
    )
    expect(error.join()).not.toContain('BEGIN')
    const missing = await run('--port', '0', '--cert', path('x.pem'), '--key', path('key.pem'))
    expect(missing.error.join()).toMatch(/x\.pem does not exist/)
  })
})
