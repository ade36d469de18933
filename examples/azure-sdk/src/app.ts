import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob'
import { Client } from '@microsoft/microsoft-graph-client'
import express from 'express'
import { azureCredential, type AzureCredential } from 'identity-web/azure'
import { Auth, type TokenContext } from 'identity-web/express'
import { homePage, type Message } from './pages.ts'

// The environment contains all settings of the sign-in, as in the other examples, and the storage account. See README.md.
const account = process.env['STORAGE_URL']
const container = process.env['STORAGE_CONTAINER'] ?? 'files'
if (account === undefined)
  throw new Error('Set STORAGE_URL to https://<account>.blob.core.windows.net.')
const openContainer = (credential: AzureCredential): ContainerClient =>
  new BlobServiceClient(account, credential).getContainerClient(container)

const app = express()
// With cp1, a service may reject a token before it expires. The SDKs and `context.fetch` then request another one.
const auth = new Auth(app, { scopes: [], clientCapabilities: ['cp1'] })

// This client belongs to the application, so all requests can share it.
const applicationFiles = openContainer(azureCredential(auth))

app.get(
  '/',
  // The first visit leads to the sign-in and to the consent for the mail. The SDK of Storage then needs another consent.
  auth.loginRequired({ scopes: ['Mail.Read'] }, async (_req, res, context) => {
    const [files, messages, { lastModified }] = await Promise.all([
      filesOf(context),
      messagesOf(context),
      applicationFiles.getProperties(),
    ])
    res.send(homePage({ files, messages, lastModified }, context.claims, auth.paths.logout))
  }),
)

// A client of an SDK keeps the token of its first user, so each request creates its own clients.
async function filesOf(context: TokenContext): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of openContainer(azureCredential(context)).listBlobsFlat()) {
    names.push(name)
  }
  return names
}

async function messagesOf(context: TokenContext): Promise<Message[]> {
  const graph = Client.initWithMiddleware({
    baseUrl: process.env['GRAPH_URL'] ?? 'https://graph.microsoft.com/',
    middleware: {
      async execute(call) {
        call.response = await context.fetch(call.request as string, call.options)
      },
    },
  })
  const { value } = (await graph.api('/me/messages').select(['subject', 'from']).top(5).get()) as {
    readonly value: Message[]
  }
  return value
}

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The example listens at http://localhost:${port}`)
})
