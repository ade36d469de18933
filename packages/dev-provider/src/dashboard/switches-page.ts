import { param, toRedirect, type ProviderRequest, type ProviderResponse } from '../protocol/http.js'
import { html } from '../sign-in/pages/html.js'
import type { ProviderContext } from '../state/context.js'
import { applySwitch, DONE } from './apply-switch.js'
import { toDashboardPage } from './dashboard-page.js'
import { isFromOwnPage } from './own-page.js'
import { rejectForm } from './reject-form.js'
import {
  behaviorCard,
  deviationsCard,
  endpointsCard,
  stateCard,
  timesCard,
  usersCard,
} from './switch-cards.js'

/** Handles `/dev/switches`, which shows and changes the behavior of the provider. */
export async function switchesPage(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  if (request.method !== 'POST') return page(context, noteOf(request.url.searchParams))
  if (!isFromOwnPage(request)) return rejectForm(context)
  const applied = await applySwitch(context, request.form)
  if ('problem' in applied) return page(context, { text: applied.problem, isProblem: true })
  const target = returnTarget(context, param(request.form, 'return'))
  // 303 lets the browser load the page with GET (RFC 9110, section 15.4.4).
  return { ...toRedirect(target ?? `/dev/switches?done=${applied.done}`), status: 303 }
}

/** Returns the page that showed the banner. A URL of another origin is ignored. */
function returnTarget({ origin }: ProviderContext, path: string | undefined): string | undefined {
  if (path === undefined || path === '/dev/switches' || !path.startsWith('/')) return undefined
  if (!URL.canParse(path, origin)) return undefined
  const url = new URL(path, origin)
  return url.origin === origin ? url.pathname + url.search : undefined
}

interface Note {
  readonly text: string
  readonly isProblem: boolean
}

function noteOf(query: URLSearchParams): Note | undefined {
  const done = query.get('done') ?? ''
  return Object.hasOwn(DONE, done)
    ? { text: DONE[done as keyof typeof DONE], isProblem: false }
    : undefined
}

function page(context: ProviderContext, note: Note | undefined): ProviderResponse {
  return toDashboardPage({
    name: 'switches',
    title: 'Switches',
    status: note?.isProblem === true ? 400 : 200,
    main: html`
      <h1>Switches</h1>
      <p class="lead">
        Make something fail, and see what your app does. A banner on every page shows the switches
        that are on.
      </p>
      ${
        note !== undefined &&
        html`<p
          class="done-note ${note.isProblem ? 'no' : ''}"
          role="${note.isProblem ? 'alert' : 'status'}"
        >
          ${note.text}
        </p>`
      }
      ${endpointsCard(context)}
      <div class="grid">
        <div>${usersCard(context)} ${deviationsCard(context)} ${stateCard()}</div>
        <div>${timesCard(context)} ${behaviorCard(context)}</div>
      </div>
    `,
  })
}
