import { requireFile } from '../installed.ts'
import { startPython } from '../program.ts'
import type { InteropProvider } from '../provider.ts'
import { click } from '../walk.ts'

const API = 'https://todos.example'
const NO_LOGOUT = 'The version of Debian does not implement logout.'

/** A provider that is made with a library. The pages belong to this test. */
export const authlib: InteropProvider = {
  name: 'Authlib',
  language: 'Python',
  source: 'Debian `python3-authlib`',
  needs: 'nothing',
  async start({ port, site }) {
    requireFile('/usr/lib/python3/dist-packages/authlib', 'python3-authlib')
    requireFile('/usr/lib/python3/dist-packages/flask', 'python3-flask')
    const issuer = `http://localhost:${port}`
    const program = await startPython('authlib/provider.py', issuer, {
      AUTHLIB_INSECURE_TRANSPORT: '1',
      CLIENT_ID: site.clientId,
      CLIENT_SECRET: site.clientSecret,
      REDIRECT_URI: site.redirectUri,
    })
    return {
      issuer,
      accessTokenSeconds: 60,
      unsupported: {
        form_post: 'It always responds to a code request in the query.',
        'end-session': NO_LOGOUT,
        'back-channel': NO_LOGOUT,
        'front-channel': NO_LOGOUT,
      },
      api: { audience: API, scopes: ['todos.read'] },
      act: async (page) => (await click(page, '#sign-in')) || click(page, '#allow'),
      decline: async (page) => (await click(page, '#sign-in')) || click(page, '#decline'),
      close: () => program.stop(),
    }
  },
}
