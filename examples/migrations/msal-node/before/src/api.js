import { ConfidentialClientApplication, InteractionRequiredAuthError } from '@azure/msal-node'
import express from 'express'
import { requireToken } from './require-token.js'
import { authority, graph, msalConfig } from './settings.js'
import { addTodo, allTodos, todosOf } from './todos.js'

const { API_CLIENT_ID, API_CLIENT_SECRET } = process.env
const client = new ConfidentialClientApplication(msalConfig(API_CLIENT_ID, API_CLIENT_SECRET))
const app = express()

app.get('/todos', requireToken({ scope: 'Todos.Read' }), (req, res) => {
  res.json(todosOf(req.claims.oid))
})

app.post('/todos', requireToken({ scope: 'Todos.ReadWrite' }), express.json(), (req, res) => {
  res.status(201).json(addTodo(req.claims.oid, req.body.title))
})

// For the job, which has no user.
app.get('/todos/all', requireToken({ role: 'Todos.Read.All' }), (_req, res) => {
  res.json(allTodos())
})

// Calls Microsoft Graph on behalf of the user.
app.get('/profile', requireToken({ scope: 'Todos.Read' }), async (req, res) => {
  try {
    const request = { oboAssertion: req.token, scopes: ['User.Read'] }
    let response = await callGraph(request)
    if (response.status === 401) {
      // Continuous access evaluation: Graph requires a token with other claims.
      const claims = claimsOf(response)
      if (claims !== undefined) response = await callGraph({ ...request, claims })
    }
    res.status(response.status).json(await response.json())
  } catch (error) {
    if (!(error instanceof InteractionRequiredAuthError)) throw error
    // The client of this API can ask its user.
    const claims = Buffer.from(error.claims ?? '').toString('base64')
    const challenge = [
      `authorization_uri="${authority}/oauth2/v2.0/authorize"`,
      ...(claims === ''
        ? ['error="interaction_required"']
        : ['error="insufficient_claims"', `claims="${claims}"`]),
    ]
    res.set('WWW-Authenticate', `Bearer ${challenge.join(', ')}`).sendStatus(401)
  }
})

async function callGraph(request) {
  const { accessToken } = await client.acquireTokenOnBehalfOf(request)
  return fetch(`${graph}v1.0/me`, { headers: { Authorization: `Bearer ${accessToken}` } })
}

function claimsOf(response) {
  const challenge = response.headers.get('www-authenticate') ?? ''
  const [, claims] = /claims="([^"]+)"/.exec(challenge) ?? []
  return claims === undefined ? undefined : Buffer.from(claims, 'base64').toString()
}

const port = process.env.PORT ?? 5200
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The API listens at http://localhost:${port}`)
})
