import { chown, readFile, stat, writeFile } from 'node:fs/promises'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, providerOf, test as base } from '../support/run-command.js'

const PUBLIC = { kty: 'RSA', n: `${'u'.repeat(341)}Q`, e: 'AQAB', kid: 'a', x5c: ['MA=='] }

const test = base
  /** Starts the command with a file for its keys. */
  .extend(
    'start',
    ({ run, path }) =>
      () =>
        run('--port', '0', '--keys', path('keys.json')),
  )

describe('--keys', () => {
  test('keeps tokens valid after a restart, also those of personal accounts', async ({ start }) => {
    const first = providerOf(await start())
    const tokens = [
      await first.sign({ sub: 'x' }),
      await first.sign({ sub: 'x' }, { key: 'consumers' }),
    ]
    await first.close()
    const second = providerOf(await start())
    const keys = createRemoteJWKSet(new URL(`${second.authority()}/discovery/v2.0/keys`))

    for (const token of [...tokens, await second.sign({ sub: 'x' })])
      await expect(jwtVerify(token, keys)).resolves.toMatchObject({ payload: { sub: 'x' } })
  })

  test('the key document does not contain private keys, and only this user reads the file', async ({
    start,
    path,
  }) => {
    const provider = providerOf(await start())
    const document = await (await fetch(`${provider.authority()}/discovery/v2.0/keys`)).text()

    expect((await stat(path('keys.json'))).mode & 0o777).toBe(0o600)
    expect(await readFile(path('keys.json'), 'utf8')).toContain('"d":')
    expect(Object.keys((JSON.parse(document) as { keys: object[] }).keys[0]!)).not.toContain('d')
  })

  test.for([
    ['my notes', 'my notes'],
    ['an empty file', ''],
    ['another key', '{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"a"}]}'],
    ['public keys', JSON.stringify({ keys: [PUBLIC, PUBLIC] })],
  ] as const)('rejects %s, and does not overwrite it', async ([, content], { start, path }) => {
    await writeFile(path('keys.json'), content)
    const { result, error } = await start()

    expect(result).toBe(1)
    expect(error.join()).toBe(
      `The file ${path('keys.json')} does not contain signing keys of identity-web-dev. Choose another file, or remove the file to get new keys.`,
    )
    expect(await readFile(path('keys.json'), 'utf8')).toBe(content)
  })

  test.skipIf(process.getuid?.() !== 0)(
    'rejects a file of another user, who can sign tokens',
    async ({ start, path }) => {
      await start()
      await chown(path('keys.json'), 1, 1)

      expect((await start()).error.join()).toContain(
        'Choose a file in your home folder with --keys',
      )
    },
  )
})
