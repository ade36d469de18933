import { claimsList } from '../sign-in/pages/claims-list.js'
import { html, type Html } from '../sign-in/pages/html.js'
import type { ProviderContext } from '../state/context.js'
import type { SeenToken } from '../state/request-details.js'
import { checkToken, summarize } from './check-token.js'
import { readToken, type DecodedToken } from './read-token.js'

/** Creates the details of a token in a request or a response. */
export function seenTokenView(context: ProviderContext, token: SeenToken): Html {
  return html`<details class="token">
    <summary>
      <code>${token.place}</code>: ${summarize(context, token.claims)}
      ${!token.isSigned && html`<b class="error">changed by a hook or signed with another key</b>`}
    </summary>
    ${contents(token)}
  </details>`
}

/** Creates the result of decoding a token that the developer pasted. */
export function pastedTokenView(context: ProviderContext, pasted: string): Html {
  const token = readToken(context, withoutPrefix(pasted))
  if (token === undefined) return notAToken(withoutPrefix(pasted))
  const checks = checkToken(context, token)
  const isAccepted = checks.every(({ isPassed }) => isPassed)
  return html`<section aria-labelledby="result" id="decoded">
    <h3 id="result" class="verdict ${isAccepted ? 'yes' : 'no'}">
      ${isAccepted ? 'The API of this audience accepts this token.' : 'An API must reject this token.'}
    </h3>
    <p class="small soft">Kind of token: ${summarize(context, token.claims)}.</p>
    <ul class="checks">
      ${checks.map(
        ({ isPassed, text }) =>
          html`<li class="${isPassed ? 'yes' : 'no'}">
            <span class="mark" aria-hidden="true">${isPassed ? '✓' : '✗'}</span>
            <span><span class="vh">${isPassed ? 'Passed:' : 'Failed:'}</span> ${text}</span>
          </li>`,
      )}
    </ul>
    ${contents(token)}
  </section>`
}

function contents({ header, claims }: Omit<DecodedToken, 'signature'>): Html {
  return html`
    <h4>Header</h4>
    <pre tabindex="0" role="region" aria-label="Header of the token">
${JSON.stringify(header, undefined, 2)}</pre>
    <h4>Claims</h4>
    ${claimsList(claims)}
  `
}

function notAToken(pasted: string): Html {
  const parts = pasted.split('.').length
  return html`<p class="verdict no" role="alert">
    This is not a JWT. A JWT has three parts with dots between them.
    ${parts === 3 ? 'The parts of this string are not JSON.' : `The number of parts here is ${parts}.`}
    Codes and refresh tokens are not JWTs.
  </p>`
}

/** Removes the prefix and the line breaks that people copy together with a token. */
function withoutPrefix(pasted: string): string {
  return pasted
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(?:authorization: *)?bearer /i, '')
    .replaceAll(/[\s"']/g, '')
}
