import { expect, test } from 'vitest'
import { HiddenIds } from '../../src/output/hidden-ids.js'
import { hideSettings, type TrialSettings } from '../../src/commands/verify/settings.js'
import { Output } from '../../src/output/output.js'

const hiddenIds = (): HiddenIds =>
  new HiddenIds(new Output({ out: () => undefined, error: () => undefined }))

test.for([
  [
    'IDENTITY_AUTHORITY',
    'https://login.microsoftonline.com/contoso.com',
    'The tenant contoso.com is not known.',
  ],
  [
    'IDENTITY_OIDC_AUTHORITY',
    'https://contoso.okta.com/oauth2/default',
    'https://contoso.okta.com/oauth2/v1/token returned 500.',
  ],
  [
    'IDENTITY_B2C_CUSTOM_DOMAIN',
    'login.contoso.com',
    'https://login.contoso.com/x/oauth2/v2.0/token returned 500.',
  ],
] as const)('hides the tenant of %s %s in other texts', ([name, url, text]) => {
  const ids = hiddenIds()
  hideSettings(ids, { app: { [name]: url } } as unknown as TrialSettings)

  expect(ids.clean(text)).not.toContain('contoso')
  expect(ids.clean('https://login.microsoftonline.com/error')).toContain(
    'microsoftonline.com/error',
  )
})

test('hides users and tenants, also between other characters', () => {
  const text = "'alex@contoso.com', <contoso.onmicrosoft.com>, a.b+c@x.example."
  expect(hiddenIds().clean(text)).toBe("'[user 1]', <[tenant 3].onmicrosoft.com>, [user 2].")
})

test('reads a long text of a provider in a moment', { timeout: 5000 }, () => {
  expect(hiddenIds().clean('a'.repeat(200_000))).toHaveLength(200_000)
})

test('numbers the values, so that a reader can tell them apart', () => {
  const ids = hiddenIds()
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]

  expect(ids.clean(`The tenant ${first} is not ${second}.`)).toBe(
    'The tenant [id 1] is not [id 2].',
  )
  expect(ids.clean(`${second.toUpperCase()} and ${first}`)).toBe('[id 2] and [id 1]')
})

test('keeps a text of the provider in one line', () => {
  const text = 'Denied.\r\nTrace: 1\n  passed    sign-in: ok\u2028x\u0085y\u001B[2J'
  expect(hiddenIds().clean(text)).toBe('Denied. Trace: 1 passed    sign-in: ok x\uFFFDy\uFFFD[2J')
})
