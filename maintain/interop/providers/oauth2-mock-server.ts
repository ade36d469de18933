import { importInstalled } from '../installed.ts'
import type { InteropProvider } from '../provider.ts'

interface Claims {
  aud?: unknown
  name?: string
}

interface MockServer {
  readonly service: {
    on(event: 'beforeTokenSigning', change: (token: { payload: Claims }) => void): void
  }
  readonly issuer: {
    readonly url: string
    readonly keys: { generate(algorithm: string): Promise<unknown> }
  }
  start(port: number, host: string): Promise<void>
  stop(): Promise<void>
}

const API = 'https://todos.example'

/** A server for tests. It signs everybody in without a page, and accepts every secret. */
export const oauth2MockServer: InteropProvider = {
  name: 'oauth2-mock-server',
  language: 'TypeScript',
  source: 'npm `oauth2-mock-server`',
  needs: '`clientCredential: undefined`, because it supports public clients only',
  async start({ packages, port }) {
    const { OAuth2Server } = await importInstalled<{ OAuth2Server: new () => MockServer }>(
      packages,
      'oauth2-mock-server',
    )
    const server = new OAuth2Server()
    await server.issuer.keys.generate('RS256')
    // Its tokens have few claims. A test adds others.
    server.service.on('beforeTokenSigning', ({ payload }) => {
      payload.aud ??= API
      payload.name = 'Ada Lovelace'
    })
    await server.start(port, 'localhost')
    return {
      issuer: server.issuer.url,
      options: { clientCredential: undefined },
      accessTokenSeconds: 3600,
      unsupported: {
        consent: 'It does not have pages.',
        form_post: 'It always responds in the query.',
        'max-age': 'Its ID tokens do not contain `auth_time`.',
        'device-code': 'It does not have this endpoint.',
        'scope-errors': 'It ignores the scopes.',
        'client-secret': 'It does not check client secrets.',
        'refresh-errors': 'It accepts every refresh token.',
        'back-channel': 'It does not have sessions.',
        'front-channel': 'It does not have sessions.',
      },
      api: { audience: API, scopes: ['openid'] },
      act: () => Promise.resolve(false),
      close: () => server.stop(),
    }
  },
}
