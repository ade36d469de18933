import { sendRaw } from '../../support/raw.ts'
import { describe, expect, test, expectNoAccess, expectAccepted, send } from './guarded-api.ts'

describe('the Authorization header', () => {
  test.for(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    'accepts the scheme as %s',
    async (scheme, { open, alexToken }) => {
      const api = await open()

      const { status } = await send(api, `${scheme} ${await alexToken()}`)

      expect(status).toBe(200)
    },
  )

  test.for([
    ['two spaces', (token: string): string => `Bearer  ${token}`],
    ['spaces around', (token: string): string => `  Bearer ${token}  `],
  ] as const)('accepts %s', async ([, write], { open, alexToken }) => {
    const api = await open()

    const { status } = await send(api, write(await alexToken()))

    expect(status).toBe(200)
  })

  test.for([
    ['only the scheme', (): string => 'Bearer'],
    ['only another scheme', (): string => 'Basic'],
    ['a word after it', (token: string): string => `Bearer ${token} garbage`],
    ['a parameter after it', (token: string): string => `Bearer ${token};x=1`],
    ['two tokens', (token: string): string => `Bearer ${token}, Bearer ${token}`],
    ['a list', (token: string): string => `Bearer ${token},${token}`],
    ['a comma before it', (token: string): string => `Bearer , ${token}`],
    ['quotes', (token: string): string => `Bearer "${token}"`],
    ['a tab', (token: string): string => `Bearer\t${token}`],
    ['a colon', (token: string): string => `Bearer: ${token}`],
    ['the scheme twice', (token: string): string => `Bearer Bearer ${token}`],
    ['padding in the middle', (token: string): string => `Bearer ${token}=a`],
    ['an invalid letter', (token: string): string => `Bearer ${token}\u00e9`],
    ['only the token', (token: string): string => token],
    ['another credential', (token: string): string => `Basic eDp5, Bearer ${token}`],
  ] as const)('is invalid with %s', async ([, write], { open, alexToken }) => {
    const api = await open()
    const token = await alexToken()

    const reply = await send(api, write(token))

    expect(reply.body).toMatchObject({ error: 'invalid_request' })
    expect(reply.status).toBe(400)
    expect(reply.challenge?.['error']).toBe('invalid_request')
    expectNoAccess(api, reply, token)
  })

  test.for([
    'Basic dXNlcjpwYXNzd29yZC1NQVJLRUQ=',
    'Digest username="x", realm="y"',
    'Negotiate YIIMARKEDMARKEDMARKEDMARKED',
  ])('of another scheme does not authenticate a request: %s', async (authorization, { open }) => {
    const api = await open()

    const reply = await send(api, authorization)

    expect(reply.status).toBe(401)
    expect(reply.challenge).toEqual({})
    expectNoAccess(api, reply, authorization.replace(/ /, '.'))
  })

  test.for(['DPoP', 'dpop', 'PoP'])(
    'of the scheme %s is not a bearer token, even with a valid token',
    async (scheme, { open, alexToken }) => {
      const api = await open()
      const token = await alexToken()
      await expectAccepted(api, token)

      const reply = await send(api, `${scheme} ${token}`)

      expect(reply.status).toBe(401)
      expect(reply.challenge).toEqual({})
      expect(api.acceptedTokens).toHaveLength(1)
    },
  )

  test.for(['sk-live-0123456789abcdef', 'ApiKey-0123456789abcdef x', 'MARKEDsecret'])(
    'with another secret is not repeated: %s',
    async (secret, { open }) => {
      const api = await open()

      const reply = await send(api, secret)

      expect([400, 401]).toContain(reply.status)
      expect(api.acceptedTokens).toEqual([])
      const said = `${JSON.stringify(reply.body)} ${reply.headers.get('www-authenticate')} ${api.logs.join('\n')}`
      expect(said.toLowerCase()).not.toContain(secret.slice(0, 12).toLowerCase())
    },
  )

  const twice: [what: string, lines: (token: string) => string[]][] = [
    ['the same', (token) => [`Bearer ${token}`, `Bearer ${token}`]],
    ['a right one first', (token) => [`Bearer ${token}`, 'Bearer x']],
    ['a right one last', (token) => ['Bearer x', `Bearer ${token}`]],
    ['a password first', (token) => ['Basic eDp5', `Bearer ${token}`]],
    ['a password last', (token) => [`Bearer ${token}`, 'Basic eDp5']],
    ['DPoP first', (token) => [`DPoP ${token}`, `Bearer ${token}`]],
    ['an empty one first', (token) => ['', `Bearer ${token}`]],
    ['an empty one last', (token) => [`Bearer ${token}`, '']],
  ]

  test.for(twice)('must not occur twice: %s', async ([, lines], { open, alexToken }) => {
    const api = await open()
    const names = ['Authorization', 'aUTHORIZATION']

    const response = await sendRaw(api.origin, [
      'GET /any HTTP/1.1',
      'Host: localhost',
      ...lines(await alexToken()).map((line, index) => `${names[index]}: ${line}`),
    ])

    expect(response.status).toBe(400)
    expect(response.head).toContain('error="invalid_request"')
    expect(api.acceptedTokens).toEqual([])
  })

  test('may be empty', async ({ open }) => {
    const api = await open()

    const response = await sendRaw(api.origin, [
      'GET /any HTTP/1.1',
      'Host: localhost',
      'Authorization: ',
    ])

    expect(response.status).toBe(400)
    expect(api.acceptedTokens).toEqual([])
  })
})
