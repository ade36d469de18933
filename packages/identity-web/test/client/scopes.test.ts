import { describe, expect, test } from 'vitest'
import {
  grantedNames,
  groupScopes,
  includesAll,
  parseScopes,
  scopesOfOneResource,
} from '../../src/client/scopes.ts'
import { covers } from '../../src/client/user-tokens.ts'
import { IdentityError } from '../../src/errors.ts'
import type { AccessToken } from '../../src/tokens.ts'

const token = (resource: string, ...scopes: string[]): AccessToken => ({
  token: 'token',
  type: 'Bearer',
  resource,
  scopes,
  expiresAt: 0,
  refreshAt: 0,
})

describe('parseScopes', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['  a  b\tc\na ', ['a', 'b', 'c']],
    [
      ['a', '', 'b', 'a'],
      ['a', 'b'],
    ],
  ])('returns each scope of %j once', (value, scopes) => {
    expect(parseScopes(value)).toEqual(scopes)
  })
})

describe('groupScopes', () => {
  test('groups by prefix, and leaves out the OpenID Connect scopes', () => {
    expect(
      groupScopes(['openid', 'Mail.Read', 'api://x/Read', 'OFFLINE_ACCESS', 'User.Read'], true),
    ).toEqual([
      { resource: '', names: ['Mail.Read', 'User.Read'], scopes: ['Mail.Read', 'User.Read'] },
      { resource: 'api://x', names: ['Read'], scopes: ['api://x/Read'] },
    ])
  })

  test.each([
    'https://graph.microsoft.com/User.Read',
    'HTTPS://Graph.Microsoft.com/User.Read',
    'https://graph.microsoft.us/User.Read',
    'https://dod-graph.microsoft.us/User.Read',
    'https://microsoftgraph.chinacloudapi.cn/User.Read',
    'User.Read',
  ])('%s belongs to Microsoft Graph', (scope) => {
    expect(groupScopes([scope], true)).toEqual([
      { resource: '', names: ['User.Read'], scopes: [scope] },
    ])
  })

  test.each([
    'https://graph.microsoft.com.evil.example/User.Read',
    'https://evil.example/https://graph.microsoft.com/User.Read',
    'https://graphXmicrosoft.com/User.Read',
  ])('%s does not belong to Microsoft Graph', (scope) => {
    expect(groupScopes([scope], true)[0]?.resource).not.toBe('')
  })

  test('recognizes the same API, regardless of case and slashes', () => {
    expect(groupScopes(['api://X/Read', 'API://x/Write', 'api://x//.default'], true)).toMatchObject(
      [{ resource: 'api://x', names: ['Read', 'Write', '.default'] }],
    )
  })

  test('does not split scopes if prefixes have no meaning', () => {
    expect(groupScopes(['https://a/x', 'https://b/y', 'email'], false)).toMatchObject([
      { resource: '', names: ['https://a/x', 'https://b/y'] },
    ])
  })
})

describe('scopesOfOneResource', () => {
  test('returns the scopes of the one API', () => {
    expect(scopesOfOneResource(['openid', 'api://x/Read'], true).resource).toBe('api://x')
  })

  test('returns the default API without scopes, and for OpenID Connect scopes', () => {
    expect(scopesOfOneResource(['openid', 'profile'], true)).toEqual({
      resource: '',
      names: [],
      scopes: [],
    })
  })

  test('rejects scopes of several APIs, and names them', () => {
    let caught: unknown
    try {
      scopesOfOneResource(['User.Read', 'api://x/Read'], true)
    } catch (error) {
      caught = error
    }

    expect(IdentityError.is(caught) && [caught.code, caught.message]).toEqual([
      'configuration',
      expect.stringContaining('User.Read api://x/Read'),
    ])
  })
})

describe('grantedNames', () => {
  const graph = { resource: '', names: ['User.Read'], scopes: ['User.Read'] }
  const api = { resource: 'api://x', names: ['Read'], scopes: ['api://x/Read'] }
  const all = { resource: 'api://x', names: ['.default'], scopes: ['api://x/.default'] }

  test.each([
    ['nothing was said: what was asked', undefined, graph, ['User.Read']],
    ['an empty answer: nothing', '', graph, []],
    ['with a prefix', 'openid https://graph.microsoft.com/User.Read', graph, ['User.Read']],
    ['without a prefix', 'Read Write', api, ['Read', 'Write']],
    ['each once', 'api://x/Read Read', api, ['Read']],
    ['none of another API', 'api://y/Read', api, []],
    ['.default is replaced by what it stands for', 'api://x/Read', all, ['Read', '.default']],
    ['scopes of OpenID Connect alone', 'openid profile email', graph, []],
  ])('%s', (_name, answer, asked, names) => {
    expect(grantedNames(answer, asked, true)).toEqual(names)
  })

  test('are not changed at other providers', () => {
    const asked = { resource: '', names: ['https://a/x'], scopes: ['https://a/x'] }

    expect(grantedNames('openid https://a/x', asked, false)).toEqual(['https://a/x'])
  })
})

describe('covers', () => {
  const wanted = scopesOfOneResource(['api://x/read', 'api://x/Write'], true)

  test.each([
    ['all of the scopes, in whatever case', token('api://x', 'READ', 'write', 'more'), true],
    ['a part of them', token('api://x', 'Read'), false],
    ['those of another API', token('api://y', 'Read', 'Write'), false],
    ['those of the default API', token('', 'Read', 'Write'), false],
    ['only names that begin alike', token('api://x', 'Read.All', 'Write.All'), false],
  ])('%s: %o', (_name, has, covered) => {
    expect(covers(has, wanted)).toBe(covered)
  })

  test('every token of the API covers an empty list of scopes', () => {
    expect(includesAll([], [])).toBe(true)
  })
})
