import { startProgram } from '../program.ts'
import { requirePackage } from '../installed.ts'
import type { InteropProvider } from '../provider.ts'

/** The mock of Hellō. It signs everybody in without a page. */
export const mockin: InteropProvider = {
  name: 'Mockin (Hellō)',
  language: 'JavaScript',
  source: 'npm `@hellocoop/mockin`',
  needs: "`scopes: ['email']`",
  async start({ packages, port }) {
    const issuer = `http://localhost:${port}`
    const folder = requirePackage(packages, '@hellocoop/mockin')
    const program = await startProgram({
      command: process.execPath,
      args: [`${folder}/src/server.js`],
      env: { PORT: String(port), ISSUER: issuer, IP: '127.0.0.1' },
      readyUrl: `${issuer}/.well-known/openid-configuration`,
    })
    return {
      issuer,
      accessTokenSeconds: 3600,
      features: new Set(['form_post', 'userinfo']),
      without: {
        'Wrong client secret: the log names the option': 'It accepts every client secret.',
      },
      act: () => Promise.resolve(false),
      close: () => program.stop(),
    }
  },
}
