import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import express from 'express'
import type { AppConfig } from 'identity-web-dev'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { close, listen } from '../packages/identity-web/test/support/site.ts'
import { serveSso } from './embedded/sso.ts'

const TEAMS = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'
const OTHER = '55555555-6666-4777-8888-999999999999'
const tab: AppConfig = {
  clientId: '44444444-5555-4666-8777-888888888888',
  name: 'Tab',
  clientSecret: 'dev-tab-secret-not-for-production',
  redirectUris: 'loopback',
  idUri: 'api://tab.example.com/44444444-5555-4666-8777-888888888888',
  scopes: [
    { value: 'access_as_user', description: 'Use the tab as you' },
    { value: 'Files.Read', description: 'Read the files of the tab' },
  ],
  permissions: ['User.Read'],
  preauthorized: ['User.Read'],
}
const apps: AppConfig[] = [
  { clientId: TEAMS, name: 'Teams', redirectUris: 'loopback' },
  { clientId: OTHER, name: 'Another client', redirectUris: 'loopback' },
  tab,
]

const test = base
  .extend('providerOptions', { config: { apps } })
  .extend('callApi', async ({ provider }, { onCleanup }) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onCleanup(() => close(server))
    serveSso(app, {
      authority: provider.authority(),
      clientId: tab.clientId,
      clientCredential: tab.clientSecret,
      logger: false,
    })
    return async (token: string) => {
      const response = await fetch(`${origin}/api/me`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return { status: response.status, body: (await response.json()) as object }
    }
  })

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

describe('the single sign-on of Teams', () => {
  test('calls Microsoft Graph on behalf of the user', async ({ provider, callApi }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['access_as_user'] })
    expect(claimsOf(token)).toMatchObject({ aud: tab.clientId, azp: TEAMS, scp: 'access_as_user' })

    expect(await callApi(token)).toMatchObject({
      status: 200,
      body: { displayName: 'Alex Rivera' },
    })
  })

  test('rejects another client, another scope, and a token of another API', async ({
    provider,
    callApi,
  }) => {
    const requests = [
      { as: 'alex', app: OTHER, scopes: ['access_as_user'] },
      { as: 'alex', scopes: ['Files.Read'] },
      { as: 'alex', scopes: ['access_as_user'], claims: { aud: OTHER } },
    ] as const

    for (const request of requests) {
      const { status } = await callApi(await provider.accessToken(request))
      expect([request, [401, 403].includes(status)]).toEqual([request, true])
    }
  })
})

test('docs/embedded.md shows the example', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const [, region = 'nothing'] =
    /#region guide\n(.*?)\n *\/\/ #endregion/s.exec(read('./embedded/sso.ts')) ?? []

  const lines = region.split('\n').map((line) => line.replace('  ', ''))
  expect(read('../docs/embedded.md')).toContain(lines.join('\n'))
})
