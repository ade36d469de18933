import { inflateSync } from 'node:zlib'
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
  test('the newest come first, the manager wrote the first, and dates follow the clock', async ({
    provider,
    call,
    clock,
  }) => {
    const { body } = await call('/me/messages', MAIL)
    const times = body.value?.map(({ receivedDateTime }) => String(receivedDateTime)) ?? []

    expect(times).toEqual(times.toSorted().toReversed())
    expect(Date.parse(times[0] ?? '')).toBeLessThan(clock.now())
    expect(Date.parse(times[0] ?? '')).toBeGreaterThan(clock.now() - 48 * 3600 * 1000)
    expect(body.value?.[0]).toMatchObject({
      from: { emailAddress: { address: provider.user('robin').email } },
      toRecipients: [{ emailAddress: { address: provider.user('alex').email } }],
      bodyPreview: expect.stringMatching(/^Hello Alex, the development provider/),
    })
    clock.advance(24 * 3600)
    const later = await call('/me/messages', MAIL)
    expect(later.body.value?.[0]?.['id']).toBe(body.value?.[0]?.['id'])
    expect(later.body.value?.[0]?.['receivedDateTime']).not.toBe(times[0])
  })

  test('one message, in HTML or as text', async ({ call }) => {
    const { body } = await call('/me/messages?$top=1&$select=id', MAIL)
    const url = `/me/messages/${String(body.value?.[0]?.['id'])}`
    const text = { headers: { prefer: 'outlook.body-content-type="text"' } }

    expect((await call(url, MAIL)).body).toMatchObject({
      body: { contentType: 'html', content: expect.stringMatching(/^<html><body><p>Hello Alex, /) },
    })
    expect((await call(url, MAIL, text)).body).toMatchObject({
      body: { contentType: 'text', content: expect.stringMatching(/^Hello Alex, /) },
    })
    expect(await call('/me/messages/other', MAIL)).toMatchObject({
      status: 404,
      body: { error: { code: 'ErrorItemNotFound' } },
    })
  })

  test('folders contain them', async ({ call }) => {
    const { body } = await call('/me/mailFolders', MAIL)

    expect(body.value).toMatchObject([
      { displayName: 'Inbox', totalItemCount: 12, unreadItemCount: 3 },
      { displayName: 'Sent Items', totalItemCount: 0 },
    ])
    for (const folder of ['inbox', String(body.value?.[0]?.['id'])]) {
      const url = `/me/mailFolders/${folder}/messages?$count=true`
      expect((await call(url, MAIL)).body['@odata.count']).toBe(12)
    }
    expect((await call("/me/mailFolders('Inbox')/messages", MAIL)).status).toBe(200)
    expect((await call('/me/mailFolders/other/messages', MAIL)).status).toBe(404)
  })

  test.for(['kim', 'morgan'])('%s does not have a mailbox', async (as, { call }) => {
    expect(await call('/me/messages', { ...MAIL, as })).toMatchObject({
      status: 404,
      body: { error: { code: 'MailboxNotEnabledForRESTAPI' } },
    })
  })
})

describe('sendMail', () => {
  const message = {
    subject: 'Marked subject',
    body: { contentType: 'Text', content: 'Marked <b>content</b>' },
    toRecipients: [{ emailAddress: { address: 'ROBIN@contoso.onmicrosoft.com' } }],
  }

  test('delivers to the recipient and to the sent items', async ({ provider, call }) => {
    const sent = await call('/me/sendMail', MAIL, post({ message }))
    const inbox = await call('/me/mailFolders/inbox/messages?$top=1', { ...MAIL, as: 'robin' })
    const items = await call('/me/mailFolders/sentitems/messages', MAIL)

    expect(sent).toMatchObject({ status: 202, body: { text: '' } })
    expect(inbox.body.value?.[0]).toMatchObject({
      subject: 'Marked subject',
      isRead: false,
      from: { emailAddress: { name: 'Alex Rivera' } },
      body: { content: expect.stringContaining('Marked &lt;b>content') },
    })
    expect(items.body.value).toMatchObject([{ subject: 'Marked subject', isRead: true }])
    provider.reset()
    expect((await call('/me/mailFolders/sentitems/messages', MAIL)).body.value).toEqual([])
  })

  test('with saveToSentItems false, the sender does not keep it', async ({ call }) => {
    await call('/me/sendMail', MAIL, post({ message, saveToSentItems: false }))

    expect((await call('/me/mailFolders/sentitems/messages', MAIL)).body.value).toEqual([])
  })

  test.for([
    [{}, 'ErrorInvalidRequest'],
    [{ message: { subject: 'x' } }, 'ErrorInvalidRecipients'],
    [{ message: { toRecipients: [{ emailAddress: {} }] } }, 'ErrorInvalidRecipients'],
  ] as const)('%j is 400 %s', async ([body, code], { call }) => {
    expect(await call('/me/sendMail', MAIL, post(body))).toMatchObject({
      status: 400,
      body: { error: { code } },
    })
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

describe('events', () => {
  test('events have a start, an end and an organizer', async ({ provider, call }) => {
    const { body } = await call('/me/events', CALENDAR)
    const [, standUp] = body.value ?? []

    expect(body.value).toHaveLength(6)
    expect(standUp).toMatchObject({
      subject: 'Daily stand-up',
      start: { dateTime: expect.stringMatching(/T09:00:00\.0000000$/), timeZone: 'UTC' },
      end: { dateTime: expect.stringMatching(/T09:15:00\.0000000$/), timeZone: 'UTC' },
      isOrganizer: false,
      organizer: { emailAddress: { address: provider.user('robin').email } },
    })
    const url = `/me/events/${String(standUp?.['id'])}`
    expect((await call(url, CALENDAR)).body).toMatchObject({ subject: 'Daily stand-up' })
    expect((await call('/me/events/other', CALENDAR)).status).toBe(404)
  })

  test('calendarView contains the events between two times', async ({ call, clock }) => {
    const day = (offset: number) =>
      new Date(clock.now() + offset * 24 * 3600 * 1000).toISOString().slice(0, 10)
    const view = `/me/calendarView?startDateTime=${day(0)}&endDateTime=${day(2)}T00:00:00`
    const { body } = await call(view, CALENDAR)

    expect(body.value?.map(({ subject }) => subject)).toEqual([
      'Daily stand-up',
      'Review of the sign-in page',
    ])
    expect((await call('/me/calendarView', CALENDAR)).status).toBe(400)
    expect((await call('/me/calendarView?startDateTime=x&endDateTime=y', CALENDAR)).status).toBe(
      400,
    )
  })
})

describe('photos', () => {
  test('are PNG images in the requested size', async ({ getPhoto }) => {
    const response = await getPhoto('/me/photo/$value')
    const image = Buffer.from(await response.arrayBuffer())
    const small = Buffer.from(await (await getPhoto('/me/photos/48x48/$value')).arrayBuffer())

    expect(response.headers.get('content-type')).toBe('image/png')
    expect(image.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([240, 240])
    expect(small.readUInt32BE(16)).toBe(48)
    expect(inflateSync(dataOf(image))).toHaveLength(240 * 241)
  })

  test('an image of the configuration is returned as it is', async ({ getPhoto }) => {
    const response = await getPhoto('/users/robin@contoso.onmicrosoft.com/photo/$value')

    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(JPEG)
  })

  test('have a description', async ({ call }) => {
    expect((await call('/me/photo')).body).toMatchObject({
      '@odata.mediaContentType': 'image/png',
      id: '240X240',
      height: 240,
    })
    expect((await call('/me/photos/96x96')).body).toMatchObject({ id: '96X96', width: 96 })
  })

  test.for(['/users/morgan@contoso.onmicrosoft.com/photo/$value', '/me/photos/1x1/$value'])(
    '%s is 404',
    async (path, { call }) => {
      expect(await call(path, PHOTO)).toMatchObject({
        status: 404,
        body: { error: { code: 'ImageNotFound' } },
      })
    },
  )
})

function dataOf(image: Buffer): Buffer {
  const start = image.indexOf('IDAT')
  return image.subarray(start + 4, start + 4 + image.readUInt32BE(start - 4))
}
