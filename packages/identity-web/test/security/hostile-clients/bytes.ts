import { OWN_ROUTES } from './victim.ts'

// The requests of hostile clients, byte for byte.

const FOLDERS = ['auth', 'own'] as const

/** The paths of sign-in: those of the library in `/auth`, and those of the application in `/own`. */
export const PATHS = FOLDERS.flatMap((folder) => OWN_ROUTES.map(([path]) => `/${folder}/${path}`))

const lines = (...all: readonly string[]): string => all.join('\r\n')

export function request(method: string, target: string, ...headers: readonly string[]): string {
  return lines(
    `${method} ${target} HTTP/1.1`,
    'Host: localhost',
    ...(headers.includes('Connection: Upgrade') ? [] : ['Connection: close']),
    ...headers,
    '',
    '',
  )
}

export function post(path: string, headers: readonly string[], body = ''): string {
  return request('POST', path, 'Content-Type: application/x-www-form-urlencoded', ...headers) + body
}

/** Requests whose body ends before its time. */
export const CUT_OFF = PATHS.flatMap((path) => [
  post(path, ['Content-Length: 1000'], 'state=x'),
  post(path, ['Content-Length: 1000']),
  post(path, ['Transfer-Encoding: chunked'], lines('7', 'state=x', '40', 'and')),
])

const SOME_PATHS = ['/auth/redirect', '/auth/logout', '/own/login', '/own/back-channel-logout']

/** Requests that HTTP does not allow, or that servers and URLs read in different ways. */
export const MALFORMED: readonly string[] = [
  ...SOME_PATHS.flatMap((path) => [
    post(path, ['Content-Length: nonsense'], 'a=b'),
    post(path, ['Content-Length: -5'], 'a=b'),
    post(path, ['Content-Length: 3', 'Content-Length: 4'], 'a=b'),
    post(path, ['Content-Length: 3', 'Transfer-Encoding: chunked'], 'a=b'),
    post(path, ['Transfer-Encoding: chunked'], lines('zz', 'state=x', '0', '', '')),
    post(path, ['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 3'], 'a=b'),
    post(path, ['Content-Length: 12'], '\0\xff%zz=%E0%A4'),
    request('GET', `http://evil.example${path}?state=x`),
    request('GET', `//evil.example${path}`),
    request('GET', `${path}?state=%zz&state=%E0%A4%A`),
    request('GET', `${path}?return_to=//[&sid=%00&iss=x`),
    request('GET', `${path}?${'a'.repeat(10_000)}`),
    request('GET', path.replace('/', '//[')),
    request('GET', `${path}/%`),
    request('GET', path, 'Cookie: =;;; \xff=\xfe; identity-flow-=', 'Referer: \xff', 'Origin: ]['),
    request('GET', path, 'Accept: text/html', 'Accept-Language: \xe9\xff', 'X: \xff'),
    lines(`GET ${path} HTTP/1.0`, '', ''),
    lines(`GET ${path} HTTP/1.1`, '', ''),
    lines(`GET ${path} HTTP/1.1`, 'Host: a', 'Host: b', 'Connection: close', '', ''),
    lines(`GET ${path} HTTP/1.1`, 'Host: ][', 'Connection: close', '', ''),
  ]),
  ...['/', '/stream', '/middleware'].flatMap((path) => [
    request('GET', `http://evil.example${path}`),
    request('GET', `//[${path}`, 'Accept: text/html'),
    request('GET', `/\\evil.example${path}`, 'Accept: text/html'),
    request('GET', `${path}?%`, 'Accept: text/html', 'Cookie: auth=\xff; auth=%; auth.1=x'),
    request('TRACE', path),
    request('GET', path, 'Upgrade: nonsense'),
    lines(`GET ${path} HTTP/1.0`, '', ''),
  ]),
  post('/middleware', ['Content-Length: 1000'], 'a'),
  request('OPTIONS', '*'),
  request('CONNECT', 'localhost:1'),
  'GET / HTTP/9.9\r\n\r\n',
  'nonsense\r\n\r\n',
  '\0\0\0\0',
]
