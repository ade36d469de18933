import type { CallToolResult } from '@modelcontextprotocol/client'

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
  return layout(`${resultOf(outcome, problem)}
<form method="post" action="/call">
<h2>Office hours</h2>
<p>Everyone who may use the server can call this tool.</p>
<button name="tool" value="office_hours">Ask for the hours</button>
</form>
<form method="post" action="/call">
<h2>Your mail</h2>
<p>The server reads your newest messages from Microsoft Graph, on your behalf.</p>
<button name="tool" value="my_mail">Read my mail</button>
</form>
<form method="post" action="/call">
<h2>Close the office</h2>
<p>This tool needs one more permission. The client asks you for it when you call the tool.</p>
<label for="reason">Reason</label>
<input id="reason" name="reason" value="The heating is broken" required maxlength="100">
<button name="tool" value="close_office">Close the office</button>
</form>
<section aria-labelledby="allowed">
<h2 id="allowed">What you have allowed</h2>
${scopes.length === 0 ? '<p>Nothing yet. You sign in when you call the first tool.</p>' : `<ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>`}
</section>
${nextSteps()}`)
}

function resultOf(outcome: CallToolResult | undefined, problem: string | undefined): string {
  const lines = outcome?.content.map((part) => (part.type === 'text' ? part.text : part.type))
  const shown = problem ?? lines?.join('\n')
  if (shown === undefined) return ''
  const isProblem = problem !== undefined || outcome?.isError === true
  return `<section role="status" class="${isProblem ? 'problem' : 'result'}" aria-labelledby="result">
<h2 id="result">${isProblem ? 'The tool did not run' : 'The result of the tool'}</h2>
<pre>${escape(shown)}</pre>
</section>`
}

// The demo sets DEMO_PROVIDER to the URL of its development provider. With your tenant, the page does not have this list.
function nextSteps(): string {
  const provider = process.env['DEMO_PROVIDER']
  if (provider === undefined) return ''
  return `<section aria-labelledby="next">
<h2 id="next">Try this next</h2>
<ul>
<li>Close the office as Sam, who is an administrator. Other accounts cannot allow it.</li>
<li>Open the <a href="${escape(provider)}">development provider</a>. It shows the requests and the tokens, and it can simulate failures.</li>
</ul>
</section>`
}

function layout(body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Office assistant</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1.1rem; margin: 0 0 .25rem }
p { margin: 0 0 .75rem }
form, section { margin: 1rem 0; padding: 1rem; border: 1px solid #8885; border-radius: 8px }
button { padding: .5rem 1rem; border: 0; border-radius: 6px; background: #0b5cad; color: #fff; font: inherit; cursor: pointer }
label { display: block; font-weight: 500 }
input { box-sizing: border-box; width: 100%; margin-bottom: .75rem; padding: .5rem; font: inherit }
.result { border-left: 4px solid #1a7f37 }
.problem { border-left: 4px solid #c62828 }
pre { margin: 0; font: inherit; white-space: pre-wrap }
li, code, pre { overflow-wrap: anywhere }
ul { margin: 0; padding-left: 1.25rem }
:focus-visible { outline: 3px solid #f5a524; outline-offset: 2px }
</style>
</head>
<body>
<h1>Office assistant</h1>
${body}
</body>
</html>
`
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
