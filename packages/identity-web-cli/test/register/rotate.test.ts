import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { createSelfSigned } from '../../src/credentials/self-signed.js'
import { describe, expect, test as base } from '../support/graph-fixtures.js'

const WRONG_SECRET = 7000215

/** Vitest's `test` with a function that writes a certificate and its key to `cert.pem` and `key.pem`. */
const test = base.extend('writeCertificate', ({ write }) => async (name: string) => {
  const { cert, key } = await createSelfSigned(name, 1)
  write('cert.pem', cert)
  write('key.pem', key)
  return cert
})

/** Makes a file read-only, also for root. @returns The function that undoes it. `undefined` if it is not possible. */
function lock(path: string): (() => void) | undefined {
  chmodSync(path, 0o400)
  if (process.getuid?.() !== 0) return () => chmodSync(path, 0o600)
  const change = (flag: string): boolean => spawnSync('chattr', [flag, path]).status === 0
  return change('+i') ? () => void change('-i') : undefined
}

describe('a secret', () => {
  test('is replaced in two steps, and the old one works until the second step', async ({
    registerShop,
    ok,
    readEnv,
    readApp,
    modeOf,
    codeOf,
    write,
  }) => {
    write('.env', '# settings of the shop\nPORT=3000\n')
    const before = await registerShop()
    const { IDENTITY_CLIENT_ID: appId, IDENTITY_CLIENT_SECRET: old } = before

    const out = await ok('rotate --env .env --days 365')
    const during = readEnv()
    expect(during).toMatchObject({
      PORT: '3000',
      IDENTITY_CLIENT_SECRET_BEFORE: old,
      IDENTITY_CLIENT_SECRET_BEFORE_ID: before['IDENTITY_CLIENT_SECRET_ID'],
      IDENTITY_CLIENT_SECRET_BEFORE_EXPIRES: before['IDENTITY_CLIENT_SECRET_EXPIRES'],
    })
    const { passwordCredentials } = await readApp(appId)
    expect(passwordCredentials).toContainEqual(
      expect.objectContaining({
        keyId: during['IDENTITY_CLIENT_SECRET_ID'],
        endDateTime: during['IDENTITY_CLIENT_SECRET_EXPIRES'],
      }),
    )
    expect(during['IDENTITY_CLIENT_SECRET_EXPIRES']).not.toBe(
      before['IDENTITY_CLIENT_SECRET_EXPIRES'],
    )
    expect(out).not.toContain('Replaced')
    // The command does not know whether the old one ever worked.
    expect(out).toContain('The old one was not removed.')
    const { IDENTITY_CLIENT_SECRET: current } = during
    expect(current).not.toBe(old)
    expect([await codeOf(appId, old), await codeOf(appId, current)]).toEqual([0, 0])

    expect(await ok('rotate --env .env --end-old')).toContain('does not work anymore')
    expect([await codeOf(appId, old), await codeOf(appId, current)]).toEqual([WRONG_SECRET, 0])
    const after = readEnv()
    expect(Object.keys(after).filter((name) => name.includes('BEFORE'))).toEqual([])
    expect(after['IDENTITY_CLIENT_SECRET_EXPIRES']).toBe(during['IDENTITY_CLIENT_SECRET_EXPIRES'])
    expect(modeOf('.env')).toBe('600')
  })

  test('is added for another environment, whose file does not contain one', async ({
    registerShop,
    ok,
    codeOf,
  }) => {
    const { IDENTITY_CLIENT_ID: appId, IDENTITY_CLIENT_SECRET: other } = await registerShop()
    await ok('register --name Shop --env production.env')

    const output = await ok('rotate --env production.env')

    expect(output).toContain('Other secrets of the app registration were not removed.')
    expect(output).not.toContain('--end-old')
    expect(await codeOf(appId, other)).toBe(0)
  })

  test('is not removed when the new one does not work', async ({
    registerShop,
    ok,
    cli,
    codeOf,
    setInEnv,
  }) => {
    const { IDENTITY_CLIENT_ID: appId, IDENTITY_CLIENT_SECRET: old } = await registerShop()
    await ok('rotate --env .env')
    setInEnv('IDENTITY_CLIENT_SECRET', 'a-wrong-secret')
    const { code, error } = await cli('rotate --env .env --end-old')

    expect(code).toBe(1)
    expect(error).toContain(`AADSTS${WRONG_SECRET}. The old credential was not removed.`)
    expect(await codeOf(appId, old)).toBe(0)
  })

  test('that the app uses now is never removed', async ({
    registerShop,
    cli,
    codeOf,
    setInEnv,
  }) => {
    const {
      IDENTITY_CLIENT_ID: appId,
      IDENTITY_CLIENT_SECRET: secret,
      IDENTITY_CLIENT_SECRET_ID: id = '',
    } = await registerShop()
    const byId = await cli('rotate --env .env --end-old --key-id', id)
    expect([byId.code, byId.error]).toEqual([
      2,
      expect.stringContaining('so this secret is not removed'),
    ])

    // The file contains the same secret twice, without its ID.
    setInEnv('IDENTITY_CLIENT_SECRET_ID', `\nIDENTITY_CLIENT_SECRET_BEFORE=${secret}`)
    const same = await cli('rotate --env .env --end-old')
    expect([same.code, same.error]).toEqual([2, expect.stringContaining('are the same')])
    expect(await codeOf(appId, secret)).toBe(0)
  })

  test('--dry-run sends no write in both steps', async ({
    provider,
    registerShop,
    ok,
    readEnv,
  }) => {
    const first = await registerShop()
    const isWrite = ({ method, endpoint }: { method: string; endpoint: string }): boolean =>
      method !== 'GET' || endpoint === 'token'
    let count = provider.requests.length
    expect(await ok('rotate --env .env --dry-run')).toContain('+ secret for 180 days, in .env')
    expect(provider.requests.slice(count).filter(isWrite)).toEqual([])
    expect(readEnv()).toEqual(first)

    await ok('rotate --env .env')
    count = provider.requests.length
    const out = await ok('rotate --env .env --end-old --dry-run')
    expect(out).toContain(`- secret ${first['IDENTITY_CLIENT_SECRET_ID']}`)
    expect(provider.requests.slice(count).filter(isWrite)).toEqual([])
  })

  test('whose ID in the file belongs to another secret is not confused with it', async ({
    registerShop,
    ok,
    cli,
    readEnv,
    codeOf,
    setInEnv,
  }) => {
    const { IDENTITY_CLIENT_ID: appId, IDENTITY_CLIENT_SECRET: first } = await registerShop()
    // Somebody created another secret in the portal, and replaced only the secret in the file.
    setInEnv('IDENTITY_CLIENT_SECRET', 'xyz~from-the-portal')
    await ok('rotate --env .env')
    expect(readEnv()['IDENTITY_CLIENT_SECRET_BEFORE_ID']).toBeUndefined()
    const { code, error } = await cli('rotate --env .env --end-old')

    expect([code, error]).toEqual([2, expect.stringContaining('Choose a secret with --key-id')])
    expect(await codeOf(appId, first)).toBe(0)
  })

  test('is not created if the file cannot be written', async ({ provider, cli, write, skip }) => {
    const path = write('.env', `IDENTITY_CLIENT_ID=${provider.app.clientId}\n`)
    const unlock = lock(path)
    skip(unlock === undefined, 'The file system does not support files that root cannot write.')
    const count = provider.requests.length
    const { code, error } = await cli('rotate --env .env').finally(unlock)

    expect([code, error]).toEqual([2, expect.stringContaining('cannot be written')])
    expect(provider.requests.slice(count).filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('a second rotation waits for the end of the first one', async ({
    registerShop,
    ok,
    cli,
  }) => {
    await registerShop()
    await ok('rotate --env .env')
    const { code, error } = await cli('rotate --env .env')

    expect([code, error]).toEqual([
      2,
      expect.stringContaining('Run the command with --end-old first'),
    ])
  })

  test('without --env, the secret is printed once', async ({ provider, ok, cli, codeOf }) => {
    const { clientId } = provider.app
    const out = await ok('rotate --app-id', clientId)
    const secret = /IDENTITY_CLIENT_SECRET=(\S+)/.exec(out)?.[1] ?? ''
    expect(out).toMatch(/ {2}IDENTITY_CLIENT_SECRET_EXPIRES=\d{4}-\d\d-\d\dT/)
    expect(await codeOf(clientId, secret)).toBe(0)

    expect((await cli('rotate --app-id', clientId, '--json')).code).toBe(2)
    expect((await cli('rotate --app-id', clientId, '--end-old')).code).toBe(2)
    expect((await cli('rotate')).error).toContain('The client ID of the app is missing.')
  })

  test('the secret is not sent to an authority without https', async ({
    registerShop,
    ok,
    cli,
    setInEnv,
    codeOf,
  }) => {
    const { IDENTITY_CLIENT_ID: appId, IDENTITY_CLIENT_SECRET: old } = await registerShop()
    await ok('rotate --env .env')
    setInEnv('IDENTITY_AUTHORITY', 'http://login.evil.example/t')
    const { code, error } = await cli('rotate --env .env --end-old')

    expect([code, error]).toEqual([2, expect.stringContaining('is not an https URL')])
    expect(await codeOf(appId, old)).toBe(0)
  })
})

describe('a certificate', () => {
  test('is replaced in two steps', async ({ provider, ok, readApp, modeOf, folder }) => {
    const { clientId } = provider.app
    const rotate = ['rotate --app-id', clientId, '--certificate', 'app.pem']
    const count = async (): Promise<number> =>
      ((await readApp(clientId))['keyCredentials'] as unknown[]).length
    await ok(...rotate)
    expect([await count(), modeOf('app.pem')]).toEqual([1, '600'])
    const old = readFileSync(join(folder, 'app.pem'), 'utf8')

    await ok(...rotate)
    expect(await count()).toBe(2)
    expect(readFileSync(join(folder, 'app.pem.before'), 'utf8')).toBe(old)

    // The request for a token proves that the provider accepts the new certificate.
    const before = provider.requests.length
    expect(await ok(...rotate, '--end-old')).toContain('does not work anymore')
    expect(provider.requests.slice(before)).toContainEqual(
      expect.objectContaining({ endpoint: 'token', status: 200 }),
    )
    expect(await count()).toBe(1)
    expect(existsSync(join(folder, 'app.pem.before'))).toBe(false)
  })

  test('stays when the new one does not work', async ({
    provider,
    ok,
    cli,
    readApp,
    folder,
    writeCertificate,
  }) => {
    const { clientId } = provider.app
    const rotate = `rotate --certificate cert.pem --private-key key.pem --app-id ${clientId}`
    await ok(rotate)
    await ok(rotate)
    expect(existsSync(join(folder, 'key.pem.before'))).toBe(true)
    await writeCertificate('other')
    const { code, error } = await cli(rotate, '--end-old')

    expect([code, error]).toEqual([
      1,
      expect.stringContaining('AADSTS700027. The old credential was not removed.'),
    ])
    expect((await readApp(clientId))['keyCredentials']).toHaveLength(2)
  })

  test('whose key is in another file needs --private-key, so that the app keeps a key that fits', async ({
    provider,
    cli,
    writeCertificate,
    folder,
  }) => {
    const cert = await writeCertificate('app')
    const { clientId } = provider.app
    const { code, error } = await cli('rotate --certificate cert.pem --app-id', clientId)

    expect([code, error]).toEqual([2, expect.stringContaining('--private-key')])
    expect(readFileSync(join(folder, 'cert.pem'), 'utf8')).toBe(cert)
  })

  test('does not replace another file that ends in .before', async ({
    provider,
    cli,
    write,
    writeCertificate,
    folder,
  }) => {
    write('key.pem.before', 'a file of the user')
    await writeCertificate('app')
    const rotate = 'rotate --certificate cert.pem --private-key key.pem --app-id'
    const { code, error } = await cli(rotate, provider.app.clientId)

    expect([code, error]).toEqual([2, expect.stringContaining('key.pem.before exists already')])
    expect(readFileSync(join(folder, 'key.pem.before'), 'utf8')).toBe('a file of the user')
  })

  test('has a long name and the days of the option', async () => {
    const { cert } = await createSelfSigned('Ä'.repeat(200), 3)
    const { subject, validFrom, validTo, publicKey } = new X509Certificate(cert)

    expect(subject).toBe(`CN=${'Ä'.repeat(200)}`)
    expect(Date.parse(validTo) - Date.parse(validFrom)).toBe(3 * 24 * 3600 * 1000)
    expect(new X509Certificate(cert).verify(publicKey)).toBe(true)
  })

  test('of register is uploaded once', async ({ ok, readEnv, readApp, write }) => {
    const { cert, key } = await createSelfSigned('shop', 30)
    write('shop.pem', key + cert)
    const register = 'register --name Shop --certificate shop.pem --env .env'
    expect(await ok(register)).toContain('+ certificate CN=shop until')
    expect(await ok(register)).toContain('Everything is as it should be.')

    expect(readEnv()['IDENTITY_CLIENT_SECRET']).toBeUndefined()
    expect((await readApp(readEnv()['IDENTITY_CLIENT_ID']))['keyCredentials']).toHaveLength(1)
  })
})
