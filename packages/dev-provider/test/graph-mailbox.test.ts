import { defaultConfig } from '../src/index.js'
import { describe, expect, post, test as base } from './support/graph.js'

const MAIL = { scopes: ['Mail.Read', 'Mail.Send'] }
const CALENDAR = { scopes: ['Calendars.Read'] }
const PHOTO = { scopes: ['User.ReadBasic.All'] }
const JPEG = Buffer.from('ffd8ffe000104a46494600', 'hex')

const users = defaultConfig.users.map((user) => {
  if (user.givenName === 'Robin') {
    return { ...user, photo: `data:image/jpeg;base64,${JPEG.toString('base64')}` }
  }
  if (user.givenName !== 'Morgan') return user
  const { email: _email, ...withoutEmail } = user
  return withoutEmail
})

const test = base
  .extend('providerOptions', { config: { users } })
  .extend('getPhoto', ({ provider }) => async (path: string): Promise<Response> => {
    const token = await provider.accessToken({
      as: 'alex',
      api: 'https://graph.microsoft.com',
      scopes: PHOTO.scopes,
    })
    return fetch(`${provider.graph}${path}`, { headers: { authorization: `Bearer ${token}` } })
  })

describe('messages', () => {
  test('the newest come first, and dates follow the clock', async ({ provider, call, clock }) => {
    const { body } = await call('/me/messages', MAIL)
    const times = body.value?.map(({ receivedDateTime }) => String(receivedDateTime)) ?? []

    expect(times).toEqual(times.toSorted().toReversed())
    expect(Date.parse(times[0] ?? '')).toBeLessThan(clock.now())
    expect(Date.parse(times[0] ?? '')).toBeGreaterThan(clock.now() - 48 * 3600 * 1000)
    expect(body.value?.[0]).toMatchObject({
      toRecipients: [{ emailAddress: { address: provider.user('alex').email } }],
      bodyPreview: expect.stringMatching(/^Hello Alex, the development provider/),
    })
    clock.advance(24 * 3600)
    const later = await call('/me/messages', MAIL)
    expect(later.body.value?.[0]?.['id']).toBe(body.value?.[0]?.['id'])
    expect(later.body.value?.[0]?.['receivedDateTime']).not.toBe(times[0])
  })

  test('all of them are in the inbox', async ({ call }) => {
    const { body } = await call('/me/messages', MAIL)

    for (const folder of ['mailFolders/inbox', "mailFolders('Inbox')"]) {
      expect((await call(`/me/${folder}/messages`, MAIL)).body.value).toEqual(body.value)
    }
    expect((await call('/me/mailFolders/other/messages', MAIL)).status).toBe(400)
  })

  test.for(['kim', 'morgan'])('%s does not have a mailbox', async (as, { call }) => {
    expect(await call('/me/messages', { ...MAIL, as })).toMatchObject({
      status: 404,
      body: { error: { code: 'MailboxNotEnabledForRESTAPI' } },
    })
  })
})

describe('sendMail', () => {
  test('is accepted, and is not delivered', async ({ call }) => {
    const before = await call('/me/messages', { ...MAIL, as: 'robin' })
    const message = {
      toRecipients: [{ emailAddress: { address: 'robin@contoso.onmicrosoft.com' } }],
    }

    expect(await call('/me/sendMail', MAIL, post({ message }))).toMatchObject({
      status: 202,
      body: { text: '' },
    })
    expect((await call('/me/messages', { ...MAIL, as: 'robin' })).body.value).toEqual(
      before.body.value,
    )
  })

  test('a GET request is 405', async ({ call }) => {
    const response = await call('/me/sendMail', MAIL)

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(response.body.error).toMatchObject({
      code: 'Request_BadRequest',
      message: 'Specified HTTP method is not allowed for the request target.',
    })
  })
})

test('events have a start, an end and an organizer', async ({ provider, call }) => {
  const { body } = await call('/me/events', CALENDAR)

  expect(body.value).toHaveLength(2)
  expect(body.value?.[0]).toMatchObject({
    subject: 'Daily stand-up',
    start: { dateTime: expect.stringMatching(/T09:00:00\.0000000$/), timeZone: 'UTC' },
    end: { dateTime: expect.stringMatching(/T10:00:00\.0000000$/), timeZone: 'UTC' },
    organizer: { emailAddress: { address: provider.user('alex').email } },
  })
})

describe('photos', () => {
  test('are PNG images', async ({ getPhoto }) => {
    const response = await getPhoto('/me/photo/$value')
    const image = Buffer.from(await response.arrayBuffer())

    expect(response.headers.get('content-type')).toBe('image/png')
    expect(image.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([96, 96])
  })

  test('an image of the configuration is returned as it is', async ({ getPhoto }) => {
    const response = await getPhoto('/users/robin@contoso.onmicrosoft.com/photo/$value')

    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(JPEG)
  })

  test('a user without a photo is 404', async ({ call }) => {
    expect(await call('/users/morgan@contoso.onmicrosoft.com/photo/$value', PHOTO)).toMatchObject({
      status: 404,
      body: { error: { code: 'ImageNotFound' } },
    })
  })
})
