import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startDevProvider } from 'identity-web-dev/testing'
import type { App } from './app.ts'

/** The application and the development provider, which a test file starts once. */
export interface Started extends App {
  readonly origin: string
  stop(): Promise<void>
}

/** Starts the development provider and the application on free ports. */
export async function start(): Promise<Started> {
  const provider = await startDevProvider()
  const server = await listen()
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, {
    IDENTITY_AUTHORITY: provider.authority(),
    IDENTITY_CLIENT_ID: provider.app.clientId,
    IDENTITY_CLIENT_SECRET: provider.app.clientSecret,
    IDENTITY_REDIRECT_URI: `${origin}/redirect`,
    IDENTITY_SESSION_SECRET: 'a session secret of at least 32 characters',
  })
  // Load the application after the environment variables are set.
  const { createApp } = await import('./app.ts')
  const { app, auth } = createApp()
  server.on('request', app)
  return {
    app,
    auth,
    origin,
    async stop() {
      server.closeAllConnections()
      server.close()
      auth.close()
      await provider.close()
    },
  }
}

async function listen(): Promise<Server> {
  const { createServer } = await import('node:http')
  const server = createServer()
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)))
}
