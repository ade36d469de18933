import express, { type Express } from 'express'
import type { Auth, Claims, ListedSession } from 'identity-web/express'
import { escape, layout, nameOf } from '../../pages.ts'

/** Adds a page that shows in which browsers the user is signed in, and ends these sessions. */
export function addDevices(app: Express, auth: Auth): void {
  app.get(
    '/devices',
    auth.loginRequired(async (_req, res, context) => {
      // With the context, the session of this request is marked as the current one.
      const sessions = await auth.listSessions(context)
      res.send(devicesPage(sessions, context.claims, auth.paths.logout))
    }),
  )

  app.post(
    '/devices/end',
    express.urlencoded(),
    auth.loginRequired(async (req, res, { user }) => {
      // The user is required too, so the handle of another user ends nothing.
      await auth.revokeSessions({ user, handle: req.body?.handle as string })
      res.redirect(303, '/devices')
    }),
  )

  app.post(
    '/devices/end-all',
    auth.loginRequired(async (req, res, { user }) => {
      await auth.revokeSessions({ user })
      await auth.logout(req, res)
    }),
  )
}

function devicesPage(sessions: readonly ListedSession[], claims: Claims, signOut: string): string {
  return layout(
    'Your devices',
    `<p>You are signed in with these browsers. End a session that you do not know.</p>
<table><tbody>${sessions.map(row).join('\n')}</tbody></table>
<form method="post" action="/devices/end-all"><button class="quiet">Sign out everywhere</button></form>`,
    {
      nav: [
        ['Home', '/'],
        ['Your devices', '/devices'],
      ],
      current: '/devices',
      user: nameOf(claims),
      signOut,
    },
  )
}

function row({ handle, current, startedAt, lastUsedAt, userAgent = '' }: ListedSession): string {
  const end = `<form method="post" action="/devices/end">
<input type="hidden" name="handle" value="${escape(handle)}"><button class="quiet">End</button></form>`
  // A browser can send any User-Agent, so it must be escaped.
  return `<tr><td title="${escape(userAgent)}">${escape(browserName(userAgent))}<br>
Signed in at ${startedAt.toLocaleString()}, last used at ${lastUsedAt.toLocaleString()}</td>
<td>${current ? 'This browser' : end}</td></tr>`
}

/** Returns for example "Firefox on Windows". Edge also says that it is Chrome, and Chrome that it is Safari, so the order counts. */
function browserName(userAgent: string): string {
  const first = (names: readonly string[]): string | undefined =>
    names.find((name) => userAgent.includes(name))
  const browser = first(['Edg', 'Firefox', 'Chrome', 'Safari'])?.replace('Edg', 'Edge')
  const system = first(['Windows', 'Android', 'iPhone', 'iPad', 'Mac', 'Linux'])
  if (browser === undefined) return userAgent || 'Unknown browser'
  return system === undefined ? browser : `${browser} on ${system}`
}
