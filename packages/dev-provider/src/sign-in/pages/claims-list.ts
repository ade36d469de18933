import { html, type Html } from './html.js'

/** A claim, with an explanation for claims that apps use. */
export interface ExplainedClaim {
  readonly name: string
  readonly value: unknown
  readonly meaning?: string | undefined
}

/** Creates a list of claims. */
export function claimsList(claims: readonly ExplainedClaim[]): Html {
  return html`<dl class="claims">
    ${claims.map(
      ({ name, value, meaning }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>
            <code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>
            ${meaning !== undefined && html`<span class="meaning">${meaning}</span>`}
          </dd>
        </div>`,
    )}
  </dl>`
}
