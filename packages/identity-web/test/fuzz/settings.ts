import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { ApiAuth, Auth } from '../../src/adapters/fetch/index.ts'
import { NOW, providerFetch } from './provider.ts'
import { mutatedText } from './mutations.ts'
import { readCorpus } from './corpus.ts'
import { valueTarget, type FuzzTarget } from './target.ts'

const NAMES = [
  'IDENTITY_AUTHORITY',
  'IDENTITY_OIDC_AUTHORITY',
  'IDENTITY_CLIENT_ID',
  'IDENTITY_CLIENT_SECRET',
  'IDENTITY_CLIENT_SECRET_EXPIRES',
  'IDENTITY_REDIRECT_URI',
  'IDENTITY_SESSION_SECRET',
  'IDENTITY_SCOPE',
  'IDENTITY_AUDIENCE',
  'IDENTITY_RESOURCE',
  'IDENTITY_B2C_TENANT_NAME',
  'IDENTITY_B2C_CUSTOM_DOMAIN',
  'IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW',
  'IDENTITY_B2C_EDIT_PROFILE_USER_FLOW',
  'IDENTITY_B2C_RESET_PASSWORD_USER_FLOW',
  'NODE_ENV',
]
const values = readCorpus('settings')
const value = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...values) },
  {
    weight: 3,
    arbitrary: mutatedText(values, [
      'https://',
      'http://',
      '/',
      ':',
      '@',
      '.',
      '?',
      '#',
      '[::1]',
      'localhost',
      ' ',
    ]),
  },
)

const GOOD = {
  IDENTITY_OIDC_AUTHORITY: 'https://id.example',
  IDENTITY_CLIENT_ID: 'web-app',
  IDENTITY_REDIRECT_URI: 'https://app.example/redirect',
  IDENTITY_SESSION_SECRET: 'a-secret-of-the-tests-0123456789-abcdef',
  NODE_ENV: 'production',
}
const SECRETS = ['IDENTITY_CLIENT_SECRET', 'IDENTITY_SESSION_SECRET']
/** A shorter value can occur in a page by chance. */
const SHORTEST_SECRET = 12

export const settingTargets: readonly FuzzTarget[] = [
  valueTarget<Readonly<Record<string, string>>>({
    name: 'settings/environment',
    arbitrary: fc.oneof(
      fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6, noNullPrototype: true }),
      fc
        .dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 2, noNullPrototype: true })
        .map((given) => ({ ...GOOD, ...given })),
    ),
    seeds: [{}, GOOD],
    runs: 120,
    async check(environment) {
      const options = { fetch: providerFetch(), now: () => NOW, logger: false } as const
      const headers = { accept: 'text/html', authorization: 'Bearer a.b.c' }
      const auth = new Auth(options, environment)
      const login = auth.loginRequired(() => new Response('inside'))
      const api = new ApiAuth(options, environment)
      const guarded = api.authorizationRequired(
        { scopes: ['Todos.Read'] },
        () => new Response('inside'),
      )
      for (const path of [
        '/',
        '/login',
        '/redirect?code=a&state=b',
        '/logout',
        '/.well-known/oauth-protected-resource',
      ]) {
        const request = (): Request => new Request(`https://app.example${path}`, { headers })
        const responses = [
          // oxlint-disable-next-line no-await-in-loop
          await auth.respond(request(), () => login(request())),
          // oxlint-disable-next-line no-await-in-loop
          (await api.handle(request())) ?? (await guarded(request())),
        ]
        for (const response of responses) {
          assert.ok(
            [200, 302, 303, 400, 401, 403, 404, 500, 502, 503].includes(response.status),
            `${response.status}`,
          )
          // oxlint-disable-next-line no-await-in-loop
          const page = await response.text()
          assert.ok(!page.includes('inside'), 'a guard let a stranger in')
          for (const name of SECRETS) {
            const secret = environment[name] ?? ''
            const isOnlyHere = Object.entries(environment).every(
              ([other, text]) => SECRETS.includes(other) || !text.includes(secret),
            )
            if (secret.length < SHORTEST_SECRET || !isOnlyHere || values.includes(secret)) continue
            assert.ok(!page.includes(secret), `the page contains ${name}`)
          }
        }
      }
    },
  }),
]
