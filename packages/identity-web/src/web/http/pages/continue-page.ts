// The page that continues by itself.
import type { PageFrame } from './frame.ts'
import { escapeHtml, renderDocument, type Html } from './html.ts'

/**
 * The next request of the browser. It repeats the same request, posts the same form again, or opens a page of this
 * origin.
 */
export type Continuation = 'reload' | Repost | { readonly target: string }

/** The fields of a form. */
interface Repost {
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Returns whether the page sends a form. */
export function hasFields(next: Continuation): next is Repost {
  return typeof next === 'object' && 'fields' in next
}

/**
 * The script of the page. It replaces the entry in the browser's history, so that "Back" does not return to this page.
 *
 * It is a constant. `location.replace` would only scroll if the URL has a fragment and otherwise does not change.
 */
const SCRIPT = `
(() => {
  const next = document.getElementById('next')
  if (next.form) next.form.submit()
  else if (location.hash && next.href === location.href.split('#')[0]) location.reload()
  else location.replace(next.href)
})()
`

// The browser usually leaves the page before anything is visible. A screen reader can read it at once.
const STYLE = `
header,main{animation:appear 0s 1.5s both}
@keyframes appear{from{opacity:0}}`

/** Returns a page that continues by itself. Without scripts, it continues by a refresh, or by a button for a form. */
export function continuePage(frame: PageFrame, next: Continuation): Html {
  const { continueTitle, continueAction } = frame.texts
  const action = escapeHtml(continueAction)
  const isForm = hasFields(next)
  const target = typeof next === 'object' && 'target' in next ? next.target : ''
  const hidden = isForm
    ? next.fields.map(
        ([name, value]) =>
          `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
      )
    : []
  const control = isForm
    ? `<form method="post">${hidden.join('')}<button id="next" class="primary">${action}</button></form>`
    : `<a id="next" href="${escapeHtml(target)}" class="primary">${action}</a>`
  const refresh = target === '' ? '0' : `0;url=${target}`
  return renderDocument(frame, {
    title: continueTitle,
    main: `<h1 tabindex="-1" autofocus>${escapeHtml(continueTitle)}</h1>\n<div class="actions">${control}</div>`,
    style: STYLE,
    script: SCRIPT,
    // If a policy of the application blocks the script, the visitor uses the link. A refresh together with the script could send the
    // authorization response twice.
    ...(!isForm && {
      head: `<noscript><meta http-equiv="refresh" content="${escapeHtml(refresh)}"></noscript>\n`,
    }),
  })
}
