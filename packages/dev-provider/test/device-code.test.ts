import { ALL_IDENTITY, authorizeUrl, claimsOf, refresh, requestToken } from './support/flow.js'
import { expect, test as base } from './support/fixtures.js'

type Device = Record<'user_code' | 'device_code' | 'verification_uri' | 'message', string> & {
  interval: number
  expires_in: number
}

const test = base
  .extend('start', ({ provider }) => async (scope = 'User.Read'): Promise<Device> => {
    const response = await fetch(`${provider.authority()}/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: provider.app.clientId,
        scope: `${ALL_IDENTITY} ${scope}`,
      }),
    })
    expect(response.status).toBe(200)
    return (await response.json()) as Device
  })
  /** Polls as a device does, without a secret and after waiting. */
  .extend('poll', ({ clock, provider }) => (device: Device, waitSeconds = device.interval) => {
    clock.advance(waitSeconds)
    return requestToken(provider, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: device.device_code,
      client_secret: '',
    })
  })

test('is pending, then approved, then redeemed', async ({ start, poll, provider }) => {
  const device = await start()
  expect((await poll(device)).body).toMatchObject({
    error: 'authorization_pending',
    error_codes: [70016],
  })

  await provider.answerDevice(device.verification_uri, device.user_code.toLowerCase(), {
    as: 'robin',
  })
  const { status, body } = await poll(device)
  expect(status).toBe(200)
  expect(claimsOf(body.id_token)['preferred_username']).toBe(provider.user('robin').username)
  expect((await refresh(provider, body.refresh_token, { client_secret: '' })).status).toBe(200)

  expect((await poll(device)).body).toMatchObject({ error: 'invalid_grant' })
})

test('works with a scope that an administrator granted before', async ({
  start,
  poll,
  provider,
}) => {
  const approval = authorizeUrl(provider, { scope: 'Directory.Read.All' })
  approval.pathname = approval.pathname.replace('oauth2/v2.0/authorize', 'v2.0/adminconsent')
  await provider.signIn(approval, { as: 'sam' })
  const device = await start('Directory.Read.All')
  await provider.answerDevice(device.verification_uri, device.user_code, { as: 'robin' })
  expect((await poll(device)).status).toBe(200)
})

test('returns slow_down for early polls and increases the interval', async ({ start, poll }) => {
  const device = await start()
  await poll(device)

  expect((await poll(device, 1)).body).toMatchObject({ error: 'slow_down' })
  expect((await poll(device, 6)).body).toMatchObject({ error: 'slow_down' })
  expect((await poll(device, 15)).body).toMatchObject({ error: 'authorization_pending' })
})

test('returns authorization_declined when the user declines', async ({ start, provider, poll }) => {
  const device = await start()
  await provider.answerDevice(device.verification_uri, device.user_code, { consent: false })

  expect((await poll(device)).body).toMatchObject({ error: 'authorization_declined' })
})

test('expires after 15 minutes', async ({ start, poll, provider }) => {
  const device = await start()

  expect((await poll(device, 901)).body).toMatchObject({ error: 'expired_token' })
  await expect(provider.answerDevice(device.verification_uri, device.user_code)).rejects.toThrow(
    /does not work/,
  )
})

test('an unknown code is bad_verification_code', async ({ start, poll }) => {
  const device = await start()

  expect((await poll({ ...device, device_code: 'x' })).body).toMatchObject({
    error: 'bad_verification_code',
  })
})

test('the page shows and escapes a wrong code', async ({ start }) => {
  const device = await start()
  const response = await fetch(device.verification_uri, {
    method: 'POST',
    body: new URLSearchParams({ user_code: '"><b>' }),
  })
  const page = await response.text()

  expect(response.status).toBe(400)
  expect(page).toContain('&quot;&gt;&lt;b&gt;')
  expect(page).toContain('role="alert"')
})
