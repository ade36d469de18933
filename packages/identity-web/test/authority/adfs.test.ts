import { describe, expect, test } from 'vitest'
import { microsoftAuthority, oidcAuthority } from '../../src/authority/recognize.ts'

describe('an authority of AD FS', () => {
  test.each([
    'https://fs.contoso.example/adfs',
    'https://fs.contoso.example/adfs/',
    'https://fs.contoso.example/ADFS',
    'https://fs.contoso.example/adfs/.well-known/openid-configuration',
  ])('%s is accepted in authority and in oidcAuthority, and does not use /v2.0', (value) => {
    for (const authority of [microsoftAuthority(value), oidcAuthority(value)]) {
      expect(authority).toMatchObject({
        kind: 'adfs',
        url: 'https://fs.contoso.example/adfs',
        metadataUrl: 'https://fs.contoso.example/adfs/.well-known/openid-configuration',
      })
      expect(authority.tenants).toBeUndefined()
    }
  })

  // The metadata decide, but a server must not claim the issuer of another one.
  test('accepts only its URL, or a URL below it, as issuer', () => {
    const authority = microsoftAuthority('https://fs.contoso.example/adfs')

    for (const issuer of [
      'https://fs.contoso.example/adfs',
      'https://FS.contoso.example/ADFS/',
      'https://fs.contoso.example/adfs/c0000000-0000-4000-8000-000000000001/',
    ]) {
      expect([issuer, authority.acceptsIssuer(issuer)]).toEqual([issuer, true])
    }
    for (const issuer of [
      'https://fs.contoso.example/adfsx/',
      'https://fs.contoso.example/realms/adfs',
      'https://fs.contoso.example.evil.example/adfs/',
      'https://evil.example/adfs',
      'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001/v2.0',
      'http://fs.contoso.example/adfs',
      'http://fs.contoso.example/adfs/services/trust',
    ]) {
      expect([issuer, authority.acceptsIssuer(issuer)]).toEqual([issuer, false])
    }
  })

  test('does not support tenants', () => {
    expect(() => microsoftAuthority('https://fs.contoso.example/adfs', 'work')).toThrow(
      /tokens of AD FS do not contain a tenant/,
    )
  })
})

describe('a Microsoft URL under oidcAuthority', () => {
  test.each([
    ['https://login.microsoftonline.com/common/v2.0', 'entra'],
    ['https://login.windows.net/contoso.onmicrosoft.com', 'entra'],
    ['https://contoso.ciamlogin.com', 'external-id'],
    ['https://accounts.example/adfs/oauth2', 'oidc'],
    ['https://accounts.example/common/v2.0', 'oidc'],
    ['https://accounts.example/c0000000-0000-4000-8000-000000000001', 'oidc'],
  ])('%s is treated as %s', (value, kind) => {
    expect(oidcAuthority(value).kind).toBe(kind)
  })

  test('tenants is rejected for any other provider', () => {
    expect(() => oidcAuthority('https://accounts.example', 'any')).toThrow(
      /tokens of oidcAuthority do not contain a tenant/,
    )
  })
})
