import { randomUUID } from 'node:crypto'
import type { SignInResult, Visit } from './visit.js'
import { hasButton, type HtmlForm } from './html-form.js'

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
