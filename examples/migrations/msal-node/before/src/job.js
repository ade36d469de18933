import { ConfidentialClientApplication } from '@azure/msal-node'
import { msalConfig, todosApi, todosApiId } from './settings.js'

const { CLIENT_ID, CLIENT_SECRET } = process.env
const client = new ConfidentialClientApplication(msalConfig(CLIENT_ID, CLIENT_SECRET))

const { accessToken } = await client.acquireTokenByClientCredential({
  scopes: [`${todosApiId}/.default`],
})
const response = await fetch(`${todosApi}/todos/all`, {
  headers: { Authorization: `Bearer ${accessToken}` },
})
if (!response.ok) throw new Error(`The API returned ${response.status}`)
console.log(`${(await response.json()).length} todos`)
