import { describe, expect, test } from 'vitest'
import { parsePrincipal } from '../../src/easy-auth/principal.ts'

const SUB = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier'
const OID = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
const TID = 'http://schemas.microsoft.com/identity/claims/tenantid'
const ROLE = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'

type Pair = readonly [typ: unknown, val: unknown]

function encode(claims: readonly Pair[], provider: unknown = 'aad'): string {
  return Buffer.from(
    JSON.stringify({
      auth_typ: provider,
      claims: claims.map(([typ, val]) => ({ typ, val })),
      name_typ: 'name',
      role_typ: ROLE,
    }),
  ).toString('base64')
}

const USER: readonly Pair[] = [
  ['iss', 'https://login.microsoftonline.com/t/v2.0'],
  [SUB, 'subject'],
]

const parse = (header: string): ReturnType<typeof parsePrincipal> => parsePrincipal(header, 'entra')

describe('the principal of the platform', () => {
  test('has the claims of the ID token, with their short names', () => {
    const principal = parse(
      encode([
        ...USER,
        [OID, 'object'],
        [TID, 'tenant'],
        ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress', 'zoë@contoso.com'],
        ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname', 'Zoë'],
        ['name', 'Zoë Łuczak'],
        ['preferred_username', 'zoe@contoso.com'],
        ['iat', '1685579598'],
        ['exp', 1_685_583_498],
        ['ver', '2.0'],
        ['nonce', 'n'],
        ['aio', 'a'],
        ['https://contoso.com/department', 'HR'],
      ]),
    )

    expect(principal).toEqual({
      provider: 'aad',
      claims: {
        iss: 'https://login.microsoftonline.com/t/v2.0',
        sub: 'subject',
        oid: 'object',
        tid: 'tenant',
        email: 'zoë@contoso.com',
        given_name: 'Zoë',
        name: 'Zoë Łuczak',
        preferred_username: 'zoe@contoso.com',
        iat: 1_685_579_598,
        exp: 1_685_583_498,
        ver: '2.0',
        'https://contoso.com/department': 'HR',
      },
    })
  })

  test.for([
    ['roles', 'groups'],
    [ROLE, 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'],
  ])('collects repeated roles and groups, as %s and %s', ([roles, groups]) => {
    const principal = parse(encode([...USER, [roles, 'Admin'], [roles, 'Editor'], [groups, 'g1']]))

    expect(principal?.claims).toMatchObject({ roles: ['Admin', 'Editor'], groups: ['g1'] })
  })

  test('has one value for a claim that the platform sent twice', () => {
    const principal = parse(encode([...USER, ['email', 'a@b.c'], ['email', 'a@b.c']]))

    expect(principal?.claims['email']).toBe('a@b.c')
  })

  test('keeps the sign that the user has too many groups', () => {
    const principal = parse(encode([...USER, ['_claim_names', '{"groups":"src1"}']]))

    expect(principal?.claims['_claim_names']).toEqual({ groups: 'src1' })
  })

  test('reads the time of the authentication in both forms', () => {
    const instant = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationinstant'
    const times = ['1685579598', '2023-06-01T00:33:18.0000000Z'].map(
      (time) => parse(encode([...USER, [instant, time]]))?.claims.auth_time,
    )

    expect(times).toEqual([1_685_579_598, 1_685_579_598])
  })

  test('cannot be changed by a handler, because requests share it', () => {
    const principal = parse(encode([...USER, ['roles', 'Reader']]))

    expect(() =>
      (principal as unknown as { claims: { roles: string[] } }).claims.roles.push('Admin'),
    ).toThrow(TypeError)
  })

  test.for([
    ['an empty string', ''],
    ['a string that is not base64', 'not base64!'],
    ['two headers that were joined', `${encode(USER)}, ${encode(USER)}`],
    ['JSON that was not encoded', JSON.stringify({ auth_typ: 'aad', claims: [] })],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64')],
    ['a list', Buffer.from('[]').toString('base64')],
    ['no provider', encode(USER, null)],
    ['no subject', encode([['iss', 'i']])],
    ['a claim without a name', encode([...USER, [undefined, 'x']])],
    ['a claim that is an object', encode([...USER, ['roles', { toString: 'x' }]])],
    ['two subjects', encode([...USER, ['sub', 'someone else']])],
    ['two tenants', encode([...USER, ['tid', 'a'], [TID, 'b']])],
    ['an app-only token', encode([...USER, ['idtyp', 'app']])],
    ['an app-only token without idtyp', encode([...USER, [OID, 'subject']])],
    [
      'the principal of Static Web Apps',
      Buffer.from(
        JSON.stringify({ identityProvider: 'aad', userId: '1', userRoles: ['admin'] }),
      ).toString('base64'),
    ],
  ])('is not a user: %s', ([, header = '']) => {
    expect(parse(header)).toBeUndefined()
  })

  test.for([
    ['entra', false],
    ['external-id', false],
    ['b2c', true],
    ['oidc', true],
  ] as const)('with the same oid and sub belongs to a user at %s: %s', ([kind, isUser]) => {
    const principal = parsePrincipal(encode([...USER, [OID, 'subject']]), kind)

    expect(principal !== undefined).toBe(isUser)
  })

  test('belongs to a user at AD FS only with a claim about a user', () => {
    expect(parsePrincipal(encode(USER), 'adfs')).toBeUndefined()
    expect(parsePrincipal(encode([...USER, ['upn', 'alex@contoso.com']]), 'adfs')).toBeDefined()
  })

  test('cannot replace the prototype of the claims', () => {
    const principal = parse(encode([...USER, ['__proto__', 'x'], ['constructor', 'y']]))

    expect(Object.getPrototypeOf(principal?.claims)).toBe(Object.prototype)
    expect(Object.hasOwn(principal?.claims ?? {}, '__proto__')).toBe(true)
  })
})
