import { randomBytes } from 'node:crypto'
import * as client from 'openid-client'
import { sendPage, serve } from '../../server/serve.mjs'

// A sign-in by hand: PKCE, `state` and `nonce`. Flows and sessions are in the memory of the process.
serve(async (app, { origin, authority, app: registration, signInScope, verifiesSignature }) => {
  const { clientId, clientSecret } = registration
  const configuration = await client.discovery(
    new URL(`${authority}/v2.0`),
    clientId,
    clientSecret,
    undefined,
    { execute: [client.allowInsecureRequests] },
  )
  if (verifiesSignature) client.enableNonRepudiationChecks(configuration)
  const redirectUri = `${origin}/redirect`
  const flows = new Map()
  const sessions = new Map()

  app.get('/', async (req, res) => {
    const session = sessions.get(cookieOf(req, 'session'))
    if (session !== undefined) return sendPage(res, session.claims.name)
    const flow = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
    }
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: `openid profile email offline_access ${signInScope}`,
      code_challenge: await client.calculatePKCECodeChallenge(flow.pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: flow.expectedState,
      nonce: flow.expectedNonce,
    })
    res.set('Set-Cookie', `flow=${store(flows, flow)}; HttpOnly; SameSite=Lax; Path=/`)
    return res.redirect(url.href)
  })

  app.get('/redirect', async (req, res) => {
    const id = cookieOf(req, 'flow')
    const flow = flows.get(id)
    flows.delete(id)
    const tokens = await client.authorizationCodeGrant(
      configuration,
      new URL(req.originalUrl, origin),
      { ...flow, idTokenExpected: true },
    )
    const session = { claims: tokens.claims(), tokens }
    res.set('Set-Cookie', [
      'flow=; Max-Age=0; Path=/',
      `session=${store(sessions, session)}; HttpOnly; SameSite=Lax; Path=/`,
    ])
    res.redirect('/')
  })
})

function store(map, value) {
  const id = randomBytes(24).toString('base64url')
  map.set(id, value)
  return id
}

function cookieOf({ headers: { cookie = '' } }, name) {
  return new RegExp(`(?:^|; )${name}=([\\w-]+)`).exec(cookie)?.[1]
}
