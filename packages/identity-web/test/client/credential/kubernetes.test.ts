import { writeFileSync } from 'node:fs'
import { describe, expect, test, vi } from '../../support/fixtures.ts'
import { kubernetesAssertion } from '../../../src/client/index.ts'
import { allOf, errorOf } from './openssl.ts'
import { ask, inSeconds } from './request.ts'

const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

describe('the token of a Kubernetes pod', () => {
  test('is read from the file for each request', async ({ workshop }) => {
    const [first, second] = [jwt({ exp: inSeconds(3600) }), jwt({ exp: inSeconds(7200) })]
    vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', workshop.path('token'))
    const assertion = kubernetesAssertion()

    writeFileSync(workshop.path('token'), `${first}\n`)
    expect(await ask(assertion)).toBe(first)
    writeFileSync(workshop.path('token'), second)
    expect(await ask(assertion)).toBe(second)
  })

  test('can be in another file, and can have no expiry', async ({ workshop }) => {
    writeFileSync(workshop.path('other'), jwt({}))

    expect(await ask(kubernetesAssertion({ tokenFile: workshop.path('other') }))).toBe(jwt({}))
  })

  test('requires the variable', async () => {
    vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', '')

    await expect(ask(kubernetesAssertion())).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/^AZURE_FEDERATED_TOKEN_FILE is not set/),
    })
  })

  test('requires the file', async ({ workshop }) => {
    vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', workshop.path('missing'))

    await expect(ask(kubernetesAssertion())).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(
        /^AZURE_FEDERATED_TOKEN_FILE: the file does not exist: .*missing\. Correct the path\./,
      ),
    })
  })

  test('must be a JWT that has not expired, and errors do not contain it', async ({ workshop }) => {
    const tokenFile = workshop.path('bad')
    writeFileSync(tokenFile, 'marked-token')
    const noToken = await errorOf(ask(kubernetesAssertion({ tokenFile })))
    writeFileSync(tokenFile, jwt({ exp: inSeconds(-1), mark: 'marked-token' }))
    const ended = await errorOf(ask(kubernetesAssertion({ tokenFile })))

    expect(noToken).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/does not contain a JWT\. Set .* to the path/),
    })
    expect(ended).toMatchObject({
      code: 'provider_unavailable',
      message: expect.stringMatching(/has expired/),
    })
    expect(allOf(noToken) + allOf(ended)).not.toContain('marked-token')
    expect(allOf(ended)).not.toContain(jwt({ exp: inSeconds(-1) }).split('.')[1])
  })
})
