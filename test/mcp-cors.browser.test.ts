import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { startMcpServer } from '../packages/identity-web/test/mcp/mcp-server.ts'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { close, listen } from '../packages/identity-web/test/support/site.ts'
import { hasChromium } from './chromium.ts'

// The browser resolves every name below localhost to this machine, and they are different origins.
// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('pagePort', async ({}) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<title>A chat</title>')
  })
  const { port } = new URL(await listen(server))
  onTestFinished(() => close(server))
  return port
})

interface Called {
  readonly status?: number
  readonly body?: string
  readonly challenge?: string | null
  readonly failure?: string
}

/** Calls the server from a page as an MCP client does. The headers make the browser send a preflight first. */
function callFrom(page: Page, resource: string, token?: string): Promise<Called> {
  return page.evaluate(
    async ([url, bearer]): Promise<Called> => {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            ...(bearer !== '' && { authorization: `Bearer ${bearer}` }),
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            'mcp-protocol-version': '2026-07-28',
            'mcp-method': 'tools/list',
            'mcp-param-region': 'west',
          },
          body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
        })
        return {
          status: response.status,
          body: await response.text(),
          challenge: response.headers.get('www-authenticate'),
        }
      } catch (error) {
        return { failure: String(error) }
      }
    },
    [resource, token ?? ''] as const,
  )
}

describe.skipIf(!hasChromium)('a web page of another origin that calls an MCP server', () => {
  test('of allowedOrigins gets the response, the challenge and the metadata, and any other page gets nothing', async ({
    openPage,
    pagePort,
    provider,
  }) => {
    const chat = `http://chat.localhost:${pagePort}`
    const { origin, resource } = await startMcpServer(provider, { allowedOrigins: [chat] })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const page = await openPage()

    await page.goto(chat)
    const allowed = await callFrom(page, resource, token)
    const challenged = await callFrom(page, resource)
    const metadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`
    const metadata = await page.evaluate(
      async (url) =>
        (await fetch(url, { headers: { 'mcp-protocol-version': '2026-07-28' } })).json(),
      metadataUrl,
    )
    await page.goto(`http://evil.localhost:${pagePort}`)
    const rejected = await callFrom(page, resource, token)

    expect(allowed.status).toBe(200)
    expect(allowed.body).toContain(provider.user('alex').oid)
    expect(challenged.status).toBe(401)
    expect(challenged.challenge).toContain(`resource_metadata="${metadataUrl}"`)
    expect(metadata).toMatchObject({ resource })
    expect(rejected).toEqual({ failure: 'TypeError: Failed to fetch' })
  })
})
