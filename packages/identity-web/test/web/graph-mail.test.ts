import { describe, expect, test } from '../support/fixtures.ts'

/** The parts of a page of messages that the tests read. */
interface Messages {
  readonly value: readonly { readonly subject: string }[]
  readonly '@odata.nextLink': string
}

describe('context.fetch() calls the Microsoft Graph of the development provider', () => {
  test('for the messages of the user, page after page', async ({ site }) => {
    site.app.get(
      '/inbox',
      site.auth.loginRequired({ scopes: 'Mail.Read' }, async (_req, res, context) => {
        const first = (await (await context.fetch('/me/messages')).json()) as Messages
        const second = await context.fetch(first['@odata.nextLink'])
        res.json([first, await second.json()])
      }),
    )
    const browser = await site.signIn({ path: '/inbox', as: 'robin' })
    const pages = (await browser.navigate(`${site.origin}/inbox`)).json() as Messages[]

    expect(pages.map(({ value }) => value.length)).toEqual([10, 2])
    expect(pages[0]?.value[0]?.subject).toBe('Message 12')
  })

  test('and cannot read messages with another scope', async ({ site }) => {
    site.app.get(
      '/inbox',
      site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, context) => {
        const response = await context.fetch('/me/messages')
        res.status(response.status).json(await response.json())
      }),
    )
    const browser = await site.signIn({ path: '/inbox' })

    expect(await browser.navigate(`${site.origin}/inbox`)).toMatchObject({ status: 403 })
  })

  test('for the users and groups that need an administrator', async ({ site }) => {
    const scopes = ['User.Read.All', 'GroupMember.Read.All']
    site.app.get(
      '/people',
      site.auth.loginRequired({ scopes }, async (_req, res, context) => {
        const url = '/users/robin@contoso.onmicrosoft.com?$select=displayName'
        const user = await context.fetch(url)
        const groups = await context.fetch("/groups?$filter=displayName eq 'Todo Approvers'")
        res.json([await user.json(), await groups.json()])
      }),
    )
    const browser = await site.signIn({ path: '/people', as: 'sam' })

    expect((await browser.navigate(`${site.origin}/people`)).json()).toMatchObject([
      { displayName: 'Robin Chen' },
      { value: [{ displayName: 'Todo Approvers' }] },
    ])
  })
})
