import type { UserConfig } from '../../config/config.js'
import { html, type Html } from './html.js'

/** The number of accounts up to which a list is easy to read without a search. */
const MANY_ACCOUNTS = 8

/**
 * The search of a list of accounts, a GET request with `q`.
 *
 * Its form is after the form of the page, because programs send the first form.
 */
export interface AccountSearch {
  readonly box: Html
  readonly form: Html
}

/** Creates the search box, or returns `undefined` for a short list. */
export function accountSearch(
  count: number,
  action: string,
  query: string,
): AccountSearch | undefined {
  if (count <= MANY_ACCOUNTS && query === '') return undefined
  return {
    box: html`<div class="search" role="search">
      <input
        type="search"
        name="q"
        form="account-search"
        value="${query}"
        autocomplete="off"
        placeholder="Name, role or group"
        aria-label="Search accounts by name, role or group"
      />
      <button form="account-search">Search</button>
    </div>`,
    form: html`<form id="account-search" method="get" action="${action}"></form>`,
  }
}

/** Returns whether an account contains every word of the search in its name, roles or groups. */
export function matchesSearch(
  { name, username }: UserConfig,
  labelsOf: () => readonly string[],
  query: string,
): boolean {
  if (query === '') return true
  const haystack = [name, username, ...labelsOf()].join('\n').toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}
