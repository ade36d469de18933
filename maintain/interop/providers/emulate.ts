import { importInstalled } from '../installed.ts'
import type { AuthOptions } from 'identity-web/express'
import type { InteropProvider, Reasons, SiteRegistration } from '../provider.ts'
import { click } from '../walk.ts'

interface Emulate {
  createEmulator(options: object): Promise<{ readonly url: string; close(): Promise<void> }>
}

interface EmulatedService {
  readonly service: string
  readonly name: string
  readonly needs?: string
  readonly issuer: (url: string) => string
  readonly unsupported: Reasons
  readonly client?: (site: SiteRegistration) => object
  readonly options?: AuthOptions
  readonly refreshesPerTurn?: number
}

const NO_AUTH_TIME = 'Its ID tokens do not contain `auth_time`.'
const NO_LOGOUT_MESSAGES = 'It does not notify applications.'

/** The features that are missing at all services. */
const UNSUPPORTED: Reasons = {
  consent: 'Its page does not ask for consent.',
  'prompt-none': 'It does not have sessions, and ignores `prompt`.',
  'device-code': 'It does not have this endpoint.',
  'scope-errors': 'It ignores unknown scopes.',
  'jwt-access-token': 'Its access tokens are opaque.',
  'back-channel': NO_LOGOUT_MESSAGES,
  'front-channel': NO_LOGOUT_MESSAGES,
}

/** The emulators of Vercel. The user selects an account, without a password. */
const emulated = ({
  service,
  name,
  needs = 'nothing',
  issuer,
  unsupported,
  client,
  options,
  refreshesPerTurn = 1,
}: EmulatedService): InteropProvider => ({
  name: `emulate (${name})`,
  language: 'TypeScript',
  source: 'npm `emulate`',
  needs,
  async start({ packages, port, site }) {
    const { createEmulator } = await importInstalled<Emulate>(packages, 'emulate')
    const emulator = await createEmulator({
      service,
      port,
      seed: {
        [service]: {
          users: [{ email: 'ada@example.com', login: 'ada@example.com', name: 'Ada Lovelace' }],
          oauth_clients: [
            {
              client_id: site.clientId,
              client_secret: site.clientSecret,
              name: 'Interop',
              redirect_uris: [site.redirectUri, site.postLogoutRedirectUri],
              ...client?.(site),
            },
          ],
        },
      },
    })
    return {
      issuer: issuer(emulator.url),
      ...(options !== undefined && { options }),
      accessTokenSeconds: 3600,
      refreshesPerTurn,
      unsupported: { ...UNSUPPORTED, ...unsupported },
      act: (page) => click(page, 'form button[type=submit], form button'),
      close: () => emulator.close(),
    }
  },
})

export const emulateProviders: readonly InteropProvider[] = [
  emulated({
    service: 'microsoft',
    name: 'Entra ID',
    issuer: (url) => `${url}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
    unsupported: { 'max-age': NO_AUTH_TIME },
    refreshesPerTurn: 2,
  }),
  emulated({
    service: 'okta',
    name: 'Okta',
    issuer: (url) => `${url}/oauth2/default`,
    unsupported: {},
  }),
  emulated({
    service: 'google',
    name: 'Google',
    needs:
      "`clientAuthentication: 'client_secret_post'`, because it does not read the header, despite its metadata",
    options: { clientAuthentication: 'client_secret_post' },
    issuer: (url) => url,
    unsupported: {
      form_post: 'It always responds in the query.',
      'max-age': NO_AUTH_TIME,
      'end-session': 'Google does not have an endpoint to sign out.',
    },
  }),
]
