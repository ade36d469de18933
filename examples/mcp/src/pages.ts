import type { CallToolResult } from '@modelcontextprotocol/client'
import { escape, layout } from '../../pages.ts'

/** The result of the last tool call. */
export interface Result {
  readonly outcome?: CallToolResult
  readonly problem?: string
}

/** What the page shows. */
interface Shown extends Result {
  readonly scopes: readonly string[]
}

export function officePage({ scopes, outcome, problem }: Shown): string {
  return layout(
    'Office assistant',
    `${resultOf(outcome, problem)}
<section>
<h2>Office hours</h2>
<p>Everyone who may use the server can call this tool.</p>
<form method="post" action="/call"><button name="tool" value="office_hours">Ask for the hours</button></form>
</section>
<section>
<h2>Your mail</h2>
<p>The server reads your newest messages from Microsoft Graph, on your behalf.</p>
<form method="post" action="/call"><button name="tool" value="my_mail">Read my mail</button></form>
</section>
<section>
<h2>Close the office</h2>
<p>This tool needs one more permission. The client asks you for it when you call the tool.</p>
<form method="post" action="/call">
<label for="reason">Reason</label>
<input id="reason" name="reason" value="The heating is broken" required maxlength="100">
<button name="tool" value="close_office">Close the office</button>
</form>
</section>
<section aria-labelledby="allowed">
<h2 id="allowed">What you have allowed</h2>
${scopes.length === 0 ? '<p>Nothing yet. You sign in when you call the first tool.</p>' : `<ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>`}
</section>
${nextSteps()}`,
    { app: 'Office assistant' },
  )
}

function resultOf(outcome: CallToolResult | undefined, problem: string | undefined): string {
  const lines = outcome?.content.map((part) => (part.type === 'text' ? part.text : part.type))
  const shown = problem ?? lines?.join('\n')
  if (shown === undefined) return ''
  const isProblem = problem !== undefined || outcome?.isError === true
  return `<section role="status" class="${isProblem ? 'warning' : ''}" aria-labelledby="result">
<h2 id="result">${isProblem ? 'The tool did not run' : 'The result of the tool'}</h2>
<pre>${escape(shown)}</pre>
</section>`
}

// The demo sets DEMO_PROVIDER to the URL of its development provider. With your tenant, the page does not have this list.
function nextSteps(): string {
  const provider = process.env['DEMO_PROVIDER']
  if (provider === undefined) return ''
  return `<section class="tip" aria-labelledby="next">
<h2 id="next">Try this next</h2>
<ul>
<li>Close the office as Sam, who is an administrator. Other accounts cannot allow it.</li>
<li>Open the <a href="${escape(provider)}">development provider</a>. It shows the requests and the tokens, and it can simulate failures.</li>
</ul>
</section>`
}
