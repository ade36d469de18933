import { importInstalled } from '../installed.ts'
import type { AuthOptions } from 'identity-web/express'
import type { Feature, InteropProvider, RunningProvider, SiteRegistration } from '../provider.ts'
import { click } from '../walk.ts'

interface Emulate {
  createEmulator(options: object): Promise<{ readonly url: string; close(): Promise<void> }>
}

interface EmulatedService {
  readonly service: string
  readonly name: string
  readonly needs?: string
  readonly issuer: (url: string) => string
  readonly features: readonly Feature[]
  readonly client?: (site: SiteRegistration) => object
  readonly options?: AuthOptions
  readonly refreshesPerTurn?: number
  readonly without?: RunningProvider['without']
}

/** The emulators of Vercel. The user selects an account, without a password. */
const emulated = ({
  service,
  name,
  needs = 'nothing',
  issuer,
  features,
  client,
  options,
  without,
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
      features: new Set(features),
      ...(without !== undefined && { without }),
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
    features: ['form_post', 'refresh', 'userinfo', 'end-session'],
    refreshesPerTurn: 2,
  }),
  emulated({
    service: 'okta',
    name: 'Okta',
    issuer: (url) => `${url}/oauth2/default`,
    features: ['form_post', 'refresh', 'userinfo', 'end-session'],
  }),
  emulated({
    service: 'google',
    name: 'Google',
    needs:
      "`clientAuthentication: 'client_secret_post'`, because it does not read the header, despite its metadata",
    options: { clientAuthentication: 'client_secret_post' },
    issuer: (url) => url,
    features: ['refresh', 'userinfo'],
  }),
]
