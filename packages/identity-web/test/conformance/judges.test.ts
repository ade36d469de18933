import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ProviderRecord, RecordedRequest } from '../support/scripted-provider/script.ts'
import * as idToken from './modules-id-token.ts'
import * as logout from './modules-logout.ts'
import * as provider from './modules-provider.ts'
import { plans } from './plans.ts'

const request = (
  endpoint: RecordedRequest['endpoint'],
  more: Partial<RecordedRequest> = {},
): RecordedRequest => ({ endpoint, parameters: {}, ...more })

const recordOf = (requests: RecordedRequest[], problems: string[] = []): ProviderRecord => ({
  requests,
  problems,
})

const SIGN_IN = [request('metadata'), request('authorization'), request('token'), request('jwks')]

describe('a module fails if the application', () => {
  test.for([
    [
      'calls UserInfo after a wrong ID token',
      idToken.invalidIss,
      [...SIGN_IN, request('userinfo')],
    ],
    ['does not redeem the code', idToken.invalidIss, SIGN_IN.slice(0, 2)],
    ['rejects a good ID token', idToken.success, SIGN_IN],
    ['does not read the keys again', provider.keyRotation, [...SIGN_IN, request('userinfo')]],
    ['sends users to a provider with another issuer', provider.discoveryIssuerMismatch, SIGN_IN],
    ['does not ask for claims', provider.scopeUserInfoClaims, [...SIGN_IN, request('userinfo')]],
    ['does not refresh', provider.refreshToken, [...SIGN_IN, request('userinfo')]],
    ['sends no state at sign-out', logout.rpInitLogout, [...SIGN_IN, request('end-session')]],
    ['does not load the front channel', logout.frontChannelRpInitiated, SIGN_IN],
    [
      'accepts a wrong logout token',
      logout.backChannelAlgNone,
      [...SIGN_IN, request('end-session'), request('back-channel', { status: 200 })],
    ],
    ['asks for a page', provider.formPostError, [request('authorization')]],
  ] as const)('%s', ([, module, requests]) => {
    expect(module.judge(recordOf([...requests]))).toBe('FAILED')
  })

  test('sends a wrong request', () => {
    const requests = [...SIGN_IN, request('userinfo')]

    expect(idToken.success.judge(recordOf(requests))).toBe('PASSED')
    expect(idToken.success.judge(recordOf(requests, ['redirect_uri is not registered.']))).toBe(
      'FAILED',
    )
  })
})

test('docs/evidence/conformance.md contains each module with its result', () => {
  const page = readFileSync(
    new URL('../../../../docs/evidence/conformance.md', import.meta.url),
    'utf8',
  )
  const namesIn = (plan: string): (string | undefined)[] | undefined => {
    const section = page.split(`Plan: \`${plan}\``)[1]?.split('\n#')[0]
    const same = /^The modules of (.+), with the same results\.$/m.exec(section ?? '')?.[1]
    const other = plans.find(({ profile }) => profile === same)
    if (other !== undefined) return namesIn(other.name)
    return section?.match(/^- `[^\n]*(?<!\*\*Failed\.\*\*)$/gm)?.map((row) => row.split('`')[1])
  }
  for (const { name, modules } of plans) {
    expect(namesIn(name)).toEqual(
      modules.map((module) => module.name.replace('oidcc-client-test', '…')),
    )
  }
})
