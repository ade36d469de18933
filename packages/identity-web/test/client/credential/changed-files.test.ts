import { X509Certificate } from 'node:crypto'
import { copyFileSync, utimesSync, writeFileSync } from 'node:fs'
import type { ClientAuth } from 'openid-client'
import { describe, expect, test as base } from './fixtures.ts'
import { apply, create, headerOf, rejection, type Sent } from './request.ts'

const test = base
  .extend('install', ({ shop }) => (name: string): void => {
    copyFileSync(shop.path(`${name}.pem`), shop.path('live.pem'))
    copyFileSync(shop.path(`${name}.key`), shop.path('live.key'))
  })
  .extend('files', ({ shop }) => (): { certificate: string; privateKey: string } => ({
    certificate: shop.path('live.pem'),
    privateKey: shop.path('live.key'),
  }))
  .extend(
    'nameOf',
    ({ thumbprint }) =>
      (sent: Sent): string | undefined =>
        ['app', 'new'].find(
          (name) =>
            thumbprint(`${name}.pem`, 'sha256').toString('base64url') ===
            headerOf(sent)['x5t#S256'],
        ),
  )

describe('a file of a credential', () => {
  test('is read again after it changed', async ({ install, files, nameOf, shop }) => {
    install('app')
    const authentication = create(files())
    await authentication.prepare()
    expect(nameOf(await authentication.run((auth) => apply(auth)))).toBe('app')
    install('new')
    utimesSync(shop.path('live.pem'), new Date(), new Date(Date.now() + 5000))

    expect(nameOf(await authentication.run((auth) => apply(auth)))).toBe('new')
  })

  test('does not replace the old key while only one of the two files is new', async ({
    install,
    files,
    shop,
    nameOf,
  }) => {
    install('app')
    const authentication = create(files())
    await authentication.prepare()
    writeFileSync(shop.path('live.key'), shop.text('new.key'))

    expect(nameOf(await authentication.run((auth) => apply(auth)))).toBe('app')
    await expect(authentication.run(() => Promise.reject(rejection()))).rejects.toMatchObject({
      hint: expect.stringMatching(
        /The current files cannot be used: The certificate and the private key .* do not belong/,
      ),
    })
    writeFileSync(shop.path('live.pem'), shop.text('new.pem'))
    expect(nameOf(await authentication.run((auth) => apply(auth)))).toBe('new')
  })

  test('is read again after the provider rejected the old key, even if its change is not visible', async ({
    shop,
    install,
    files,
    nameOf,
  }) => {
    const then = new Date(2020, 1, 1)
    const pretend = (): void => {
      // The same length, time and file: a clock that was set back, or a coarse file system.
      for (const name of ['live.pem', 'live.key']) utimesSync(shop.path(name), then, then)
    }
    install('app')
    pretend()
    const authentication = create(files())
    await authentication.prepare()
    const seen: (string | undefined)[] = []

    await authentication.run(async (auth) => {
      const name = nameOf(await apply(auth))
      seen.push(name)
      install('new')
      pretend()
      if (name === 'app') throw rejection()
    })

    expect(seen).toEqual(['app', 'new'])
    // If the new certificate is rejected too, the hint is about the new one.
    install('app')
    pretend()
    await expect(authentication.run(() => Promise.reject(rejection()))).rejects.toMatchObject({
      hint: expect.stringContaining(
        new X509Certificate(shop.text('app.pem')).fingerprint.replaceAll(':', ''),
      ),
    })
  })
})

describe('a certificate that was replaced', () => {
  test('authenticates all requests that were rejected at the same time', async ({
    shop,
    thumbprint,
  }) => {
    for (const end of ['pem', 'key']) copyFileSync(shop.path(`app.${end}`), shop.path(`now.${end}`))
    const authentication = create({
      certificate: shop.path('now.pem'),
      privateKey: shop.path('now.key'),
    })
    const old = thumbprint('app.pem', 'sha256').toString('base64url')
    let waiting = 0
    let replace = (): void => undefined
    const replaced = new Promise<void>((resolve) => {
      replace = resolve
    })
    const request = async (auth: ClientAuth): Promise<string> => {
      if (headerOf(await apply(auth))['x5t#S256'] !== old) return 'done'
      waiting += 1
      if (waiting === 3) {
        for (const end of ['pem', 'key']) {
          copyFileSync(shop.path(`new.${end}`), shop.path(`now.${end}`))
        }
        replace()
      }
      await replaced
      throw rejection()
    }

    const runs = [1, 2, 3].map(() => authentication.run(request))

    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done'])
  })
})
