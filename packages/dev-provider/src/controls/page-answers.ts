import { randomUUID } from 'node:crypto'
import type { SignInResult, Visit } from './visit.js'
import { hasButton, type HtmlForm } from './html-form.js'

/** What the imagined user does on the provider's pages. */
export interface PageAnswers {
  /** The fields to send from a page, `'leave'` to follow its form to the app, `undefined` when there is no answer. */
  to(name: string, page: string): HtmlForm['fields'] | 'leave' | undefined
  /** Lets a visit end, unless the button that was to be pressed never appeared. */
  end(result: SignInResult): SignInResult
}

/** Makes the answers of one visit. */
export function createAnswers(visit: Visit): PageAnswers {
  const { press } = visit
  let isPressed = press === undefined
  return {
    to: (name, page) => {
      if (!isPressed && press !== undefined) {
        // Without scripts, a consent page's Cancel is a decision of its own.
        if (press === 'cancel' && hasButton(page, 'decline')) {
          isPressed = true
          return { decision: 'decline' }
        }
        if (hasButton(page, press)) {
          isPressed = true
          return { action: press }
        }
        // `prompt=create` leads there by itself.
        if (press === 'sign-up' && name === 'sign-up') isPressed = true
      }
      return usualAnswer(name, visit)
    },
    end: (result) => {
      if (isPressed) return result
      throw new Error(`No page of this sign-in had a button '${press ?? ''}' to press.`)
    },
  }
}

function usualAnswer(name: string, visit: Visit): HtmlForm['fields'] | 'leave' | undefined {
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
