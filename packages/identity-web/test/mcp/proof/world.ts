import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server'
import express from 'express'
import { McpAuth } from 'identity-web/express'
import { defaultConfig, startDevProvider, type DevProvider } from 'identity-web-dev'
import { launchChromium } from '../../../../../test/chromium.ts'
import { createOffice } from '../../../../../examples/mcp/src/office.ts'
import { freePort } from '../../support/port.ts'
import { close, listen } from '../../support/site.ts'
import { createConformanceServer } from './conformance-server.ts'

const SERVER_ID = '66666666-7777-4888-8999-aaaaaaaaaaaa'
const SECRET = 'dev-mcp-secret-not-for-production'

/** The client ID of the public client that an administrator has registered. */
export const CLIENT_ID = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'

/** A development provider, an MCP server behind `McpAuth`, and a browser. */
export interface World {
  readonly provider: DevProvider
  /** The MCP server of the example. */
  readonly office: URL
  /** The MCP server with the fixtures of the conformance suite. */
  readonly fixtures: URL
  /**
   * Opens the URL of a sign-in in Chromium, and signs in or allows more.
   *
   * @returns The URL of the client that the provider redirects to.
   */
  signIn(url: string, name: string): Promise<URL>
  close(): Promise<void>
}

/** Starts everything that a proof needs. */
export async function startWorld(): Promise<World> {
  const ports = [await freePort(), await freePort()] as const
  const [office, fixtures] = ports.map((port) => new URL(`http://localhost:${port}/mcp`))
  if (office === undefined || fixtures === undefined) throw new Error('No ports.')
  const server = {
    clientId: SERVER_ID,
    name: 'Office tools',
    clientSecret: SECRET,
    redirectUris: [],
    idUri: office.href,
    otherIdUris: [fixtures.href],
    scopes: [
      { value: 'Tools.Use', description: 'Use the tools of the office' },
      { value: 'Office.Manage', description: 'Open and close the office', adminConsent: true },
    ],
    permissions: ['Mail.Read'],
    preauthorized: ['Mail.Read'],
  }
  const client = { clientId: CLIENT_ID, name: 'MCP client', redirectUris: 'loopback' as const }
  const provider = await startDevProvider({
    config: { apps: [...defaultConfig.apps, server, client] },
  })
  const closes = [
    await serve(provider, office, createOffice),
    await serve(provider, fixtures, createConformanceServer),
  ]
  const chromium = await launchChromium()
  const context = await chromium.newContext()
  return {
    provider,
    office,
    fixtures,
    async signIn(url, name) {
      const page = await context.newPage()
      try {
        const redirect = new URL(url).searchParams.get('redirect_uri') ?? ''
        const button = page
          .getByRole('button', { name: new RegExp(name) })
          .or(page.getByRole('button', { name: /accept/i }))
        const progress = { isDone: false }
        const arrival = page
          .waitForRequest((request) => request.url().startsWith(`${redirect}?`), {
            timeout: 120_000,
          })
          .finally(() => (progress.isDone = true))
        await page.goto(url)
        // Chromium has a session at the provider after the first sign-in, so it shows other pages.
        while (!progress.isDone) {
          await button
            .first()
            .click({ timeout: 1000 })
            .catch(() => undefined)
        }
        const back = await arrival
        return new URL(back.url())
      } finally {
        await page.close()
      }
    },
    async close() {
      await chromium.close()
      await Promise.all(closes.map((end) => end()))
      await provider.close()
    },
  }
}

async function serve(
  provider: DevProvider,
  resource: URL,
  create: (mcp: McpAuth) => McpServer,
): Promise<() => Promise<void>> {
  const app = express()
  const mcp = new McpAuth(app, {
    authority: provider.authority(),
    clientId: SERVER_ID,
    clientCredential: SECRET,
    resource: resource.href,
    scopes: ['Tools.Use'],
    logger: false,
  })
  const handler = toNodeHandler(createMcpHandler(() => create(mcp)))
  app.all('/mcp', mcp.authorizationRequired(), (req, res) =>
    handler(req as unknown as Parameters<typeof handler>[0], res),
  )
  const http = createServer(app)
  await listen(http, Number(resource.port))
  return () => close(http)
}
