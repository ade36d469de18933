import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server'
import express from 'express'
import { McpAuth, type McpAuthOptions, type McpRequirement } from 'identity-web/express'
import { defaultConfig, startDevProvider, type DevProvider } from 'identity-web-dev'
import { launchChromium } from '../../../../../test/chromium.ts'
import { createOffice } from '../../../../../examples/mcp/src/office.ts'
import { startRegistrar } from '../../support/oidc-provider.ts'
import { freePort } from '../../support/port.ts'
import { close, listen } from '../../support/site.ts'
import { createConformanceServer } from './conformance-server.ts'

const SERVER_ID = '66666666-7777-4888-8999-aaaaaaaaaaaa'
const SECRET = 'dev-mcp-secret-not-for-production'
const PAGE = 'http://localhost/page'

/** The client ID of the public client that an administrator has registered. */
const CLIENT_ID = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'

/** An MCP server with the tools of the example, and the client that its provider knows. */
interface Place {
  readonly office: URL
  /** The client's ID. Without it, the client registers itself. */
  readonly clientId?: string | undefined
}

/** A development provider, MCP servers behind `McpAuth`, and a browser. */
export interface World extends Place {
  readonly provider: DevProvider
  readonly places: {
    /** The server whose users do not sign in at the first of its issuers. */
    readonly issuer: Place
    /** The server of an `oidc-provider`. */
    readonly registrar: Place
  }
  /** The MCP server with the fixtures of the conformance suite. */
  readonly fixtures: URL
  /**
   * Opens the URL of a sign-in in Chromium, and signs in or allows more.
   *
   * @returns The URL of the client that the provider redirects to.
   */
  signIn(url: string, name: string): Promise<URL>
  /** Lets a user or an administrator consent to what the server of the example needs, at a page of the provider. */
  consent(as: string, page: string): Promise<void>
  close(): Promise<void>
}

/** Starts everything that a proof needs. */
export async function startWorld(): Promise<World> {
  const freeUrl = async (): Promise<URL> => new URL(`http://localhost:${await freePort()}/mcp`)
  const [office, fixtures] = [await freeUrl(), await freeUrl()]
  const [issuer, registrar] = [await freeUrl(), await freeUrl()]
  const server = {
    clientId: SERVER_ID,
    name: 'Office tools',
    clientSecret: SECRET,
    redirectUris: [PAGE],
    idUri: office.href,
    otherIdUris: [fixtures.href],
    scopes: [
      { value: 'Tools.Use', description: 'Use the tools of the office' },
      { value: 'Office.Manage', description: 'Open and close the office' },
    ],
    permissions: ['Mail.Read', 'User.Read.All'],
  }
  const client = { clientId: CLIENT_ID, name: 'MCP client', redirectUris: 'loopback' as const }
  const provider = await startDevProvider({
    config: { apps: [...defaultConfig.apps, server, client] },
  })
  const oidcProvider = await startRegistrar()
  let later = 0
  const entra = {
    authority: provider.authority(),
    clientId: SERVER_ID,
    clientCredential: SECRET,
  }
  const scopes = ['Tools.Use']
  const plain = { oidcAuthority: provider.oidcAuthority, clientId: SERVER_ID }
  const closes = [
    await serve(
      office,
      createOffice,
      { ...entra, scopes, now: () => Date.now() + later },
      { tools: { close_office: { onBehalfOf: ['User.Read.All'] } } },
    ),
    await serve(fixtures, createConformanceServer, { ...entra, scopes }),
    await serve(issuer, createOffice, { issuers: { entra, plain }, issuer: 'plain', scopes }),
    await serve(registrar, createOffice, {
      oidcAuthority: oidcProvider.issuer,
      audience: registrar.href,
      scopesSupported: ['Office.Manage'],
    }),
    oidcProvider.close,
  ]
  const chromium = await launchChromium()
  const context = await chromium.newContext()
  return {
    provider,
    office,
    clientId: CLIENT_ID,
    fixtures,
    places: {
      issuer: { office: issuer, clientId: CLIENT_ID },
      registrar: { office: registrar },
    },
    async consent(as, page) {
      const url = new URL(`${provider.authority()}/${page}`)
      url.searchParams.set('client_id', SERVER_ID)
      url.searchParams.set('redirect_uri', PAGE)
      await provider.signIn(url, { as })
      // The server repeats a failed request after half a minute.
      later += 31_000
    },
    async signIn(url, name) {
      const page = await context.newPage()
      try {
        const redirect = new URL(url).searchParams.get('redirect_uri') ?? ''
        const button = page
          .getByRole('button', { name: new RegExp(name) })
          .or(page.getByRole('button', { name: /accept|sign-in|continue/i }))
        const progress = { isDone: false }
        const arrival = page
          .waitForRequest((request) => request.url().startsWith(`${redirect}?`), {
            timeout: 120_000,
          })
          .finally(() => (progress.isDone = true))
        // Without a page in between, this opens the port of a client, which may not listen.
        await page.goto(url).catch(() => undefined)
        // Chromium has a session at the provider after the first sign-in, so it shows other pages.
        const act = async (): Promise<void> => {
          for (const field of await page.locator('input[required]').all()) await field.fill('ada')
          await button.first().click({ timeout: 1000 })
        }
        while (!progress.isDone) await act().catch(() => undefined)
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
  resource: URL,
  create: (mcp: McpAuth) => McpServer,
  options: McpAuthOptions,
  requirement: McpRequirement = {},
): Promise<() => Promise<void>> {
  const app = express()
  const mcp = new McpAuth(app, {
    resource: resource.href,
    logger: false,
    ...options,
  })
  const handler = toNodeHandler(createMcpHandler(() => create(mcp)))
  app.all('/mcp', mcp.authorizationRequired(requirement), (req, res) =>
    handler(req as unknown as Parameters<typeof handler>[0], res, req.body),
  )
  const http = createServer(app)
  await listen(http, Number(resource.port))
  return () => close(http)
}
