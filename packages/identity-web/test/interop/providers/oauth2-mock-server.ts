import { importInstalled } from '../installed.ts'
import type { InteropProvider } from '../provider.ts'

interface MockServer {
  readonly issuer: {
    readonly url: string
    readonly keys: { generate(algorithm: string): Promise<unknown> }
  }
  start(port: number, host: string): Promise<void>
  stop(): Promise<void>
}

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
    await server.start(port, 'localhost')
    return {
      issuer: server.issuer.url,
      options: { clientCredential: undefined },
      accessTokenSeconds: 3600,
      features: new Set(['refresh', 'end-session']),
      without: {
        'Wrong client secret: the log names the option': 'It does not check client secrets.',
        'Invalid refresh token: the user signs in again': 'It accepts every refresh token.',
      },
      act: () => Promise.resolve(false),
      close: () => server.stop(),
    }
  },
}
