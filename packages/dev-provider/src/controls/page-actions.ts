import { randomUUID } from 'node:crypto'
import type { SignInResult, Visit } from './visit.js'
import {
  hasButton,
  pageName,
  readContinueUrl,
  readForm,
  readMessage,
  type HtmlForm,
} from './html-form.js'

/** The simulated user's actions on the provider's pages. */
export interface PageActions {
  /**
   * Returns the fields to send from a page. `'leave'` sends the form to the app, and `undefined`
   * means that the user cannot continue.
   */
  onPage(name: string, page: string): HtmlForm['fields'] | 'leave' | undefined
  /**
   * Ends a visit.
   *
   * @throws Error when the visit did not show the button to press.
   */
  end(result: SignInResult): SignInResult
}

/** The next request of a user who is on a page of the provider. */
export interface NextStep {
  readonly url: URL
  /** The fields of a form to post. Without them, the user follows a link. */
  readonly form?: Record<string, string>
  /** `true` if the form leads to the app. */
  readonly isLeaving?: boolean
}

/**
 * Returns the next step on a page, or `undefined` when the page is the last one.
 *
 * @throws Error when the page has no form that the user can send.
 */
export function nextStep(actions: () => PageActions, url: URL, page: string): NextStep | undefined {
  const name = pageName(page) ?? 'unknown'
  if (name === 'signed-out') {
    const target = readContinueUrl(page)
    return target === undefined ? undefined : { url: target }
  }
  const form = readForm(page)
  const action = form === undefined ? undefined : actions().onPage(name, page)
  if (form === undefined || action === undefined) {
    throw new Error(`The sign-in stopped at the page "${name}": ${readMessage(page)}`)
  }
  const isLeaving = action === 'leave'
  const fields = isLeaving ? form.fields : { ...form.fields, ...action }
  return { url: new URL(form.action, url), form: fields, isLeaving }
}

/** Creates one visit's actions. */
export function createPageActions(visit: Visit): PageActions {
  const { press } = visit
  let isPressed = press === undefined
  return {
    onPage: (name, page) => {
      if (!isPressed && press !== undefined) {
        // On a consent page, the Cancel button sends a `decision` instead of an `action`.
        if (press === 'cancel' && hasButton(page, 'decline')) {
          isPressed = true
          return { decision: 'decline' }
        }
        if (hasButton(page, press)) {
          isPressed = true
          return { action: press }
        }
        // With `prompt=create`, the sign-up page is the first page.
        if (press === 'sign-up' && name === 'sign-up') isPressed = true
      }
      return usualAction(name, visit)
    },
    end: (result) => {
      if (isPressed) return result
      throw new Error(
        `press: '${press ?? ''}' is not possible, because this sign-in did not show that button.`,
      )
    },
  }
}

function usualAction(name: string, visit: Visit): HtmlForm['fields'] | 'leave' | undefined {
  switch (name) {
    case 'form-post':
      return 'leave'
    case 'account':
    case 'sign-out':
      return { account: visit.username }
    case 'consent':
    case 'approval':
      return { decision: visit.consent ? 'accept' : 'decline' }
    case 'admin-consent':
      return { decision: 'leave' }
    case 'sign-up':
      return {
        action: 'create',
        displayName: visit.name ?? 'New Customer',
        email: visit.email ?? `${randomUUID()}@customer.example`,
      }
    case 'edit-profile':
      return {
        action: 'save',
        ...(visit.displayName !== undefined && { displayName: visit.displayName }),
      }
    case 'reset-password':
      return { action: 'reset', account: visit.username }
    default:
      return undefined
  }
}
