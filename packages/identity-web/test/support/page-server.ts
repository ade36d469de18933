import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { textsFor } from '../../src/device-code/options.ts'
import { devicePage } from '../../src/device-code/page.ts'
import { createPageFrames } from '../../src/web/http/load-pages.ts'
import { pageBaseOf, type PageFrame } from '../../src/web/http/pages/frame.ts'
import { continuePage } from '../../src/web/http/pages/continue-page.ts'
import type { DeveloperNote, Html } from '../../src/web/http/pages/html.ts'
import {
  configurationPage,
  confirmLogoutPage,
  errorPage,
  forbiddenPage,
  loggedOutPage,
  supportUrlOf,
  unavailablePage,
} from '../../src/web/http/pages/index.ts'
import { situationOf, type ErrorContext } from '../../src/web/http/pages/situations.ts'
import { page } from '../../src/web/http/responses.ts'
import { IdentityError, type IdentityErrorCode } from '../../src/errors.ts'
import type { Environment } from '../../src/host-traits.ts'
import { AUTH } from '../../src/options/auth-options.ts'
import { OptionReport } from '../../src/options/option-report.ts'
import type { PageOptions, Pages } from '../../src/options/page-options.ts'
import { resolveOptions } from '../../src/options/resolve-auth.ts'
import { resolvePages } from '../../src/options/resolve-pages.ts'
import { close, listen } from './server.ts'

const NOTE: DeveloperNote = {
  hint: 'Add http://localhost:3000/redirect to the redirect URIs of the app registration, under Authentication.',
  message: `The provider rejected the sign-in: invalid_client (AADSTS50011: ${'The redirect URI does not match. '.repeat(5)}).`,
  docsUrl: 'https://docs.example.com/errors/AADSTS50011',
}
const TIME = '2026-11-26T06:00:00.000Z'

/** An error page, as a browser gets it after an error with this context. */
function errorPageOf(
  { code = 'invalid_response', ...context }: ErrorContext & { readonly code?: IdentityErrorCode },
  developer?: DeveloperNote,
): (frame: PageFrame) => Html {
  return (frame) => {
    const { title, message, steps } = situationOf(new IdentityError(code, 'of a test'), context)
    const id = '0a1b2c3d-0000-4000-8000-000000000001'
    const content = {
      ...pageBaseOf(frame),
      code,
      title: frame.texts[title],
      message: frame.texts[message],
      tryAgainUrl: '/login?return_to=%2Fme',
      homeUrl: '/',
      ...(context.needsApproval === true && { adminConsentUrl: '/login?request=a' }),
      correlationId: id,
      time: TIME,
      supportUrl: supportUrlOf(frame, { code, id, time: TIME }),
    }
    return errorPage(frame, { content, steps, developer })
  }
}

function setupPage(frame: PageFrame, variables: Environment): Html {
  const environment = { NODE_ENV: 'development', ...variables }
  return configurationPage(frame, {
    ...resolveOptions({ pages: {} }, environment),
    options: {},
    variables,
    redirectUri: new URL('http://localhost:3000/redirect'),
    docsUrl: 'https://docs.example.com/errors/configuration',
  })
}

/** Every page of the library. */
export const PAGES: Readonly<Record<string, (frame: PageFrame) => Html>> = {
  'sign-in-failed': errorPageOf({}),
  'sign-in-failed-in-development': errorPageOf({ code: 'provider_error' }, NOTE),
  'access-denied': errorPageOf({ code: 'access_denied' }),
  'permission-declined': errorPageOf({ code: 'access_denied', reason: 'permission-declined' }),
  'sign-in-cancelled': errorPageOf({ code: 'access_denied', reason: 'sign-in-cancelled' }),
  approval: errorPageOf({ code: 'access_denied', needsApproval: true }),
  'interaction-required': errorPageOf({ code: 'interaction_required' }),
  'invalid-request': errorPageOf({ code: 'invalid_request' }),
  'provider-unavailable': errorPageOf({ code: 'provider_unavailable' }),
  'store-unavailable': errorPageOf({ code: 'store_unavailable' }),
  'store-unavailable-signed-in': errorPageOf({ code: 'store_unavailable', hasSession: true }),
  'session-too-large': errorPageOf({ code: 'session_too_large' }),
  configuration: errorPageOf({ code: 'configuration' }),
  'cross-site': errorPageOf({ code: 'access_denied', reason: 'cross-site' }),
  forbidden: (frame) => {
    const { forbiddenTitle: title, forbiddenMessage: message } = frame.texts
    const content = { ...pageBaseOf(frame), title, message, homeUrl: '/', loginUrl: '/login' }
    const supportUrl = supportUrlOf(frame, { code: 'access_denied' })
    return forbiddenPage(frame, { content: { ...content, supportUrl }, developer: undefined })
  },
  'signed-out': (frame) => loggedOutPage(frame, '/login'),
  'confirm-sign-out': (frame) => confirmLogoutPage(frame, { logoutUrl: '/logout', homeUrl: '/' }),
  continue: (frame) => continuePage(frame, { target: '#' }),
  unavailable: unavailablePage,
  // Some settings are missing, and all.
  problems: (frame) =>
    setupPage(frame, {
      IDENTITY_AUTHORITY: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
      IDENTITY_REDIRECT_URI: 'http://localhost:3000/redirect',
    }),
  setup: (frame) => setupPage(frame, {}),
  device: (frame) =>
    devicePage(frame, textsFor({}, frame.language), {
      ...pageBaseOf(frame),
      userCode: 'ABCD2EFGH',
      verificationUri: 'https://microsoft.com/devicelogin',
      expiresInSeconds: 900,
      intervalSeconds: 5,
      pollUrl: '/login',
      device: 'encrypted',
      newCodeUrl: '/login?again=1',
      isRepeated: false,
    }),
}

/** A server that serves every page of the library at `/NAME`. */
export interface PageServer {
  readonly origin: string
  close(): Promise<void>
}

/** Serves the pages in the language that the browser asks for. A poll of the page with the code fails. */
export async function startPageServer(
  options: PageOptions & { readonly pages?: Pages } = {},
): Promise<PageServer> {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const frames = createPageFrames(resolvePages(options, new OptionReport(AUTH)), { origin })
    const frame = await frames({ header: (name) => request.headers[name]?.toString() })
    const name = request.url?.slice(1) ?? ''
    const render = PAGES[name]
    if (request.method === 'POST') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ status: 'declined', message: frame.texts.notSignedInMessage }))
    } else if (name === 'logo.svg') {
      response.setHeader('content-type', 'image/svg+xml')
      response.end(LOGO)
    } else if (render === undefined) {
      response.writeHead(404).end()
    } else {
      const { headers, body } = toNode(page(200, render(frame)))
      response.writeHead(200, headers)
      void body.then((html) => response.end(html))
    }
  }
  const server = createServer((request, response) => void respond(request, response))
  const origin = await listen(server)
  return { origin, close: () => close(server) }
}

function toNode(response: Response): { headers: Record<string, string>; body: Promise<string> } {
  return { headers: Object.fromEntries(response.headers), body: response.text() }
}

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="230" height="40"><circle cx="20" cy="20" r="18" fill="#0b5cad"/><text x="48" y="26" textLength="180" fill="#0b5cad" font-family="system-ui,sans-serif" font-size="18" font-weight="600">Contoso Expenses</text></svg>`
