import type { Page } from 'playwright-core'
import { requireFile } from '../installed.ts'
import { startPython } from '../program.ts'
import type { InteropProvider } from '../provider.ts'
import { click, fill } from '../walk.ts'

const NO_LOGOUT_MESSAGES = 'It does not notify applications.'

/** The provider of Django applications, with the sign-in page of Django's administration. */
export const djangoOauthToolkit: InteropProvider = {
  name: 'django-oauth-toolkit',
  language: 'Python',
  source: 'Debian `python3-django-oauth-toolkit`',
  needs: 'nothing',
  async start({ folder, port, site }) {
    requireFile('/usr/lib/python3/dist-packages/oauth2_provider', 'python3-django-oauth-toolkit')
    const issuer = `http://localhost:${port}/o`
    const program = await startPython('django/provider.py', issuer, {
      FOLDER: folder,
      CLIENT_ID: site.clientId,
      CLIENT_SECRET: site.clientSecret,
      REDIRECT_URI: site.redirectUri,
      POST_LOGOUT_REDIRECT_URI: site.postLogoutRedirectUri,
    })
    return {
      issuer,
      accessTokenSeconds: 60,
      unsupported: {
        form_post: 'It always responds in the query.',
        'max-age': 'It ignores `max_age`.',
        'device-code': 'The version of Debian does not implement device codes.',
        'jwt-access-token': 'Its access tokens are opaque.',
        'back-channel': NO_LOGOUT_MESSAGES,
        'front-channel': NO_LOGOUT_MESSAGES,
      },
      act: async (page) => (await signIn(page)) || click(page, 'input[name=allow]'),
      decline: async (page) =>
        (await signIn(page)) || click(page, 'input[type=submit][value=Cancel]'),
      close: () => program.stop(),
    }
  },
}

const signIn = (page: Page): Promise<boolean> =>
  fill(page, { '#id_username': 'ada', '#id_password': 'interop' }, '[type=submit]')
