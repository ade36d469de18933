import { html, type Html } from './html.js'

/** The claims of a token. */
export type Claims = Readonly<Record<string, unknown>>

/** Creates a list of claims. */
export function claimsList(claims: Claims): Html {
  return html`<dl class="claims">
    ${Object.entries(claims).map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd><code>${typeof value === 'string' ? value : JSON.stringify(value)}</code></dd>
        </div>`,
    )}
  </dl>`
}
